import { buffer } from "node:stream/consumers";
import { type ListedObject, type Storage, StorageError } from "./storage";

export type Moved = {
  copied: number;
  /** Of what was copied. */
  bytes: number;
  /** What an earlier run had copied. */
  there: number;
  /** Objects that could not be read or stored; another run may. */
  failed: { key: string; error: StorageError }[];
};

const atOnce = 4;
/** So many failures in a row mean that a storage is away, and not that an object is odd. */
const mostFailures = 20;

/** Nobody but us reads a type from the storage; people who look into a bucket do. */
const contentTypes: Record<string, string> = { webp: "image/webp" };

/**
 * Copies every object that `to` does not have, and removes none. Objects never change once they are
 * whole, so that a key of the same size is the same object: whatever was copied before an
 * interruption is not copied again.
 *
 * @param onProgress is told after each object
 * @throws StorageError when one of them cannot be listed, or is away
 */
export async function copyObjects(
  from: Storage,
  to: Storage,
  onProgress: (moved: Moved) => void = () => {},
): Promise<Moved> {
  const moved: Moved = { copied: 0, bytes: 0, there: 0, failed: [] };
  let failures = 0;
  const missing = missingIn(to, from, () => {
    moved.there += 1;
    onProgress(moved);
  });

  async function copyOne({ key }: ListedObject) {
    try {
      const bytes = await copy(from, to, key);
      failures = 0;
      if (bytes === null) return;
      moved.copied += 1;
      moved.bytes += bytes;
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      moved.failed.push({ key, error });
      failures += 1;
      if (failures >= mostFailures) throw error;
    }
    onProgress(moved);
  }

  // All take from the one listing, so that none gets what another has.
  const workers = Array.from({ length: atOnce }, async () => {
    for (;;) {
      const next = await missing.next();
      if (next.done) return;
      await copyOne(next.value);
    }
  });
  await Promise.all(workers);
  return moved;
}

/** @returns in bytes; null for what was removed since it was listed */
async function copy(from: Storage, to: Storage, key: string): Promise<number | null> {
  const object = await from.get(key);
  if (!object) return null;
  const bytes = await buffer(object.stream);
  if (bytes.length !== object.bytes) throw new StorageError("away", `${key} came cut short`);
  const ending = key.slice(key.lastIndexOf(".") + 1);
  await to.put(key, bytes, contentTypes[ending] ?? "application/octet-stream");
  return bytes.length;
}

/** What `from` has and `to` has not, or has in another size: both list in the order of keys. */
async function* missingIn(to: Storage, from: Storage, onThere: () => void) {
  const others = to.list("")[Symbol.asyncIterator]();
  let other = await others.next();
  for await (const object of from.list("")) {
    while (!other.done && other.value.key < object.key) other = await others.next();
    const isThere =
      !other.done && other.value.key === object.key && other.value.bytes === object.bytes;
    if (isThere) onThere();
    else yield object;
  }
}
