import type { Db } from "~/db/client.server";
import { log } from "~/operations/log.server";
import { type Storage, StorageError } from "~/storage/storage";
import { ArchiveDamaged } from "../means";
import { readArchive } from "./read.server";

/** What is known of a message whose chat is archived, for pages that are about something else. */
export type ArchivedWords = {
  seq: number;
  sentAt: string;
  body: string | null;
  /** What it said last before it was taken back or removed. */
  earlier: string | null;
  isGone: boolean;
  isRemoved: boolean;
  /** What filters found in it, each kind once. */
  kinds: string[];
};

type Reason = { kind: string };

/** @returns null where there is none, or it cannot be read at the moment, which the log says */
export async function readArchivedWords(
  db: Db,
  storage: Storage,
  { chatId, messageId }: { chatId: string; messageId: string },
): Promise<ArchivedWords | null> {
  const archive = await readArchive(db, storage, chatId).catch((error) => {
    if (!(error instanceof StorageError || error instanceof ArchiveDamaged)) throw error;
    log.error({ err: error, chatId }, "the archive of a chat could not be read");
    return null;
  });
  const row = archive?.rows.messages.find(({ id }) => id === messageId);
  if (!archive || !row) return null;
  const ofIt = (one: { message_id?: unknown }) => one.message_id === messageId;
  const said = archive.rows.versions.filter((one) => ofIt(one) && one.body !== null).at(-1);
  const found = archive.rows.verdicts.filter(ofIt).flatMap(({ reasons }) => reasons as Reason[]);
  return {
    seq: row.seq,
    sentAt: row.created_at as string,
    body: row.body as string | null,
    earlier: (said?.body ?? null) as string | null,
    isGone: row.deleted_at !== null,
    isRemoved: row.redacted_by !== null,
    kinds: [...new Set(found.map(({ kind }) => kind))],
  };
}
