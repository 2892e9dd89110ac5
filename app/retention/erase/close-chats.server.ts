import { sql } from "drizzle-orm";
import { findAnyChat, lockAnyChat } from "~/chats/clock.server";
import { closeLocked } from "~/chats/close.server";
import type { Db } from "~/db/client.server";

/** More than anybody has; what is over that a job closes a moment later. */
const mostAtOnce = 500;

/**
 * Locks somebody's chats that are open, and those that he joined as a moderator, in the order of their
 * ids: private threads come after their chats.
 */
export async function lockOpenChats(tx: Db, userId: string): Promise<string[]> {
  const rows = await tx.execute<{ id: string; is_open: boolean }>(sql`
    select c.id, c.status = 'open' and p.role <> 'moderator' as is_open
    from chat_participants p join chats c on c.id = p.chat_id
    where p.user_id = ${userId} and p.left_at is null
      and (c.status = 'open' or p.role = 'moderator')
    order by c.id limit ${mostAtOnce} for no key update of c`);
  return rows.flatMap(({ id, is_open }) => (is_open ? [id] : []));
}

/**
 * Closes locked chats for both: nobody can write to who is gone.
 *
 * @param by who closes his own; null where it is somebody else
 */
export async function closeOpenChats(tx: Db, ids: string[], by: string | null): Promise<void> {
  for (const id of ids) {
    const chat = await findAnyChat(tx, id);
    if (chat?.status !== "open") continue;
    const role = chat.participants.find((one) => one.id === by)?.role ?? "moderator";
    await closeLocked(tx, chat, { by: role });
  }
}

/** Closes what was opened again since, one after the other. */
export async function closeLeftOpen(db: Db, userId: string, by: string | null): Promise<void> {
  const rows = await db.execute<{ id: string }>(sql`
    select c.id from chat_participants p join chats c on c.id = p.chat_id
    where p.user_id = ${userId} and p.role <> 'moderator' and c.status = 'open'`);
  for (const { id } of rows) {
    await db.transaction(async (tx) => {
      if (await lockAnyChat(tx, id)) await closeOpenChats(tx, [id], by);
    });
  }
}
