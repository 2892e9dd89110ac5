import { eq, sql } from "drizzle-orm";
import type { Chat } from "~/chats/chat";
import { lockAnyChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { anyOf } from "~/db/ids.server";
import { chats } from "~/db/schema";
import type { AuditEntry } from "../audit/audit.server";
import { tellOfDispute } from "../disputes/tell.server";
import { hasOpenCase } from "./access.server";
import { moderatorsIn, unseatModerators } from "./seats.server";

/**
 * Ends what a case opened, in the transaction that resolves it: its private threads are read only,
 * and with the last case of a chat moderators are out of the chat and of all its threads, and a
 * frozen chat is open again.
 *
 * @param chat the case's, locked
 * @returns what the audit log is to say of it
 */
export async function endAccess(tx: Db, chat: Chat, disputeId: string): Promise<AuditEntry[]> {
  const isLast = !(await hasOpenCase(tx, chat.id));
  const entries: AuditEntry[] = [];
  const threads = await lockThreads(tx, chat.id);
  await lockSeats(tx, [chat, ...threads]);
  for (const thread of threads) {
    const isItsOwn = thread.privateThread?.disputeId === disputeId;
    if (isItsOwn && thread.status !== "closed") {
      const closed = { status: "closed" as const, closedAt: sql`clock_timestamp()` };
      await tx.update(chats).set(closed).where(eq(chats.id, thread.id));
      await tellOfDispute(tx, thread, { kind: "chat_closed", by: "moderator" });
    }
    if (isItsOwn || isLast) entries.push(...(await unseatAll(tx, thread, disputeId)));
  }
  if (!isLast) return entries;
  if (chat.status === "frozen") {
    await tx.update(chats).set({ status: "open" }).where(eq(chats.id, chat.id));
    await tellOfDispute(tx, chat, { kind: "chat_thawed" });
    entries.push({ action: "chat.thawed", chatId: chat.id, disputeId });
  }
  return [...entries, ...(await unseatAll(tx, chat, disputeId))];
}

async function unseatAll(tx: Db, chat: Chat, disputeId: string): Promise<AuditEntry[]> {
  const userIds = moderatorsIn(chat);
  await unseatModerators(tx, chat, userIds);
  const left = { action: "chat.left" as const, chatId: chat.id, disputeId };
  return userIds.map((personId) => ({ ...left, personId }));
}

async function lockThreads(tx: Db, chatId: string): Promise<Chat[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select t.id from chats t join disputes d on d.id = t.dispute_id
    where d.chat_id = ${chatId} order by t.id`);
  const threads: Chat[] = [];
  for (const { id } of rows) {
    const thread = await lockAnyChat(tx, id);
    if (thread) threads.push(thread);
  }
  return threads;
}

/** In the order in which whatever moves somebody in several chats locks them. */
async function lockSeats(tx: Db, locked: Chat[]): Promise<void> {
  await tx.execute(sql`
    select from chat_participants where role = 'moderator'
      and chat_id = ${anyOf(locked.map(({ id }) => id))}
    order by chat_id, user_id for no key update`);
}
