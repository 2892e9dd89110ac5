import type { Readable } from "node:stream";
import type { Storage } from "~/storage/storage";

/** A file too large for memory lies in the storage in parts of this size, in bytes. */
const partBytes = 8 * 1024 * 1024;

const partKey = (objectKey: string, part: number) =>
  `${objectKey}/${String(part).padStart(6, "0")}.zip`;

/**
 * Stores what a stream gives below `objectKey`.
 *
 * @param signal ends it between two parts
 * @returns bytes
 */
export async function putParts(
  storage: Storage,
  objectKey: string,
  stream: Readable,
  signal: AbortSignal,
): Promise<number> {
  let [bytes, part, held] = [0, 0, 0];
  let chunks: Buffer[] = [];
  const put = async () => {
    signal.throwIfAborted();
    await storage.put(partKey(objectKey, part), Buffer.concat(chunks), "application/zip");
    [part, held, chunks] = [part + 1, 0, []];
  };
  for await (const chunk of stream) {
    chunks.push(chunk);
    held += chunk.length;
    bytes += chunk.length;
    if (held >= partBytes) await put();
  }
  if (held) await put();
  return bytes;
}

/** What was stored below `objectKey`, part after part. */
export async function* readParts(storage: Storage, objectKey: string): AsyncGenerator<Buffer> {
  for await (const { key } of storage.list(`${objectKey}/`)) {
    const part = await storage.get(key);
    if (!part) throw new Error("A part of an export is gone");
    yield* part.stream;
  }
}

/**
 * Removes all that is below `objectKey`, and looks that it is gone.
 *
 * @throws when the storage has some of it all the same
 */
export async function removeParts(storage: Storage, objectKey: string): Promise<void> {
  const keys = await keysBelow(storage, objectKey);
  if (!keys.length) return;
  await storage.remove(keys);
  if ((await keysBelow(storage, objectKey)).length) {
    throw new Error("An export was removed, and the storage has some of it still");
  }
}

async function keysBelow(storage: Storage, objectKey: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of storage.list(`${objectKey}/`)) keys.push(key);
  return keys;
}
