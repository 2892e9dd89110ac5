import { Readable } from "node:stream";
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
  /** All tries of one call together, in ms; a large put has as long again for each 10 MB. */
  patienceMs?: number;
};

/** How many removals are under way at once. `DeleteObjects` asks for checksums that not all know. */
const REMOVALS = 8;
const MAX_SOCKETS = 500;

/**
 * Objects in a bucket of Amazon S3 or of what speaks its language. A put is whole or nothing there.
 * Each call is tried up to three times and given up after `patienceMs`; a body that was wanted and
 * did not come for as long ends with an error.
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
      options: { abortSignal: AbortSignal; requestTimeout: number },
    ) => Promise<Result>,
    bytes = 0,
  ): Promise<Result> {
    const ms = Math.ceil(patienceMs * (1 + bytes / 1e7));
    try {
      const loaded = { s3: await sdk, client: await client };
      return await inTime(ms, what, (abortSignal) =>
        // A try that hangs leaves time for another.
        work(loaded, { abortSignal, requestTimeout: Math.ceil(ms * 0.4) }),
      );
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
      await ask(
        "A write to S3",
        ({ s3, client }, options) => client.send(new s3.PutObjectCommand(input), options),
        Body.length,
      );
    },

    get: async (key, range) => {
      const Range = range && `bytes=${range.first}-${range.last ?? ""}`;
      const input = { Bucket, Key: requireKey(key), Range };
      return ask("A read from S3", async ({ s3, client }, options) => {
        try {
          const answer = await client.send(new s3.GetObjectCommand(input), options);
          return storedObject(answer, range, patienceMs);
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
    requestHandler: {
      connectionTimeout: patienceMs / 5,
      throwOnRequestTimeout: true,
      // Whoever reads slowly holds one, and must not keep others from storing.
      httpAgent: { maxSockets: MAX_SOCKETS },
      httpsAgent: { maxSockets: MAX_SOCKETS },
    },
  } as const;
}

function storedObject(
  answer: { Body?: unknown; ContentLength?: number; ContentRange?: string },
  range: ByteRange | undefined,
  patienceMs: number,
): StoredObject {
  const body = answer.Body as Readable;
  const [, first, last, whole] = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(answer.ContentRange ?? "") ?? [];
  const bytes = Number(whole ?? answer.ContentLength);
  if (range && first === undefined) {
    // An empty object has no range, and some say so by sending all of it.
    body.destroy();
    throw new RangeNotSatisfiable();
  }
  const stream = Readable.from(unstalled(body, patienceMs), { objectMode: false });
  return { stream, bytes, first: Number(first ?? 0), last: Number(last ?? bytes - 1) };
}

/** A reader who takes his time is no stall: the clock runs only while he waits. */
async function* unstalled(body: Readable, ms: number) {
  const what = "A read from S3";
  const chunks = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await inTime(ms, what, () => chunks.next());
      if (done) return;
      yield value as Buffer;
    }
  } catch (error) {
    throw asStorageError(what, error);
  } finally {
    body.destroy();
  }
}
