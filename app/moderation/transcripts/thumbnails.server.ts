import { buffer } from "node:stream/consumers";
import { objectKeys } from "~/attachments/attachment";
import { type Storage, StorageError } from "~/storage/storage";
import type { ShownTranscript } from "./shown";

/** More would make a file that nobody can mail; of the others the hashes are there. */
const maxPictures = 200;
const maxBytes = 8_000_000;

/**
 * The small pictures of a transcript, WebP, by the ids of their attachments. What is missing or too
 * much is left out, and the transcript says so.
 */
export async function readThumbnails(
  storage: Storage,
  shown: ShownTranscript,
): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  let bytes = 0;
  for (const id of pictureIds(shown).slice(0, maxPictures)) {
    const picture = await readThumbnail(storage, id);
    if (!picture) continue;
    bytes += picture.length;
    if (bytes > maxBytes) break;
    found.set(id, picture);
  }
  return found;
}

function pictureIds({ messages, disputes, threads }: ShownTranscript): string[] {
  const holders = [...disputes, ...messages, ...threads.flatMap((thread) => thread.messages)];
  return holders.flatMap(({ pictures }) => pictures.map(({ id }) => id));
}

async function readThumbnail(storage: Storage, id: string): Promise<Buffer | null> {
  try {
    const object = await storage.get(objectKeys(id).thumbnail);
    return object && (await buffer(object.stream));
  } catch (error) {
    if (error instanceof StorageError) return null;
    throw error;
  }
}
