import { type SQL, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { webhookTail } from "~/db/schema";
import type { Snapshot } from "~/live/snapshot";
import { followTail, isUnseen } from "~/live/tail.server";

/**
 * Looks through what was committed since the last time, for what endpoints are to be told: the rows of
 * messages, chats and sanctions are their own outbox, so that a send pays nothing for it.
 *
 * @param pool not a transaction
 * @returns how many deliveries wait more than before; null where there was nothing to look at, or
 * another was at it
 */
export async function followChanges(pool: Db): Promise<number | null> {
  // While no endpoint is told of anything, nobody looks: the first one says from where.
  if (!(await hasEndpoint(pool))) return null;
  const found = await followTail(pool, webhookTail, {
    hasNew,
    look: async (tx, since) => {
      const [found] = await tx.execute<{ snapshot: string; deliveries: number }>(tellSql(since));
      if (!found) throw new Error("A query without FROM gave no row");
      return found;
    },
  });
  return found?.deliveries ?? null;
}

async function hasEndpoint(pool: Db): Promise<boolean> {
  const [row] = await pool.execute<{ has: boolean }>(
    sql`select exists (select from webhook_endpoints where disabled_at is null) as has`,
  );
  return row?.has ?? false;
}

async function hasNew(pool: Db, since: Snapshot): Promise<boolean> {
  const [row] = await pool.execute<{ has: boolean }>(sql`
    select exists (select from chat_messages where ${isUnseen(sql`changed_xid`, since)})
      or exists (select from chats where ${isUnseen(sql`changed_xid`, since)})
      or exists (select from sanctions where ${isUnseen(sql`created_xid`, since)})
      or exists (select from sanctions where ${isUnseen(sql`lifted_xid`, since)}) as has`);
  return row?.has ?? false;
}

/**
 * One statement, so that what it looks through is what its snapshot says. A private thread with
 * moderators is nobody's business but theirs and the one side's. What a chat went through is told in
 * the order of its versions: of two changes of one message in between the later one alone is.
 */
const tellSql = (since: Snapshot) => sql`
  with changed as materialized (
    select m.id, m.chat_id, m.seq, m.created_version, m.version, m.created_xid, m.changed_xid,
      m.created_at, m.event ->> 'kind' as kind,
      ${isUnseen(sql`m.created_xid`, since)} as is_new
    from chat_messages m join chats c on c.id = m.chat_id and c.dispute_id is null
    where ${isUnseen(sql`m.changed_xid`, since)}
  ),
  came as (
    select 'message.created' as type, chat_id, null::uuid as user_id, id as subject_id,
      created_version as version, 1 as rank, created_at as at, created_xid as xid
    from changed where is_new
    union all
    select 'message.updated', chat_id, null, id, version, 1, now(), changed_xid
    from changed where version > created_version
    union all
    select 'chat.created', c.id, null, c.id, 1, 0, c.created_at, c.created_xid
    from chats c
    where c.dispute_id is null
      and ${isUnseen(sql`c.changed_xid`, since)} and ${isUnseen(sql`c.created_xid`, since)}
    union all
    select 'chat.closed', chat_id, null, chat_id, created_version, 2, created_at, created_xid
    from changed where is_new and kind = 'chat_closed'
    union all
    select case when kind in ('dispute_opened', 'dispute_appealed') then 'dispute.opened'
        else 'dispute.resolved' end,
      chat_id, null, dispute.id, created_version, 2, created_at, created_xid
    from changed ${itsDispute}
    where is_new
      and kind in ('dispute_opened', 'dispute_appealed', 'dispute_decided', 'dispute_withdrawn')
    union all
    select 'user.sanctioned', null, s.user_id, s.id, null, 1, s.created_at, s.created_xid
    from sanctions s where ${isUnseen(sql`s.created_xid`, since)}
    union all
    select 'user.sanction_lifted', null, s.user_id, s.id, null, 2, s.lifted_at, s.lifted_xid
    from sanctions s where ${isUnseen(sql`s.lifted_xid`, since)}
  ),
  events as materialized (
    select gen_random_uuid() as id, came.*, coalesce(chat_id, user_id) as order_key from came
  ),
  wanted as materialized (
    select e.id as endpoint_id, events.*
    from events join webhook_endpoints e on e.disabled_at is null
      and events.type = any (e.event_types)
      and not pg_visible_in_snapshot(events.xid, e.since::pg_snapshot)
  ),
  told as (
    insert into webhook_messages (id, type, chat_id, user_id, subject_id, version, happened_at)
    select distinct on (id) id, type, chat_id, user_id, subject_id, version, at from wanted
  ),
  deliveries as (
    insert into webhook_deliveries (endpoint_id, message_id, order_key)
    select endpoint_id, id, order_key from wanted order by order_key, version, rank, at
    returning endpoint_id, order_key, position
  ),
  lanes as (
    insert into webhook_lanes as l (endpoint_id, order_key, last_position)
    select endpoint_id, order_key, max(position) from deliveries
    group by endpoint_id, order_key order by endpoint_id, order_key
    on conflict (endpoint_id, order_key) do update
      set last_position = greatest(l.last_position, excluded.last_position)
  )
  select pg_current_snapshot()::text as snapshot,
    (select count(*)::int from deliveries) as deliveries`;

/** There is one at a time, and it began before the chat says so. */
const itsDispute: SQL = sql`
  cross join lateral (
    select d.id from disputes d
    where d.chat_id = changed.chat_id and d.opened_at <= changed.created_at
    order by d.opened_at desc, d.id desc limit 1) dispute`;
