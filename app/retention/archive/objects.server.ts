import type { Storage } from "~/storage/storage";
import { ArchiveDamaged, type Means, step } from "../means";
import { verifyArchive } from "./document.server";
import { readObject } from "./load.server";

/**
 * Puts an archive into the storage, and makes sure that it is there as it was written.
 *
 * @throws ArchiveDamaged and StorageError
 */
export async function putArchive(means: Means, key: string, bytes: Buffer): Promise<void> {
  await means.storage.put(key, bytes, "application/gzip");
  await step(means, "written");
  const stored = await readObject(means.storage, key);
  if (!stored.equals(bytes)) throw new ArchiveDamaged("what was read back is not what was written");
  await verifyArchive(stored);
}

/**
 * Removes objects whose keys begin so, and makes sure that they are gone.
 *
 * @param isWanted of a key: leaves that object
 * @returns their bytes
 * @throws StorageError, and Error where some are still there
 */
export async function removeBelow(
  storage: Storage,
  prefix: string,
  isWanted: (key: string) => boolean = () => false,
): Promise<number> {
  const listed = async () => {
    const found: { key: string; bytes: number }[] = [];
    for await (const { key, bytes } of storage.list(prefix)) {
      if (!isWanted(key)) found.push({ key, bytes });
    }
    return found;
  };
  const unwanted = await listed();
  if (!unwanted.length) return 0;
  await storage.remove(unwanted.map(({ key }) => key));
  const left = await listed();
  if (left.length) throw new Error(`${left.length} objects are still there: ${left[0]?.key}`);
  return unwanted.reduce((sum, { bytes }) => sum + bytes, 0);
}
