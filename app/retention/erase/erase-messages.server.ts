import { sql } from "drizzle-orm";
import type { Chat } from "~/chats/chat";
import { findAnyChatRow, lockAnyChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { messageRows } from "~/moderation/transcripts/message-rows.server";
import { chained, type MessageRow, versionsOf } from "~/moderation/transcripts/records";
import { chainStart } from "../../../bin/transcript/chain.mjs";
import { holdsOfLockedChat } from "../holds.server";
import { changeOf, eventLeft, type MessageErasure } from "./change-of";
import type { Erasing } from "./erasing";
import type { Whose } from "./masks";
import { storeChanges } from "./store-changes.server";

/** Places of a chat that are looked at at once, so that what changes there takes little time. */
const placesAtOnce = 50;

/** `moved`: its messages are elsewhere by now; `held`: something keeps it as it is. */
export type ChatLeft = "done" | "moved" | "held" | "gone";

/**
 * Erases somebody from the messages of a chat that is in the database: his own words and others' of
 * him. May be ended anywhere and called again.
 *
 * @param batch called after each that changed something, with how long it took in ms
 */
export async function eraseFromMessages(
  db: Db,
  chatId: string,
  {
    erasing,
    now,
    batch,
  }: { erasing: Erasing; now: Date; batch: (tookMs: number) => Promise<void> },
): Promise<ChatLeft> {
  const look = await lookerOf(db, chatId, erasing);
  if (!look) return "gone";
  for (let after = 0; after < look.lastSeq; ) {
    const changes = await look.at(after);
    const begun = performance.now();
    const left = await store(db, chatId, changes, now);
    if (left === "again") continue;
    if (left !== "done") return left;
    await eraseVerdicts(db, chatId, after, erasing, look.whose);
    if (changes.length) await batch(performance.now() - begun);
    after += placesAtOnce;
  }
  return "done";
}

async function store(
  db: Db,
  chatId: string,
  changes: MessageErasure[],
  now: Date,
): Promise<ChatLeft | "again"> {
  if (!changes.length) return "done";
  return db.transaction(async (tx) => {
    const chat = await lockAnyChat(tx, chatId);
    const stop = await stopOf(tx, chat, now);
    if (stop) return stop;
    return chat && (await storeChanges(tx, chat, changes)) ? "done" : "again";
  });
}

/** Why nothing may be changed in a locked chat. */
async function stopOf(tx: Db, chat: Chat | null, now: Date): Promise<ChatLeft | null> {
  if (!chat) return "gone";
  if (chat.status === "archived") return "moved";
  return (await holdsOfLockedChat(tx, chat.id, now)).length ? "held" : null;
}

/** Finds what is to change in a chat. @returns null when there is no such chat */
async function lookerOf(db: Db, chatId: string, erasing: Erasing) {
  const chat = await findAnyChatRow(db, chatId);
  const [of] = await db.execute<{ salt: string; last: string }>(sql`
    select transcript_salt as salt, (select last_seq from chats where id = ${chatId}) as last
    from deployment`);
  if (!chat || !of) return null;
  const { salt } = of;
  const whose = whoseIn(chat.participants, erasing.userId);
  let hashes: Map<number, string> | undefined;
  const at = async (after: number) => {
    const rows = await readRows(db, chatId, after);
    const { masks } = erasing;
    const isAsked = rows.some(({ row: { event } }) => eventLeft(event, masks.staff) !== event);
    if (isAsked) hashes ??= await recordHashes(db, chatId, salt);
    const recordHash = (version: number) => hashes?.get(version) ?? "";
    return rows.flatMap(({ row, isGone }) => {
      const of = { erasing, whose: whose(row.sender_id), salt, isGone, recordHash };
      return changeOf(row, of) ?? [];
    });
  };
  return { lastSeq: Number(of.last), at, whose };
}

/** @param participants also those who left */
export const whoseIn =
  (participants: readonly { id: string; role: string }[], userId: string) =>
  (senderId: string | null): Whose => {
    if (senderId === userId) return "own";
    const isSide = participants.some(({ id, role }) => id === senderId && role !== "moderator");
    return isSide ? "others" : "staff";
  };

type Found = { row: MessageRow; isGone: boolean };

async function readRows(db: Db, chatId: string, after: number): Promise<Found[]> {
  const found = await db.execute<{ row: MessageRow; is_gone: boolean }>(sql`
    select to_json(x) as row, m.deleted_at is not null as is_gone
    from (${messageRows(sql`m.chat_id = ${chatId}
      and m.seq > ${after} and m.seq <= ${after + placesAtOnce}`)}) x
    join chat_messages m on m.id = x.id order by x.seq`);
  return found.map(({ row, is_gone: isGone }) => ({ row, isGone }));
}

/** The hash of each record of a chat, by its version. */
async function recordHashes(db: Db, chatId: string, salt: string): Promise<Map<number, string>> {
  const rows = await db.execute<{ row: MessageRow }>(
    sql`select to_json(x) as row from (${messageRows(sql`m.chat_id = ${chatId}`)}) x`,
  );
  return hashesOf(
    rows.map(({ row }) => row),
    { chatId, salt },
  );
}

export function hashesOf(
  rows: readonly MessageRow[],
  { chatId, salt }: { chatId: string; salt: string },
): Map<number, string> {
  let previous = chainStart(chatId);
  return new Map(
    versionsOf(rows).map((version) => {
      previous = chained(version, { chatId, salt, previous }).hash;
      return [version.version, previous];
    }),
  );
}

type VerdictRow = {
  message_id: string;
  version: number;
  sender_id: string;
  reasons: { words: string[] }[];
};

/** What filters found: the words of who wrote them. */
async function eraseVerdicts(
  db: Db,
  chatId: string,
  after: number,
  erasing: Erasing,
  whose: (senderId: string | null) => Whose,
): Promise<void> {
  const rows = await db.execute<VerdictRow>(sql`
    select v.message_id, v.version, m.sender_id, v.reasons
    from chat_messages m join message_verdicts v on v.message_id = m.id
    where m.chat_id = ${chatId} and m.seq > ${after} and m.seq <= ${after + placesAtOnce}`);
  for (const { message_id: id, version, sender_id, reasons } of rows) {
    const left = verdictLeft(reasons, erasing, whose(sender_id));
    if (left === reasons) continue;
    const same = sql`message_id = ${id} and version = ${version}`;
    if (left) {
      const stored = sql`reasons = ${JSON.stringify(left)}::text::jsonb`;
      await db.execute(sql`update message_verdicts set ${stored} where ${same}`);
    } else await db.execute(sql`delete from message_verdicts where ${same}`);
  }
}

/** @returns null where nothing is to be left; the same where it stays */
export function verdictLeft<Reason extends { words: string[] }>(
  reasons: Reason[],
  { messages, masks }: Erasing,
  whose: Whose,
): Reason[] | null {
  if (messages === "removed" && whose === "own") return null;
  const left = reasons.map((one) => ({ ...one, words: one.words.map(masks[whose]) }));
  return JSON.stringify(left) === JSON.stringify(reasons) ? reasons : left;
}
