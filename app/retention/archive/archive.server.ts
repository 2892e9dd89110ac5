import { sql } from "drizzle-orm";
import { announce, tick } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { readEpoch } from "~/db/deployment.server";
import { audit } from "~/moderation/audit/audit.server";
import { readTranscriptRows } from "~/moderation/transcripts/read.server";
import { signingKey } from "~/moderation/transcripts/signing-keys.server";
import { ArchiveDamaged, type Done, type Means, Superseded, step } from "../means";
import { wanted } from "../wanted.server";
import { type Written, writeArchive } from "./document.server";
import { emptyTables } from "./empty.server";
import * as ledger from "./ledger.server";
import { putArchive, removeBelow } from "./objects.server";
import { readRows } from "./rows.server";
import { lockUnit, lockUnitAlone } from "./unit.server";

type Noted = { chatId: string; version: number; objectKey: string; attempt: ledger.Attempt };
type WrittenChat = Noted & Omit<Written, "bytes"> & { size: number; messages: number };

const nothing = { messages: 0, bytes: 0 };

/**
 * Moves a closed chat and its private threads into the storage: the objects first, and when they are
 * read back whole the rows go. Whatever ends it half way, another call goes on to the same end.
 *
 * @throws StorageError, and the chat is as it was
 */
export async function archiveChat(db: Db, means: Means, chatId: string, now: Date): Promise<Done> {
  const noted = await noteUnit(db, chatId, now);
  if (!Array.isArray(noted)) return { outcome: noted, ...nothing };
  try {
    return await goOn(db, means, chatId, noted, now);
  } catch (error) {
    // What the next attempt swept away is missed by this one.
    const isOvertaken = error instanceof Superseded || error instanceof ArchiveDamaged;
    if (!isOvertaken || !(await forgetOvertaken(db, means, noted))) throw error;
    return { outcome: "superseded", ...nothing };
  }
}

async function goOn(
  db: Db,
  means: Means,
  chatId: string,
  noted: Noted[],
  now: Date,
): Promise<Done> {
  await step(means, "noted");
  const written: WrittenChat[] = [];
  for (const chat of noted) written.push(await write(db, means, chat, now));
  await step(means, "checked");
  const moved = await move(db, chatId, written, now);
  if (moved !== "archived") {
    await forget(db, means, noted);
    return { outcome: moved, ...nothing };
  }
  await step(means, "moved");
  const messages = await emptyTables(db, means, chatId);
  const bytes = written.reduce((sum, { size }) => sum + size, 0);
  return { outcome: "archived", messages, bytes };
}

/** Notes what will be written, before it is: no object without a row that knows of it. */
async function noteUnit(db: Db, chatId: string, now: Date): Promise<Noted[] | Done["outcome"]> {
  return db.transaction(async (tx) => {
    const unit = await lockUnit(tx, chatId);
    if (!unit?.every(({ status }) => status === "closed")) return "notDue";
    const unwanted = await wanted("archive", now)(tx, chatId);
    if (unwanted) return unwanted;
    const noted: Noted[] = [];
    for (const { id, version, lastSeq } of unit) {
      const one = {
        chatId: id,
        state: "writing" as const,
        chatVersion: version,
        messages: lastSeq,
      };
      const found = await ledger.note(tx, one);
      // It came back a moment ago, and what it came back from is not removed yet.
      if (!found) return "notDue";
      noted.push({ chatId: id, version, ...found });
    }
    return noted;
  });
}

async function write(db: Db, means: Means, chat: Noted, now: Date): Promise<WrittenChat> {
  const { storage, secret, operator } = means;
  const key = await signingKey(db, secret);
  const epoch = await readEpoch(db);
  const read = await db.transaction(
    async (tx) => ({
      facts: await readTranscriptRows(tx, chat.chatId),
      rows: await readRows(tx, chat.chatId),
    }),
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
  if (!read.facts) throw new Superseded();
  const { bytes, ...written } = await writeArchive(read.facts, {
    rows: read.rows,
    epoch,
    operator,
    now,
    key,
  });
  await step(means, "read");
  // What attempts before this one wrote is not wanted: none of them can go on.
  const folder = ledger.archiveFolder(chat.chatId);
  await removeBelow(storage, folder, (key) => key >= chat.objectKey);
  await putArchive(means, chat.objectKey, bytes);
  return { ...chat, ...written, size: bytes.length, messages: read.rows.messages.length };
}

/** The moment at which the chat goes: from then on its archive is read, and its rows count for nothing. */
async function move(
  db: Db,
  chatId: string,
  written: WrittenChat[],
  now: Date,
): Promise<Done["outcome"]> {
  return db.transaction(async (tx) => {
    const unit = await lockUnitAlone(tx, chatId);
    const isAsWritten =
      unit?.length === written.length &&
      unit.every(({ id, status, version }) => {
        const one = written.find((chat) => chat.chatId === id);
        return status === "closed" && one?.version === version;
      });
    if (!isAsWritten) return "notDue";
    const unwanted = await wanted("archive", now)(tx, chatId);
    if (unwanted) return unwanted;
    for (const chat of unit) {
      await tx.execute(sql`
        update chats set status = 'archived', archived_at = ${now.toISOString()}::timestamptz
        where id = ${chat.id}`);
      const { version } = await tick(tx, chat.id, "state");
      await announce(tx, chat, version);
    }
    for (const { attempt, sha256, size, head, messages, pictures } of written) {
      await ledger.change(
        tx,
        attempt,
        sql`state = 'moving', sha256 = ${sha256}, bytes = ${size}, head_hash = ${head.hash},
          messages = ${messages}, pictures = ${pictures}`,
      );
    }
    await audit(
      tx,
      "system",
      ...written.map(({ chatId, head: { version, hash: head }, sha256, size, ...counts }) => ({
        action: "chat.archived" as const,
        chatId,
        // With where the chain ends: a transcript of what comes back one day is compared with it.
        details: { ...countsOf(counts), bytes: size, sha256, version, head },
      })),
    );
    return "archived";
  });
}

const countsOf = ({ messages, pictures }: Pick<WrittenChat, "messages" | "pictures">) => ({
  messages,
  pictures,
});

/** Undoes what was written of a chat that is not to go after all: nobody else knows of this object. */
async function forget(db: Db, means: Means, noted: Noted[]): Promise<void> {
  for (const { objectKey, attempt } of noted) {
    await means.storage.remove([objectKey]);
    await db.transaction((tx) => ledger.remove(tx, attempt));
  }
}

/**
 * Removes what an attempt wrote that is not the last one any more, unless it is what is read by now.
 *
 * @returns false when it is the last one
 */
async function forgetOvertaken(db: Db, means: Means, noted: Noted[]): Promise<boolean> {
  let isOvertaken = false;
  for (const { chatId, objectKey, attempt } of noted) {
    isOvertaken ||= !(await ledger.isLast(db, attempt));
    const row = await ledger.findArchive(db, chatId);
    // No later attempt takes this key.
    if (row?.objectKey !== objectKey) await means.storage.remove([objectKey]);
  }
  return isOvertaken;
}
