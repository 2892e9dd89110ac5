import { and, eq, isNull, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { attachments } from "~/db/schema";
import { log } from "~/operations/log.server";
import { type Storage, StorageError } from "~/storage/storage";
import type { Phrase } from "~/ui/i18n";
import { type Attachment, objectKeys, toAttachment } from "./attachment";
import type { FileBytes } from "./incoming-file";
import { type Processed, processPicture } from "./processing.server";

/** `notStored`: not the picture's fault; another time it may go well. */
export type Staged = { kept: Attachment } | { refused: Phrase; notStored?: true };

/**
 * Makes of an uploaded file a picture that waits for its message.
 *
 * @param bytes as they came, whatever they are
 */
export async function stagePicture(
  db: Db,
  storage: Storage,
  viewer: Pick<Viewer, "id">,
  chatId: string,
  bytes: Buffer | FileBytes,
): Promise<Staged> {
  const processed = await processPicture(bytes);
  if ("refused" in processed) return processed;
  try {
    return { kept: await storePicture(db, storage, viewer, chatId, processed) };
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    log.warn({ err: error, trouble: error.trouble }, "a picture could not be stored");
    return { refused: { id: "picture.notStored" }, notStored: true };
  }
}

/** A process that slept meanwhile may have been overtaken by the sweep, which waits far longer. */
const isYoung = sql`${attachments.createdAt} > clock_timestamp() - interval '1 hour'`;

/**
 * Row first, then objects, then the word that they are whole: whenever this ends early, the sweep
 * finds by the row what there is to remove.
 *
 * @throws StorageError
 */
export async function storePicture(
  db: Db,
  storage: Storage,
  viewer: Pick<Viewer, "id">,
  chatId: string,
  { full, thumbnail, width, height, thumbhash, isAnimated, sha256 }: Processed,
): Promise<Attachment> {
  const facts = { width, height, bytes: full.length, placeholder: thumbhash, isAnimated };
  const [row] = await db
    .insert(attachments)
    .values({ ...facts, sha256, chatId, uploaderId: viewer.id })
    .returning({ id: attachments.id });
  if (!row) throw new Error("A picture got no row");
  const keys = objectKeys(row.id);
  await storage.put(keys.full, full, "image/webp");
  await storage.put(keys.thumbnail, thumbnail, "image/webp");
  const [stored] = await db
    .update(attachments)
    .set({ storedAt: sql`clock_timestamp()` })
    .where(and(eq(attachments.id, row.id), isNull(attachments.messageId), isYoung))
    .returning({ id: attachments.id });
  if (!stored) throw new StorageError("slow", "A picture was swept before it was stored");
  return toAttachment(chatId, { ...facts, id: row.id, alt: null });
}
