import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { anyOf, idList } from "~/db/ids.server";
import { prepare } from "~/db/prepared.server";
import type { Position } from "~/live/notify.server";
import type { Sharing } from "~/live/privacy.server";
import { isBlockBetween } from "~/safety/blocks/between.server";

const anyUser = anyOf(sql`${sql.placeholder("userIds")}`);

const selectSharing = prepare<{ sharing: Sharing }>(sql`
  select jsonb_build_object(
    'userId', id, 'reads', shares_reads, 'presence', shares_presence) as sharing
  from users where id = ${anyUser}`);

/** What each user lets others see. */
export async function readSharing(db: Db, userIds: string[]): Promise<Sharing[]> {
  const rows = await selectSharing(db, { userIds: idList(userIds) });
  return rows.map(({ sharing }) => sharing);
}

const selectPeers = prepare<{ user_id: string; peer_id: string }>(sql`
  select distinct p.user_id, peer.user_id as peer_id
  from chat_participants p
  join chat_participants peer on peer.chat_id = p.chat_id and peer.user_id <> p.user_id
    and peer.left_at is null
  where p.left_at is null and p.user_id = ${anyUser}
    and (p.role = 'moderator' or peer.role = 'moderator'
      or not ${isBlockBetween(sql`p.user_id`, sql`peer.user_id`)})`);

/** Everybody whom the users share a chat with, but not whom they block or who blocks them. */
export async function listPeers(db: Db, userIds: string[]) {
  const rows = await selectPeers(db, { userIds: idList(userIds) });
  return rows.map((row) => ({ userId: row.user_id, peerId: row.peer_id }));
}

const selectPositions = prepare<{ position: Position }>(sql`
  select jsonb_build_object('chatId', p.chat_id, 'userId', p.user_id,
    'readSeq', coalesce(p.blocked_read_seq, p.read_seq),
    'deliveredSeq', coalesce(p.blocked_delivered_seq, p.delivered_seq),
    'sharesReads', u.shares_reads,
    'userIds', (select coalesce(jsonb_agg(peer.user_id), '[]') from chat_participants peer
      where peer.chat_id = p.chat_id and peer.user_id <> p.user_id
        and peer.left_at is null)) as position
  from chat_participants p join users u on u.id = p.user_id
  where p.user_id = ${sql.placeholder("userId")}::text::uuid and p.left_at is null`);

/** How far a user is in each of his chats, for the others there. */
export async function readPositions(db: Db, userId: string): Promise<Position[]> {
  return (await selectPositions(db, { userId })).map(({ position }) => position);
}
