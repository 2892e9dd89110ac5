import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { inject, onTestFinished } from "vitest";
import { diskStorage } from "~/storage/disk.server";
import { type S3Settings, s3Storage } from "~/storage/s3.server";

/** An empty storage in a temporary folder, gone when the test is. */
export function makeDiskStorage() {
  const folder = mkdtempSync(join(tmpdir(), "parley-storage-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { folder, storage: diskStorage({ folder }) };
}

/** Where no S3 server is installed, `npm test` says that nothing was tested with it. */
export const s3Server = inject("s3Server");

/** An empty bucket of its own. */
export async function makeBucket(): Promise<S3Settings> {
  if (!s3Server) throw new Error("There is no S3 server");
  const { accessKeyId, secretAccessKey, ...server } = s3Server;
  const settings = { ...s3Server, bucket: randomUUID(), forcePathStyle: true };
  const credentials = { accessKeyId, secretAccessKey };
  const client = new S3Client({ ...server, credentials, forcePathStyle: true });
  await client.send(new CreateBucketCommand({ Bucket: settings.bucket }));
  client.destroy();
  return settings;
}

type MakeStorage = () => Promise<ReturnType<typeof s3Storage>>;

/** Every kind of storage, for a suite that all of them have to pass. */
export const storages: [kind: string, make: MakeStorage][] = [
  ["disk", async () => makeDiskStorage().storage],
];
if (s3Server) storages.push(["S3", async () => s3Storage(await makeBucket())]);
