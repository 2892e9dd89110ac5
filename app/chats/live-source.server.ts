import { sql } from "drizzle-orm";
import { endedSessions } from "~/accounts/sessions.server";
import type { Db } from "~/db/client.server";
import { nameDeployment, readEpoch } from "~/db/deployment.server";
import { eachOf, idList } from "~/db/ids.server";
import { prepare } from "~/db/prepared.server";
import type { LiveSource } from "~/live/live.server";
import { notify, type Position } from "~/live/notify.server";
import { formatSnapshot, parseSnapshot, type Snapshot } from "~/live/snapshot";
import { carriedChange } from "./carried.server";
import { listChanged, readChanges } from "./changes.server";
import { onCommitted } from "./committed.server";
import { listPeers, readPositions, readSharing } from "./peers.server";
import { markAllDelivered, markDelivered } from "./positions.server";

/** Missed messages that a stream still sends; after more than that a reload is cheaper. */
const mostMissed = 1_000;

/** What the live streams of a process carry: the chats of `db`, to whoever is signed in there. */
export function chatsAsLiveSource(db: Db): LiveSource {
  let epoch: Promise<string> | null = null;

  function keptEpoch(): Promise<string> {
    const reading = epoch ?? readEpoch(db);
    epoch = reading;
    reading.catch(() => {
      if (epoch === reading) epoch = null;
    });
    return reading;
  }

  async function isRestored(): Promise<boolean> {
    const before = await keptEpoch();
    await nameDeployment(db);
    epoch = null;
    return (await keptEpoch()) !== before;
  }

  return {
    epoch: keptEpoch,
    isRestored,
    committed: (listener) => onCommitted(db, listener),
    now: () => readSnapshot(db),
    changed: (since) => listChanged(db, since),
    carried: carriedChange,
    changesOf: (since, chats) => readChanges(db, since, { chats }),
    missed: (since, userId) => readChanges(db, since, { userId }, mostMissed),
    moved: (since, userIds) => readMoved(db, since, userIds),
    delivered: (messages) => markDelivered(db, messages),
    arrived: (userId) => markAllDelivered(db, userId),
    sharing: (userIds) => readSharing(db, userIds),
    positionsOf: (userId) => readPositions(db, userId),
    peers: (userIds) => listPeers(db, userIds),
    tell: (notifications) => notify(db, notifications),
    endedSessions: (sessionIds) => endedSessions(db, sessionIds),
  };
}

const currentSnapshot = prepare<{ snapshot: string }>(
  sql`select pg_current_snapshot()::text as snapshot`,
);

/** Which transactions are committed now: what is read after this is at least as new. */
export async function readSnapshot(db: Db): Promise<Snapshot> {
  const [row] = await currentSnapshot(db, {});
  if (!row) throw new Error("A query without FROM gave no row");
  return parseSnapshot(row.snapshot);
}

/** Of a participant `p` whom `me` looks at: he stands for him where he stood when a block began. */
const isHeld = sql`(p.blocked_read_seq is not null and me.user_id <> p.user_id and me.role <> 'moderator')`;

/** Of a participant `p` whom `me` looks at: reading alone does not move who keeps it to himself. */
const movedXid = sql`case
  when p.user_id = me.user_id then p.moved_xid
  when ${isHeld} then p.shown_xid
  when mover.shares_reads then greatest(p.moved_xid, p.shown_xid)
  else p.shown_xid end`;

const selectMoved = prepare<{ position: Position }>(sql`
  select jsonb_build_object('chatId', p.chat_id, 'userId', p.user_id,
    'readSeq', case when ${isHeld} then p.blocked_read_seq else p.read_seq end,
    'deliveredSeq', case when ${isHeld} then p.blocked_delivered_seq else p.delivered_seq end,
    'sharesReads', mover.shares_reads,
    'userIds', jsonb_build_array(me.user_id)) as position
  from ${eachOf(sql`${sql.placeholder("userIds")}`, "asked")}
  join chat_participants me on me.user_id = asked.id and me.left_at is null
  join chat_participants p on p.chat_id = me.chat_id and p.left_at is null
  join users mover on mover.id = p.user_id
  where not pg_visible_in_snapshot(${movedXid}, ${sql.placeholder("since")}::text::pg_snapshot)`);

/** Positions in the users' chats that moved since a snapshot, for each user who sees them. */
async function readMoved(db: Db, since: Snapshot, userIds: string[]): Promise<Position[]> {
  const asked = { since: formatSnapshot(since), userIds: idList(userIds) };
  return (await selectMoved(db, asked)).map(({ position }) => position);
}
