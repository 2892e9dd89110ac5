import type { Storage } from "./storage";

/**
 * Removes objects and looks that each of them is gone, so that a row which knows of them can go after.
 *
 * @throws Error when one is still there
 * @throws StorageError
 */
export async function removeSurely(storage: Storage, keys: readonly string[]): Promise<void> {
  await storage.remove(keys);
  for (const key of keys) {
    const left = await storage.get(key);
    left?.stream.destroy();
    if (left) throw new Error(`An object is still there: ${key}`);
  }
}
