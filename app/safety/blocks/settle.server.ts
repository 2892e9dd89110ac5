import { type SQL, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { anyOf } from "~/db/ids.server";
import { type Notification, notify, type Position } from "~/live/notify.server";
import { tellBlocked } from "~/notifications/push/changed.server";

/**
 * Brings all chats of two people to what `blocks` says of them, and tells everybody's streams. No
 * version moves, so that whoever is blocked sees nothing that he could not explain otherwise.
 *
 * @param tx has the lock of the pair
 */
export async function settleBlock(tx: Db, viewer: Viewer, personId: string): Promise<void> {
  const both = { one: viewer.id, other: personId };
  const chatIds = await lockChatsOf(tx, both);
  const [state] = await tx.execute<{ is_blocked: boolean }>(sql`
    with blockers as (
      select coalesce(array_agg(blocker_id order by blocker_id), '{}') as ids from blocks
      where (blocker_id = ${both.one} and blocked_id = ${both.other})
        or (blocker_id = ${both.other} and blocked_id = ${both.one})
    ),
    marked as (
      update chats set blocked_by = ids from blockers where id = ${anyOf(chatIds)}
    )
    select cardinality(ids) > 0 as is_blocked from blockers`);
  const moved = state?.is_blocked ? [] : await showPositions(tx, chatIds);
  if (state?.is_blocked) await holdPositions(tx, chatIds);
  if (state?.is_blocked) await tellBlocked(tx, viewer.id, chatIds);
  const told: Notification[] = [
    ...moved.map((position) => ({ kind: "position" as const, ...position })),
    { kind: "acquaintance", userIds: [both.one, both.other] },
    // His own pages say whom he blocks; nothing may come to the other's.
    { kind: "person-changed", userId: viewer.id },
  ];
  await notify(tx, told);
}

/** In one order, as whatever locks several chats; a send that is under way is through by then. */
async function lockChatsOf(tx: Db, { one, other }: { one: string; other: string }) {
  const chats = await tx.execute<{ id: string }>(sql`
    select c.id from chats c
    where c.dispute_id is null and c.id in (
      select mine.chat_id from chat_participants mine
      join chat_participants theirs on theirs.chat_id = mine.chat_id
        and theirs.user_id = ${other} and theirs.role <> 'moderator'
      where mine.user_id = ${one} and mine.role <> 'moderator')
    order by c.id for no key update`);
  const chatIds = chats.map(({ id }) => id);
  await tx.execute(sql`
    select from chat_participants p where ${isSideOf(chatIds)}
    order by p.chat_id, p.user_id for no key update`);
  return chatIds;
}

/** From now on each is shown to the other as far as he is now. */
async function holdPositions(tx: Db, chatIds: string[]): Promise<void> {
  await tx.execute(sql`
    update chat_participants p
    set blocked_read_seq = coalesce(blocked_read_seq, read_seq),
      blocked_delivered_seq = coalesce(blocked_delivered_seq, delivered_seq)
    where ${isSideOf(chatIds)}`);
}

/** Streams that are away now find them when they resume. */
async function showPositions(tx: Db, chatIds: string[]): Promise<Position[]> {
  const rows = await tx.execute<{ position: Position }>(sql`
    update chat_participants p
    set blocked_read_seq = null, blocked_delivered_seq = null, shown_xid = pg_current_xact_id()
    from users u where u.id = p.user_id and ${isSideOf(chatIds)}
    returning json_build_object('chatId', p.chat_id, 'userId', p.user_id,
      'readSeq', p.read_seq, 'deliveredSeq', p.delivered_seq, 'sharesReads', u.shares_reads,
      'userIds', (select json_agg(o.user_id) from chat_participants o
        where o.chat_id = p.chat_id and o.user_id <> p.user_id and o.left_at is null)
    ) as position`);
  return rows.map(({ position }) => position);
}

const isSideOf = (chatIds: string[]): SQL =>
  sql`p.chat_id = ${anyOf(chatIds)} and p.role <> 'moderator'`;
