import { type SQL, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import { notifyItems } from "~/live/notify.server";
import { tellReadElsewhere } from "~/notifications/push/read-elsewhere.server";

type Moved = { chatId: string; userId: string; seq: number };

type Move = { set: SQL; behind: SQL; locked?: SQL; also?: SQL };

/**
 * Moves positions of participants, never past the last message, and tells of those that moved.
 *
 * Rows are locked in one order before they are moved, so that two instances that move the same
 * ones wait instead of deadlocking. The last message of a chat is at least as far as the one that
 * was read or taken, which was committed before. Where one side blocks the other, neither is told of
 * the other's.
 *
 * @param locked which rows of those asked for are locked; a lock writes to its row
 * @param also what else is done with those that `moved`
 */
function prepareMove({ set, behind, locked, also }: Move) {
  return prepare<{ known: number }>(sql`
    with asked as materialized (
      select "chatId" as chat_id, "userId" as user_id, max(seq) as seq
      from json_to_recordset(${sql.placeholder("wanted")}::text::json)
        as t("chatId" uuid, "userId" uuid, seq bigint)
      group by 1, 2
    ),
    w as materialized (
      select seat.chat_id, seat.user_id, seat.seq, seat.was_read, u.shares_reads
      from (select * from asked order by chat_id, user_id) a
      cross join lateral (
        select p.chat_id, p.user_id, p.read_seq as was_read, least(a.seq, c.last_seq) as seq
        from chat_participants p
        cross join lateral (select last_seq from chats where id = p.chat_id limit 1) c
        where p.chat_id = a.chat_id and p.user_id = a.user_id and p.left_at is null
          ${locked ? sql`and ${locked}` : sql``}
        for no key update of p
      ) seat
      cross join lateral (
        select shares_reads from users where id = seat.user_id limit 1
      ) u
    ),
    moved as (
      update chat_participants p set ${set}, moved_xid = pg_current_xact_id(),
        shown_xid = case when p.delivered_seq < w.seq and p.blocked_read_seq is null
          then pg_current_xact_id() else p.shown_xid end
      from w where p.chat_id = w.chat_id and p.user_id = w.user_id and ${behind}
      returning p.chat_id, p.user_id, p.read_seq, w.was_read, p.delivered_seq, w.shares_reads,
        p.blocked_read_seq is not null as is_held,
        p.shown_xid = pg_current_xact_id() as was_delivered
    ),
    told as materialized (${notifyItems(sql`
      select row_number() over () as place, json_build_object(
        'kind', 'position', 'chatId', moved.chat_id, 'userId', moved.user_id,
        'readSeq', read_seq, 'deliveredSeq', delivered_seq, 'sharesReads', shares_reads,
        'userIds', (select json_agg(p.user_id) from chat_participants p
          where p.chat_id = moved.chat_id and p.left_at is null
            and (p.user_id = moved.user_id or shares_reads or was_delivered)
            and (not is_held or p.user_id = moved.user_id or p.role = 'moderator'))
      )::text as item
      from moved`)}
    )
    select (select count(*) from w)::int as known, (select count(told) from told)
      ${also ? sql`, (select count(*) from (${also}) also)` : sql``}`);
}

const moveRead = prepareMove({
  set: sql`read_seq = w.seq, delivered_seq = greatest(p.delivered_seq, w.seq)`,
  behind: sql`p.read_seq < w.seq`,
  also: tellReadElsewhere(sql`moved`),
});

const moveDelivered = prepareMove({
  set: sql`delivered_seq = w.seq`,
  behind: sql`p.delivered_seq < w.seq`,
  // Streams take again what was there when they were opened.
  locked: sql`p.delivered_seq < least(a.seq, c.last_seq)`,
});

/**
 * Notes that the viewer has read up to a message: never backwards, never past the last one, in
 * this chat alone.
 *
 * @returns null when there is no such chat for this viewer
 */
export async function markRead(db: Db, viewer: Viewer, { chatId, seq }: Omit<Moved, "userId">) {
  const wanted = JSON.stringify([{ chatId, userId: viewer.id, seq }]);
  const [row] = await moveRead(db, { wanted });
  return row?.known ? { read: true } : null;
}

/** Notes that messages reached participants' devices: many at once, for a hub's streams. */
export async function markDelivered(db: Db, delivered: Moved[]): Promise<void> {
  if (delivered.length) await moveDelivered(db, { wanted: JSON.stringify(delivered) });
}

const selectWaiting = prepare<{ chat_id: string; seq: string }>(sql`
  select p.chat_id, c.last_seq as seq from chat_participants p join chats c on c.id = p.chat_id
  where p.user_id = ${sql.placeholder("userId")}::text::uuid and p.left_at is null
    and p.delivered_seq < c.last_seq`);

/** Notes that all messages so far reached the viewer, because he looks at his list. */
export async function markAllDelivered(db: Db, userId: string): Promise<void> {
  const waiting = await selectWaiting(db, { userId });
  await markDelivered(
    db,
    waiting.map(({ chat_id, seq }) => ({ chatId: chat_id, userId, seq: Number(seq) })),
  );
}

/**
 * Hides a chat in the viewer's list until its next message, or shows it again; null when there is
 * no such chat for him.
 */
export async function setArchived(db: Db, viewer: Viewer, chatId: string, archived: boolean) {
  // The time of the last message that he could know of: one that is on its way is later than it.
  const [row] = await db.execute(sql`
    update chat_participants p
    set archived_at = ${archived ? sql`c.last_message_at` : sql`null`}
    from chats c
    where c.id = p.chat_id and p.chat_id = ${chatId} and p.user_id = ${viewer.id}
      and p.left_at is null
    returning 1`);
  return row ? { archived } : null;
}
