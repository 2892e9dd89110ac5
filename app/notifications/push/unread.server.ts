import { sql } from "drizzle-orm";
import { isLockedOut } from "~/accounts/standing.server";
import { type Message, type MessageRow, toMessage } from "~/chats/message";
import { messageColumns, messageJoins } from "~/chats/message-columns.server";
import { isToldTo } from "~/chats/told.server";
import type { Db } from "~/db/client.server";

/** What of a chat somebody has yet to see. */
export type UnreadOfChat = {
  /** Messages of others after what he read or had in view; a hundred at most. */
  count: number;
  newest: Message;
  /** How far his devices were told. */
  pushedSeq: number;
  mutedUntil: Date | null;
  isBlocked: boolean;
};

/** Nobody is told a larger number. */
const mostCounted = 100;

type Row = {
  count: number;
  newest: MessageRow | null;
  pushed_seq: string;
  muted_until: string | null;
  is_blocked: boolean;
};

/**
 * What of a chat's messages somebody neither read nor had in view, as his page would show it now:
 * nothing that was taken back, and nothing that chats say of themselves.
 *
 * @returns null where there is none, where the chat is not his any more, or no page of his would show it
 */
export async function readUnread(
  db: Db,
  { userId, chatId }: { userId: string; chatId: string },
): Promise<UnreadOfChat | null> {
  const [row] = await db.execute<Row>(sql`
    with seat as (
      select greatest(me.read_seq, coalesce(n.viewed_seq, 0)) as seen_seq,
        coalesce(n.pushed_seq, 0) as pushed_seq, me.muted_until, c.blocked_by <> '{}' as is_blocked
      from chat_participants me
      join chats c on c.id = me.chat_id
      left join unread_notices n on n.chat_id = me.chat_id and n.user_id = me.user_id
      where me.chat_id = ${chatId} and me.user_id = ${userId} and me.left_at is null
        and c.last_seq > me.read_seq and not ${isLockedOut(sql`me.user_id`)}
    ),
    unseen as (
      select m.seq from seat join chat_messages m on m.chat_id = ${chatId} and m.seq > seat.seen_seq
      where ${isToldTo(sql`${userId}::uuid`)} and m.deleted_at is null
      order by m.seq desc limit ${mostCounted}
    )
    select (select count(*) from unseen)::int as count, pushed_seq, muted_until, is_blocked,
      (select to_jsonb(y) from (
        select ${messageColumns} from chat_messages m ${messageJoins}
        where m.chat_id = ${chatId} and m.seq = (select max(seq) from unseen)) y) as newest
    from seat`);
  if (!row?.newest) return null;
  return {
    count: row.count,
    newest: toMessage(row.newest),
    pushedSeq: Number(row.pushed_seq),
    mutedUntil: row.muted_until === null ? null : new Date(row.muted_until),
    isBlocked: row.is_blocked,
  };
}
