import { sql } from "drizzle-orm";
import type { Chat } from "~/chats/chat";
import { lockAnyChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";
import { anyOf } from "~/db/ids.server";
import { lockThreadsOf } from "~/moderation/access/access.server";

/**
 * A chat with the private threads of its disputes: they go and come back together. The first is the
 * chat itself.
 */
export type Unit = [Chat, ...Chat[]];

/**
 * Locks a chat with its private threads, in the order in which everything else does.
 *
 * @returns null when there is no such chat, or it is a private thread, which goes with its chat
 */
export async function lockUnit(tx: Db, chatId: string): Promise<Unit | null> {
  const chat = await lockAnyChat(tx, chatId);
  if (!chat || chat.privateThread) return null;
  await lockThreadsOf(tx, chatId);
  const threads: Chat[] = [];
  for (const id of (await listUnit(tx, chatId)).slice(1)) {
    const thread = await lockAnyChat(tx, id);
    if (thread) threads.push(thread);
  }
  return [chat, ...threads];
}

/**
 * The same for a chat that is to go: nothing that refers to it can be made before the commit, and what
 * was made before is seen by what is asked then, such as what holds it.
 */
export async function lockUnitAlone(tx: Db, chatId: string): Promise<Unit | null> {
  const unit = await lockUnit(tx, chatId);
  await tx.execute(sql`
    select from chats where id = ${anyOf(unit?.map(({ id }) => id) ?? [])} order by id for update`);
  return unit;
}

/**
 * Keeps a chat, or a private thread, where it is until the commit, for what will hold it then: to be
 * called before it is asked whether the chat is archived.
 */
export async function keepStill(tx: Db, chatId: string): Promise<void> {
  await tx.execute(sql`select from chats where id = ${chatId} for key share`);
}

/** The chat and its private threads, by id. */
export async function listUnit(db: Db, chatId: string): Promise<[string, ...string[]]> {
  const rows = await db.execute<{ id: string }>(sql`
    select t.id from chats t join disputes d on d.id = t.dispute_id
    where d.chat_id = ${chatId} order by t.id`);
  return [chatId, ...rows.map(({ id }) => id)];
}

/** The chat that a private thread belongs to; of any other chat the chat itself. */
export async function mainOf(db: Db, chatId: string): Promise<string> {
  const [row] = await db.execute<{ id: string }>(sql`
    select coalesce(d.chat_id, c.id) as id
    from chats c left join disputes d on d.id = c.dispute_id where c.id = ${chatId}`);
  return row?.id ?? chatId;
}
