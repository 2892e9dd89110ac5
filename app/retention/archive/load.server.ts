import { buffer } from "node:stream/consumers";
import type { Storage } from "~/storage/storage";
import { ArchiveDamaged } from "../means";
import { type Archive, openArchive } from "./document.server";
import type { ArchiveRow } from "./ledger.server";

/** @throws ArchiveDamaged when it is not there. @throws StorageError */
export async function readObject(storage: Storage, key: string): Promise<Buffer> {
  const stored = await storage.get(key);
  if (!stored) throw new ArchiveDamaged(`there is no object ${key}`);
  return buffer(stored.stream);
}

/** @throws ArchiveDamaged when it is not there or not what was written. @throws StorageError */
export async function loadArchive(storage: Storage, row: ArchiveRow): Promise<Archive> {
  const bytes = await readObject(storage, row.objectKey);
  return openArchive(bytes, row).catch((error) => {
    if (!(error instanceof ArchiveDamaged)) throw error;
    // Whoever reads it in the log has to find the object.
    throw new ArchiveDamaged(`${row.objectKey}: ${error.message}`, { cause: error });
  });
}
