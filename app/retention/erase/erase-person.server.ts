import { eq, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { erasures } from "~/db/schema";
import { audit } from "~/moderation/audit/audit.server";
import { log } from "~/operations/log.server";
import { holdsOfLockedPerson } from "../holds.server";
import { type Means, step } from "../means";
import { closeLeftOpen } from "./close-chats.server";
import { eraseExports } from "./erase-exports.server";
import { eraseFromArchive } from "./erase-from-archive.server";
import { eraseMails } from "./erase-mails.server";
import { eraseFromMessages } from "./erase-messages.server";
import { erasePictures } from "./erase-pictures.server";
import { eraseTraces } from "./erase-traces.server";
import { eraseFromPictureTexts, eraseFromWords } from "./erase-words.server";
import type { Erasing } from "./erasing";
import { forgetAccount } from "./forget-account.server";
import { masksOf } from "./masks";

/** `mailFolder`: where mails of a demo lie; null where they are sent. */
export type EraseMeans = Means & { mailFolder: string | null };

/** How often a chat is looked for anew that moves into its archive, or back, meanwhile. */
const mostMoves = 5;

type ErasureRow = typeof erasures.$inferSelect;

/**
 * Does what is left to do of an erasure: takes who it was out of all that is kept, and his words where
 * they are to go. Whatever ends it half way, another call goes on to the same end; two at once do no
 * harm.
 *
 * @returns `held`: something keeps what he said, and nothing more is done until it ends
 * @throws StorageError; the next call goes on
 */
export async function erasePerson(
  db: Db,
  means: EraseMeans,
  userId: string,
  now: Date,
): Promise<"done" | "held"> {
  const [erasure] = await db.select().from(erasures).where(eq(erasures.userId, userId));
  if (!erasure || erasure.state === "done") return "done";
  // Outlives a database that is brought back from an old backup, in which the person is there again.
  log.info({ userId }, "an account is erased");
  // Whatever holds the rest: where a case ended a chat may be open again.
  await closeLeftOpen(db, userId, erasure.requestedAs === "self" ? userId : null);
  await db.transaction((tx) => forgetAccount(tx, userId));
  if (await noteHolds(db, erasure, now)) return "held";
  await step(means, "asked");
  const erasing: Erasing = {
    userId,
    messages: erasure.messages,
    masks: masksOf({ name: erasure.name ?? "", email: erasure.email }),
  };
  // Before the archives, in whose transcripts they stand.
  await eraseFromWords(db, erasing);
  for (const chatId of await chatsOf(db, userId)) {
    means.signal?.throwIfAborted();
    if ((await eraseFromChat(db, means, chatId, { erasing, now })) !== "held") continue;
    await noteHolds(db, erasure, now);
    return "held";
  }
  await eraseFromPictureTexts(db, erasing);
  await step(means, "rows");
  await eraseExports(db, means.storage, userId);
  await step(means, "objects");
  if (means.mailFolder) await eraseMails(means.mailFolder, erasing.masks);
  await eraseTraces(db, erasure);
  await step(means, "emptied");
  await end(db, erasure, now);
  return "done";
}

/** Also private threads of his, and chats that he joined as a moderator. */
async function chatsOf(db: Db, userId: string): Promise<string[]> {
  const rows = await db.execute<{ chat_id: string }>(
    sql`select chat_id from chat_participants where user_id = ${userId} order by chat_id`,
  );
  return rows.map(({ chat_id }) => chat_id);
}

async function eraseFromChat(
  db: Db,
  means: EraseMeans,
  chatId: string,
  of: { erasing: Erasing; now: Date },
): Promise<"done" | "held" | "gone"> {
  const batch = async (tookMs: number) => {
    await means.rest?.(tookMs, 0);
    await step(means, "batch");
  };
  for (let moves = 0; moves < mostMoves; moves += 1) {
    const wasArchived = await isArchived(db, chatId);
    const left = wasArchived
      ? await eraseFromArchive(db, means, chatId, of)
      : await eraseFromMessages(db, chatId, { ...of, batch });
    if (left === "held" || left === "gone") return left;
    // What went while it was looked through was not seen.
    if (left === "moved" || wasArchived !== (await isArchived(db, chatId))) continue;
    await erasePictures(db, means.storage, chatId, of.erasing);
    return "done";
  }
  throw new Error("A chat was moved again and again while somebody was to be erased from it");
}

async function isArchived(db: Db, chatId: string): Promise<boolean> {
  const [row] = await db.execute(
    sql`select 1 from chats where id = ${chatId} and status = 'archived'`,
  );
  return row !== undefined;
}

/** Whether anything holds him at this moment; shown until it does not. */
async function noteHolds(db: Db, { userId }: ErasureRow, now: Date): Promise<boolean> {
  return db.transaction(async (tx) => {
    const isHeld = (await holdsOfLockedPerson(tx, userId, now)).length > 0;
    const state = isHeld ? "held" : "waiting";
    await tx.execute(sql`
      update erasures set state = ${state} where user_id = ${userId} and state <> 'done'`);
    return isHeld;
  });
}

/** From here on nobody knows who it was. */
async function end(db: Db, { userId, messages }: ErasureRow, now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const ended = await tx.execute(sql`
      update erasures set state = 'done', done_at = ${now.toISOString()}::timestamptz, name = null,
        email = null
      where user_id = ${userId} and state <> 'done' returning 1`);
    if (!ended.length) return;
    const [counts] = await tx.execute<{ chats: number; changed: number }>(sql`
      select count(distinct p.chat_id)::int as chats,
        (select count(distinct e.message_id)::int from erased_parts e where e.chat_id in (
          select chat_id from chat_participants where user_id = ${userId})) as changed
      from chat_participants p where p.user_id = ${userId}`);
    const details = { messages, chats: counts?.chats ?? 0, changed: counts?.changed ?? 0 };
    await audit(tx, "system", { action: "account.erased", personId: userId, details });
  });
}
