import type { Readable } from "node:stream";
import type { S3Client } from "@aws-sdk/client-s3";
import { inTime } from "./in-time.server";
import { asStorageError, codeOf } from "./s3-error.server";
import {
  type ByteRange,
  RangeNotSatisfiable,
  requireKey,
  type Storage,
  type StoredObject,
} from "./storage";

export type S3Settings = {
  /** Of another service than AWS. */
  endpoint?: string;
  region: string;
  bucket: string;
  /** Without them, those of the machine's role. */
  accessKeyId?: string;
  secretAccessKey?: string;
  /** The bucket is in the path and not in the host. */
  forcePathStyle?: boolean;
  /** All tries of one call together, in ms. */
  patienceMs?: number;
};

/** How many removals are under way at once. `DeleteObjects` asks for checksums that not all know. */
const REMOVALS = 8;

/**
 * Objects in a bucket of Amazon S3 or of what speaks its language. A put is whole or nothing there.
 * Each call is tried up to three times, and given up after `patienceMs`; a body that comes stops
 * with an error when no byte of it came for a third of that.
 */
export function s3Storage(settings: S3Settings): Storage {
  const { bucket: Bucket, patienceMs = 15_000 } = settings;
  // Large, and only wanted where it is used.
  const sdk = import("@aws-sdk/client-s3");
  const client = sdk.then(({ S3Client }) => new S3Client(clientOptions(settings, patienceMs)));
  client.catch(() => {});

  async function ask<Result>(
    what: string,
    work: (
      loaded: { s3: Awaited<typeof sdk>; client: S3Client },
      options: { abortSignal: AbortSignal },
    ) => Promise<Result>,
  ): Promise<Result> {
    try {
      const loaded = { s3: await sdk, client: await client };
      return await inTime(patienceMs, what, (abortSignal) => work(loaded, { abortSignal }));
    } catch (error) {
      throw asStorageError(what, error);
    }
  }

  async function remove(Key: string) {
    requireKey(Key);
    await ask("A removal from S3", ({ s3, client }, options) =>
      client.send(new s3.DeleteObjectCommand({ Bucket, Key }), options),
    );
  }

  return {
    put: async (key, Body, ContentType) => {
      const input = { Bucket, Key: requireKey(key), Body, ContentType };
      await ask("A write to S3", ({ s3, client }, options) =>
        client.send(new s3.PutObjectCommand(input), options),
      );
    },

    get: async (key, range) => {
      const Range = range && `bytes=${range.first}-${range.last ?? ""}`;
      const input = { Bucket, Key: requireKey(key), Range };
      return ask("A read from S3", async ({ s3, client }, options) => {
        try {
          const answer = await client.send(new s3.GetObjectCommand(input), options);
          return storedObject(answer, range);
        } catch (error) {
          if (codeOf(error) === "NoSuchKey") return null;
          if (codeOf(error) === "InvalidRange") throw new RangeNotSatisfiable();
          throw error;
        }
      });
    },

    remove: async (keys) => {
      for (let at = 0; at < keys.length; at += REMOVALS) {
        await Promise.all(keys.slice(at, at + REMOVALS).map(remove));
      }
    },

    async *list(Prefix, after) {
      for (let StartAfter = after; ; ) {
        const input = { Bucket, Prefix, StartAfter };
        const page = await ask("A listing of S3", ({ s3, client }, options) =>
          client.send(new s3.ListObjectsV2Command(input), options),
        );
        for (const { Key, Size, LastModified } of page.Contents ?? []) {
          if (Key === undefined || Size === undefined || !LastModified) continue;
          yield { key: Key, bytes: Size, changedAt: LastModified };
          StartAfter = Key;
        }
        if (!page.IsTruncated || !page.Contents?.length) return;
      }
    },

    removeUnfinished: async () => {},

    check: async () => {
      await ask("The check of S3", ({ s3, client }, options) =>
        client.send(new s3.HeadBucketCommand({ Bucket }), options),
      );
    },
  };
}

function clientOptions(settings: S3Settings, patienceMs: number) {
  const { endpoint, region, forcePathStyle, accessKeyId, secretAccessKey } = settings;
  return {
    endpoint,
    region,
    forcePathStyle,
    ...(accessKeyId && secretAccessKey && { credentials: { accessKeyId, secretAccessKey } }),
    // What is not AWS often knows no other checksum than the one in the signature.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    maxAttempts: 3,
    requestHandler: { connectionTimeout: patienceMs / 5, socketTimeout: patienceMs / 3 },
  } as const;
}

function storedObject(
  answer: { Body?: unknown; ContentLength?: number; ContentRange?: string },
  range: ByteRange | undefined,
): StoredObject {
  const stream = answer.Body as Readable;
  const [, first, last, whole] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(answer.ContentRange ?? "") ?? [];
  const bytes = Number(whole ?? answer.ContentLength);
  if (range && first === undefined) {
    // An empty object has no range, and some say so by sending all of it.
    stream.destroy();
    throw new RangeNotSatisfiable();
  }
  return { stream, bytes, first: Number(first ?? 0), last: Number(last ?? bytes - 1) };
}
