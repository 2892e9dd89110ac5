import { type SQLWrapper, sql } from "drizzle-orm";
import { type MessageRow, toMessage } from "~/chats/message";
import { messageColumns, messageJoins } from "~/chats/message-columns.server";
import { isToldTo } from "~/chats/told.server";
import type { Db } from "~/db/client.server";
import type { UnreadChat } from "./digest";
import type { WaitingChat } from "./digest-plan";

/** A chat with messages that its reader is to be mailed of. */
export type Waiting = WaitingChat & { lastSeq: number };

/** Of a chat that is left alone for months no mail says an exact number. */
const mostCounted = 1_000;
const mostShown = 5;

/**
 * The chats of a person that have messages of others which he did not read and was not mailed of. What
 * was taken back is none, and neither is what the program itself says in a chat; what the host says there is.
 */
export async function readWaiting(db: Db, userId: string): Promise<Waiting[]> {
  const rows = await db.execute<Row>(sql`
    select c.id, c.last_seq, me.read_seq, me.muted_until, cardinality(c.blocked_by) > 0 as is_blocked,
      coalesce(notice.mailed_seq, 0) as mailed_seq, notice.mailed_at, first.created_at as oldest_at
    from chat_participants me
    join chats c on c.id = me.chat_id
    left join unread_notices notice on notice.chat_id = c.id and notice.user_id = me.user_id
    cross join lateral (
      select m.created_at from chat_messages m
      where ${isNew(sql`c.id`, sql`greatest(me.read_seq, notice.mailed_seq)`, sql`me.user_id`)}
      order by m.seq limit 1) first
    where me.user_id = ${userId} and me.left_at is null
      and c.last_seq > greatest(me.read_seq, notice.mailed_seq)
    order by c.last_message_at desc`);
  return rows.map((row) => ({
    chatId: row.id,
    lastSeq: Number(row.last_seq),
    readSeq: Number(row.read_seq),
    mailedSeq: Number(row.mailed_seq),
    mailedAt: row.mailed_at === null ? null : new Date(row.mailed_at),
    oldestAt: new Date(row.oldest_at),
    // `infinity` is no date, and for ever.
    mutedUntil: row.muted_until === null ? null : new Date(row.muted_until),
    isBlocked: row.is_blocked,
  }));
}

type Row = {
  id: string;
  last_seq: string;
  read_seq: string;
  muted_until: string | null;
  is_blocked: boolean;
  mailed_seq: string;
  mailed_at: string | null;
  oldest_at: string;
};

const isNew = (chatId: SQLWrapper, after: SQLWrapper, userId: SQLWrapper) => sql`
  m.chat_id = ${chatId} and m.seq > ${after} and ${isToldTo(userId)} and m.deleted_at is null`;

/**
 * What a mail says of such a chat: as the chat's page shows it at this moment. What was read, taken
 * back or removed meanwhile is not in it.
 *
 * @returns null where nothing is left, or the chat is not his any more
 */
export async function readUnreadChat(
  db: Db,
  userId: string,
  { chatId, lastSeq }: Pick<Waiting, "chatId" | "lastSeq">,
): Promise<UnreadChat | null> {
  const isTold = sql`${isNew(sql`c.id`, sql`greatest(me.read_seq, notice.mailed_seq)`, sql`me.user_id`)}
    and m.seq <= ${lastSeq}`;
  const [row] = await db.execute<ChatRow>(sql`
    select subject.title, me.role = 'moderator' as is_of_moderator,
      (select count(*)::int from (
        select from chat_messages m where ${isTold} limit ${mostCounted}) counted) as count,
      (select json_agg(shown order by shown.seq) from (
        select ${messageColumns} from chat_messages m ${messageJoins}
        where ${isTold} order by m.seq desc limit ${mostShown}) shown) as messages
    from chat_participants me
    join chats c on c.id = me.chat_id
    join subjects subject on subject.id = c.subject_id
    left join unread_notices notice on notice.chat_id = c.id and notice.user_id = me.user_id
    where me.chat_id = ${chatId} and me.user_id = ${userId} and me.left_at is null
      and cardinality(c.blocked_by) = 0`);
  if (!row?.messages) return null;
  const messages = row.messages.map(toMessage).map(({ sender, body, attachments }) => ({
    sender: sender?.name ?? null,
    body,
    pictures: attachments.length,
  }));
  return {
    id: chatId,
    title: row.title,
    senders: [...new Set(messages.map(({ sender }) => sender).reverse())],
    count: row.count,
    messages,
    isOfModerator: row.is_of_moderator,
  };
}

type ChatRow = {
  title: string;
  is_of_moderator: boolean;
  count: number;
  messages: MessageRow[] | null;
};
