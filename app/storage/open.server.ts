import { join } from "node:path";
import type { Environment } from "~/operations/environment.server";
import { diskStorage } from "./disk.server";
import { s3Storage } from "./s3.server";
import type { Storage } from "./storage";

export type StorageKind = Environment["storage"];

type Settings = Pick<
  Environment,
  | "dataDir"
  | "s3Endpoint"
  | "s3Region"
  | "s3Bucket"
  | "s3ForcePathStyle"
  | "awsAccessKeyId"
  | "awsSecretAccessKey"
>;

/** The storage of this kind that the operator has set. */
export function openStorage(kind: StorageKind, settings: Settings): Storage {
  if (kind === "disk") return diskStorage({ folder: join(settings.dataDir, "objects") });
  const { s3Region: region, s3Bucket: bucket } = settings;
  if (!region || !bucket) throw new Error("The environment asks for both");
  return s3Storage({
    region,
    bucket,
    endpoint: settings.s3Endpoint,
    forcePathStyle: settings.s3ForcePathStyle,
    accessKeyId: settings.awsAccessKeyId,
    secretAccessKey: settings.awsSecretAccessKey,
  });
}
