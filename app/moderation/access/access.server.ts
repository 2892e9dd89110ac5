import { sql } from "drizzle-orm";
import { isLockedOut } from "~/accounts/standing.server";
import type { Viewer } from "~/accounts/viewer";
import type { Chat } from "~/chats/chat";
import { lockAnyChat } from "~/chats/clock.server";
import type { Db } from "~/db/client.server";

/** What lets a moderator into a chat: the case, and the chat that it is on. */
export type OpenCase = { disputeId: string; caseChatId: string };

/**
 * The one rule that opens a chat, or a private thread of it, to somebody who is not in it: he is a
 * moderator at this moment, not suspended or banned, he neither bought nor sold in it, and a case is
 * open on it. The case is locked until the commit, so that what is read and what the audit log says
 * of it come before its end.
 *
 * @returns null where it does not hold, and for a chat that does not exist
 */
export async function withOpenCase(
  tx: Db,
  viewer: Pick<Viewer, "id">,
  chatId: string,
): Promise<OpenCase | null> {
  const [found] = await tx.execute<{ dispute_id: string; chat_id: string }>(sql`
    select d.id as dispute_id, d.chat_id
    from chats c
    join disputes d on d.chat_id = ${caseChat} and d.status <> 'resolved'
    join users u on u.id = ${viewer.id} and u.role in ('moderator', 'admin')
    where c.id = ${chatId} and not ${isLockedOut(sql`u.id`)} and not exists (
      select from chat_participants p where p.chat_id in (c.id, d.chat_id)
        and p.user_id = u.id and p.role <> 'moderator')
    for no key update of d for share of u`);
  return found ? { disputeId: found.dispute_id, caseChatId: found.chat_id } : null;
}

/**
 * The same for a change: locks whatever a change under a case touches, in the order in which
 * everything else does. The chat that the case is on, all of its private threads, the case, and then
 * the moderator and both sides in the order of their ids, as those are locked for a sanction: whoever
 * came back for a thread, or for whom it is private to, could meet somebody who has it and waits for
 * the moderator.
 *
 * @returns `chat`: the one that was asked for
 */
export async function lockWithOpenCase(
  tx: Db,
  viewer: Pick<Viewer, "id">,
  chatId: string,
): Promise<(OpenCase & { chat: Chat }) | null> {
  const [place] = await tx.execute<{ case_chat_id: string }>(sql`
    select ${caseChat} as case_chat_id from chats c where c.id = ${chatId}`);
  if (!place) return null;
  const { case_chat_id: main } = place;
  await tx.execute(sql`select from chats where id = ${main} for no key update`);
  await lockThreadsOf(tx, main);
  await tx.execute(sql`
    select from disputes where chat_id = ${main} and status <> 'resolved' for no key update`);
  await tx.execute(sql`
    select from users where id = ${viewer.id} or id in (
      select user_id from chat_participants where chat_id = ${main} and role <> 'moderator')
    order by id for share`);
  const chat = await lockAnyChat(tx, chatId, viewer.id);
  const open = chat && (await withOpenCase(tx, viewer, chatId));
  return open && { ...open, chat };
}

/**
 * Locks the private threads of a locked chat. A statement of its own, because one that waited for
 * the chat would not know of a thread that was made meanwhile.
 */
export async function lockThreadsOf(tx: Db, chatId: string): Promise<void> {
  await tx.execute(sql`
    select from chats where dispute_id in (select id from disputes where chat_id = ${chatId})
    order by id for no key update`);
}

/** Whether a case keeps a chat open to moderators. */
export async function hasOpenCase(tx: Db, chatId: string): Promise<boolean> {
  const [found] = await tx.execute(
    sql`select 1 from disputes where chat_id = ${chatId} and status <> 'resolved' limit 1`,
  );
  return found !== undefined;
}

/** The chat that a case on `c` would be on: of a private thread, the one that it belongs to. */
const caseChat = sql`coalesce((select of_thread.chat_id from disputes of_thread
  where of_thread.id = c.dispute_id), c.id)`;
