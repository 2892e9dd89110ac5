import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { goOnDeleting } from "../delete/delete.server";
import { type Done, type Means, Superseded } from "../means";
import { emptyTables } from "./empty.server";
import * as ledger from "./ledger.server";
import { removeBelow } from "./objects.server";
import { goOnRestoring } from "./restore.server";
import { listUnit } from "./unit.server";

const nothing = { messages: 0, bytes: 0 };

/**
 * Goes on with what an earlier run left half done of a chat and its private threads. What was written
 * of a chat that had not gone yet is undone: it is still whole where it was.
 *
 * @throws StorageError, ArchiveDamaged, and the next run tries it again
 */
export async function resumeArchive(
  db: Db,
  means: Means,
  chatId: string,
  now: Date,
): Promise<Done> {
  const states = new Set<ledger.ArchiveState>();
  const unit = await listUnit(db, chatId);
  for (const id of unit) {
    const row = await ledger.findArchive(db, id);
    if (row) states.add(row.state);
  }
  if (states.has("deleting")) {
    const done = await goOnDeleting(db, means, chatId);
    if (done) return done;
  }
  if (states.has("restoring")) {
    const done = await goOnRestoring(db, means, chatId, now);
    if (done) return done;
  }
  if (states.has("moving")) {
    try {
      const messages = await emptyTables(db, means, chatId);
      return { outcome: "archived", messages, bytes: 0 };
    } catch (error) {
      if (error instanceof Superseded) return { outcome: "superseded", ...nothing };
      throw error;
    }
  }
  if (states.has("writing")) for (const id of unit) await undoWriting(db, means, id);
  return { outcome: "notDue", ...nothing };
}

async function undoWriting(db: Db, means: Means, chatId: string): Promise<void> {
  const taken = await ledger.takeUp(db, chatId, ["writing"]);
  if (!taken) return;
  // The one that it wrote, and those before it: what a later attempt writes is not ours.
  const { objectKey } = taken.row;
  await removeBelow(means.storage, ledger.archiveFolder(chatId), (key) => key > objectKey);
  await db
    .transaction((tx) => ledger.remove(tx, taken.attempt))
    .catch((error) => {
      if (!(error instanceof Superseded)) throw error;
    });
}

/** Of the archives that are left half done. */
const pageSize = 100;

/** Chats that were left half done, by id: those of private threads by the chat of their case. */
export async function listLeft(db: Db, after: string | null): Promise<string[]> {
  const rows = await db.execute<{ id: string }>(sql`
    select distinct coalesce(d.chat_id, c.id) as id
    from chat_archives a join chats c on c.id = a.chat_id
    left join disputes d on d.id = c.dispute_id
    where a.state <> 'archived'
      and coalesce(d.chat_id, c.id) > ${after ?? "00000000-0000-0000-0000-000000000000"}::uuid
    order by 1 limit ${pageSize}`);
  return rows.map(({ id }) => id);
}
