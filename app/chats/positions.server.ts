import { type SQL, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { notify, type Position } from "~/live/notify.server";

type Moved = { chatId: string; userId: string; seq: number };

/**
 * Notes that the viewer has read up to a message: never backwards, never past the last one, in
 * this chat alone.
 *
 * @returns null when there is no such chat for this viewer
 */
export async function markRead(db: Db, viewer: Viewer, { chatId, seq }: Omit<Moved, "userId">) {
  return db.transaction(async (tx) => {
    const [mine] = await tx.execute(sql`
      select 1 from chat_participants where chat_id = ${chatId} and user_id = ${viewer.id}`);
    if (!mine) return null;
    await move(tx, [{ chatId, userId: viewer.id, seq }], {
      set: sql`read_seq = w.seq, delivered_seq = greatest(p.delivered_seq, w.seq)`,
      behind: sql`p.read_seq < w.seq`,
    });
    return { read: true };
  });
}

/** Notes that messages reached participants' devices: many at once, for a hub's streams. */
export async function markDelivered(db: Db, delivered: Moved[]): Promise<void> {
  if (!delivered.length) return;
  await db.transaction((tx) =>
    move(tx, delivered, { set: sql`delivered_seq = w.seq`, behind: sql`p.delivered_seq < w.seq` }),
  );
}

/** Notes that all messages so far reached the viewer, because he looks at his list. */
export async function markAllDelivered(db: Db, userId: string): Promise<void> {
  const waiting = await db.execute<{ chat_id: string; seq: string }>(sql`
    select p.chat_id, c.last_seq as seq from chat_participants p join chats c on c.id = p.chat_id
    where p.user_id = ${userId} and p.delivered_seq < c.last_seq`);
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
    returning 1`);
  return row ? { archived } : null;
}

async function move(tx: Db, wanted: Moved[], { set, behind }: { set: SQL; behind: SQL }) {
  const asked = sql`
    select "chatId" as chat_id, "userId" as user_id, max(seq) as seq
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
      as t("chatId" uuid, "userId" uuid, seq bigint)
    group by 1, 2`;
  if (wanted.length > 1) {
    // In one order, so that two instances that move the same rows wait instead of deadlocking; and
    // before the update, which would otherwise come back to a row as it was before the wait.
    await tx.execute(sql`
      select 1 from (${asked}) asked join chat_participants p using (chat_id, user_id)
      order by p.chat_id, p.user_id for no key update of p`);
  }
  const moved = await tx.execute<{ position: Position }>(sql`
    with w as (
      select asked.chat_id, asked.user_id, least(asked.seq, c.last_seq) as seq, u.shares_reads
      from (${asked}) asked join chats c on c.id = asked.chat_id join users u on u.id = asked.user_id
    ), moved as (
      update chat_participants p set ${set}, moved_xid = pg_current_xact_id(),
        shown_xid = case when p.delivered_seq < w.seq then pg_current_xact_id() else p.shown_xid end
      from w where p.chat_id = w.chat_id and p.user_id = w.user_id and ${behind}
      returning p.chat_id, p.user_id, p.read_seq, p.delivered_seq, w.shares_reads,
        p.shown_xid = pg_current_xact_id() as was_delivered
    )
    select jsonb_build_object(
      'chatId', moved.chat_id, 'userId', moved.user_id,
      'readSeq', moved.read_seq, 'deliveredSeq', moved.delivered_seq,
      'sharesReads', shares_reads,
      'userIds', (select jsonb_agg(user_id) from chat_participants p
        where p.chat_id = moved.chat_id
          and (p.user_id = moved.user_id or shares_reads or was_delivered))
    ) as position
    from moved`);
  await notify(
    tx,
    moved.map(({ position }) => ({ kind: "position" as const, ...position })),
  );
}
