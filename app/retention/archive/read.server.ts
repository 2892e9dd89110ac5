import type { Db } from "~/db/client.server";
import type { Storage } from "~/storage/storage";
import { ArchiveDamaged } from "../means";
import type { Archive } from "./document.server";
import { findArchive } from "./ledger.server";
import { loadArchive } from "./load.server";

/** Bytes of unpacked archives that a process keeps: pages of one chat are asked for one after the other. */
const mostKept = 16 * 1024 * 1024;
/** A chat may come back and go again while it is read: so often it is looked for anew. */
const mostTries = 3;

/** By the key of the object, which never stands for anything else; the one used last is the last. */
const kept = new Map<string, Archive>();
const loading = new Map<string, Promise<Archive>>();

/**
 * What an archived chat holds: the one way to read it.
 *
 * @returns null when it is not in an archive (any more), or is being deleted
 * @throws ArchiveDamaged and StorageError where it cannot be read
 */
export async function readArchive(
  db: Db,
  storage: Storage,
  chatId: string,
): Promise<Archive | null> {
  for (let tries = 1; ; tries += 1) {
    const row = await findArchive(db, chatId);
    if (!row || row.state === "writing" || row.state === "deleting") return null;
    const known = kept.get(row.objectKey);
    if (known) return keep(row.objectKey, known);
    const reading = loading.get(row.objectKey) ?? loadArchive(storage, row);
    loading.set(row.objectKey, reading);
    try {
      return keep(row.objectKey, await reading);
    } catch (error) {
      const isGone = (await findArchive(db, chatId))?.objectKey !== row.objectKey;
      if (!(error instanceof ArchiveDamaged) || !isGone || tries >= mostTries) throw error;
    } finally {
      loading.delete(row.objectKey);
    }
  }
}

function keep(key: string, archive: Archive): Archive {
  kept.delete(key);
  kept.set(key, archive);
  let bytes = [...kept.values()].reduce((sum, { size }) => sum + size, 0);
  for (const [oldest, { size }] of kept) {
    if (bytes <= mostKept) break;
    kept.delete(oldest);
    bytes -= size;
  }
  return archive;
}
