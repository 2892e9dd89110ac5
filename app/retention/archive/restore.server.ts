import { type SQL, sql } from "drizzle-orm";
import { announce, tick } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { readEpoch } from "~/db/deployment.server";
import { audit } from "~/moderation/audit/audit.server";
import { ArchiveDamaged, type Done, type Means, Superseded, step } from "../means";
import { inBatches, isLastAttempt } from "./batches.server";
import type { Archive } from "./document.server";
import * as ledger from "./ledger.server";
import { loadArchive } from "./load.server";
import { removeBelow } from "./objects.server";
import {
  type ChatRows,
  columnsOf,
  inOrder,
  isSame,
  kinds,
  nameOf,
  type Row,
  readRows,
} from "./rows.server";
import { listUnit, lockUnit } from "./unit.server";

const nothing = { messages: 0, bytes: 0 };

/**
 * Brings an archived chat and its private threads back whole: closed, as it was before. Until the
 * last moment its archive is read, and stays.
 *
 * @returns null when there is no such chat, or it is not archived
 * @throws ArchiveDamaged and StorageError, and the chat is archived as before
 */
export async function restoreChat(
  db: Db,
  means: Means,
  chatId: string,
  now: Date,
): Promise<Done | null> {
  // Looked at before anything is begun that could not be ended.
  for (const id of await listUnit(db, chatId)) {
    const row = await ledger.findArchive(db, id);
    if (row && ["moving", "archived"].includes(row.state)) await loadArchive(means.storage, row);
  }
  const isBegun = await db.transaction(async (tx) => {
    const unit = await lockUnit(tx, chatId);
    if (!unit?.every(({ status }) => status === "archived")) return null;
    for (const { id } of unit) {
      const from = ["moving", "archived"] as const;
      if (!(await ledger.takeUp(tx, id, from, sql`, state = 'restoring'`))) return false;
    }
    return true;
  });
  if (isBegun === null) return null;
  await step(means, "asked");
  return goOnRestoring(db, means, chatId, now);
}

/** Ends what was begun, from wherever it got to. */
export async function goOnRestoring(
  db: Db,
  means: Means,
  chatId: string,
  now: Date,
): Promise<Done | null> {
  try {
    const attempts: ledger.Attempt[] = [];
    let messages = 0;
    for (const id of await listUnit(db, chatId)) {
      const taken = await ledger.takeUp(db, id, ["restoring"]);
      if (!taken) continue;
      attempts.push(taken.attempt);
      if (!(await isArchived(db, id))) continue;
      const archive = await loadArchive(means.storage, taken.row);
      const rows = ofThisHistory(archive, await readEpoch(db));
      messages += await fill(db, means, taken.attempt, rows);
      if (!isSame(rows, await readRows(db, id))) {
        throw new ArchiveDamaged("what was brought back is not what it holds");
      }
      await step(means, "filled");
    }
    if (!attempts.length) return null;
    await comeBack(db, chatId, attempts, now);
    await step(means, "restored");
    let bytes = 0;
    for (const attempt of attempts) {
      bytes += await removeBelow(means.storage, ledger.archiveFolder(attempt.chatId));
      await step(means, "objects");
      await db.transaction((tx) => ledger.remove(tx, attempt));
    }
    return { outcome: "restored", messages, bytes };
  } catch (error) {
    if (error instanceof Superseded) return { outcome: "superseded", ...nothing };
    throw error;
  }
}

async function isArchived(db: Db, chatId: string): Promise<boolean> {
  const [row] = await db.execute(
    sql`select 1 from chats where id = ${chatId} and status = 'archived'`,
  );
  return row !== undefined;
}

/** Transaction ids of another history would be changes to come: they count as the oldest here. */
function ofThisHistory({ rows, epoch }: Archive, here: string): ChatRows {
  if (epoch === here) return inOrder(rows);
  const oldest = { created_xid: "3", changed_xid: "3" };
  return inOrder({ ...rows, messages: rows.messages.map((row) => ({ ...row, ...oldest })) });
}

async function fill(
  db: Db,
  means: Means,
  attempt: ledger.Attempt,
  rows: ChatRows,
): Promise<number> {
  let messages = 0;
  for (const kind of kinds) {
    const columns = columnsOf(kind, rows[kind]);
    const filled = await inBatches(db, means, attempt, "restoring", ({ size, at }) => {
      const batch = rows[kind].slice(at, at + size);
      return batch.length ? insertRows(nameOf(kind), columns, batch) : null;
    });
    if (kind === "messages") messages = filled;
  }
  return messages;
}

/** What an attempt before this one brought back stays. */
const insertRows = (table: SQL, columns: SQL, rows: readonly Row[]) => sql`
  insert into ${table} (${columns})
  select ${columns} from jsonb_populate_recordset(null::${table}, ${JSON.stringify(rows)}::jsonb)
  where ${isLastAttempt} on conflict do nothing`;

/** The moment at which the chat is back: from then on its rows are read. */
async function comeBack(
  db: Db,
  chatId: string,
  attempts: ledger.Attempt[],
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const unit = await lockUnit(tx, chatId);
    const back = unit?.filter(({ status }) => status === "archived") ?? [];
    if (!back.length) return;
    for (const chat of back) {
      await tx.execute(sql`
        update chats set status = 'closed', archived_at = null,
          restored_at = ${now.toISOString()}::timestamptz
        where id = ${chat.id}`);
      const { version } = await tick(tx, chat.id, "state");
      await announce(tx, chat, version);
    }
    for (const attempt of attempts) await ledger.hold(tx, attempt);
    const entries = [];
    for (const { id } of back) {
      const row = await ledger.findArchive(tx, id);
      if (!row) throw new Superseded();
      const { messages, pictures, sha256, headHash } = row;
      const details = { messages, pictures, sha256, end: headHash };
      entries.push({ action: "chat.restored" as const, chatId: id, details });
    }
    await audit(tx, "system", ...entries);
  });
}
