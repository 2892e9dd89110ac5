import { type SQL, sql } from "drizzle-orm";
import { isOfHost } from "~/chats/told.server";
import type { Db } from "~/db/client.server";
import { messageTail } from "~/db/schema";
import { jobSpec } from "~/jobs/add-job.server";
import type { Snapshot } from "~/live/snapshot";
import { followTail, isUnseen } from "~/live/tail.server";
import { betweenMs, firstMs } from "./mail/digest-plan";

/** For a page that shows the chat, to say that it was read: then no push is made. */
const pushAfter = sql`interval '3 seconds'`;
const digestAfter = sql`${firstMs} * interval '1 millisecond'`;
const digestsApart = sql`${betweenMs} * interval '1 millisecond'`;

/**
 * Looks through the messages that came since the last time, for whom to tell outside of the pages:
 * who did not read them yet, is not muted there nor shut out, and has a device that takes pushes or
 * gets mails. The jobs decide when their time comes; here it is only about having none for nothing.
 *
 * Each message is looked at once, and where nobody has looked yet old messages ring no bell.
 *
 * @param pool not a transaction
 * @returns how many jobs it added; null where there was nothing to look at, or another was at it
 */
export async function followMessages(pool: Db, now = new Date()): Promise<number | null> {
  const found = await followTail(pool, messageTail, {
    hasNew,
    look: async (tx, since) => {
      const [found] = await tx.execute<{ snapshot: string; jobs: number }>(tellSql(since, now));
      if (!found) throw new Error("A query without FROM gave no row");
      return found;
    },
  });
  return found?.jobs ?? null;
}

const isNew = (since: Snapshot) =>
  sql`${isUnseen(sql`m.changed_xid`, since)} and ${isUnseen(sql`m.created_xid`, since)}`;

async function hasNew(pool: Db, since: Snapshot): Promise<boolean> {
  const [row] = await pool.execute<{ has: boolean }>(
    sql`select exists (select from chat_messages m where ${isNew(since)}) as has`,
  );
  return row?.has ?? false;
}

/**
 * What came to a muted chat
 * counts as mailed: no later mail is about it, but of what comes then.
 */
const tellSql = (since: Snapshot, now: Date) => sql`
  with came as materialized (
    select m.chat_id, m.sender_id, max(m.seq) as seq, min(m.created_at) as first_at
    from chat_messages m
    where ${isNew(since)} and (m.sender_id is not null or ${isOfHost}) and m.deleted_at is null
    group by m.chat_id, m.sender_id
  ),
  muted as (
    insert into unread_notices as n (chat_id, user_id, mailed_seq)
    select p.chat_id, p.user_id, max(came.seq)
    from came
    join chat_participants p on p.chat_id = came.chat_id and p.user_id is distinct from came.sender_id
      and p.read_seq < came.seq and p.left_at is null and p.muted_until > ${now.toISOString()}::timestamptz
    group by p.chat_id, p.user_id
    order by p.chat_id, p.user_id
    on conflict (chat_id, user_id)
      do update set mailed_seq = greatest(n.mailed_seq, excluded.mailed_seq)
  ),
  unread as materialized (
    select p.user_id, p.chat_id, min(came.first_at) as first_at,
      greatest(min(came.first_at) + ${digestAfter},
        case when max(n.mailed_seq) > max(p.read_seq) then max(n.mailed_at) + ${digestsApart} end)
        as mail_at,
      max(came.seq) > greatest(max(n.viewed_seq), max(n.pushed_seq), 0) as is_for_push,
      max(came.seq) > greatest(max(n.mailed_seq), 0) as is_for_mail
    from came
    join chats c on c.id = came.chat_id and c.blocked_by = '{}'
    join chat_participants p on p.chat_id = came.chat_id and p.user_id is distinct from came.sender_id
      and p.read_seq < came.seq and p.left_at is null
      and (p.muted_until is null or p.muted_until <= ${now.toISOString()}::timestamptz)
    left join unread_notices n on n.chat_id = p.chat_id and n.user_id = p.user_id
    group by p.user_id, p.chat_id
  ),
  digests as (
    insert into unread_digests as d (user_id, due_at)
    select u.user_id, min(u.mail_at) from unread u
    left join notification_choices o on o.user_id = u.user_id
    where u.is_for_mail and coalesce((o.by_kind #>> '{message,mail}')::boolean, true)
    group by u.user_id
    on conflict (user_id) do update set due_at = least(d.due_at, excluded.due_at)
    where d.due_at > excluded.due_at or not ${hasJob(sql`d.user_id`)}
    returning user_id, due_at
  ),
  pushes as (
    select ${jobSpec("push-messages", {
      payload: sql`json_build_object('userId', u.user_id, 'chatId', u.chat_id)`,
      key: sql`'push:' || u.user_id || ':' || u.chat_id`,
      runAt: sql`u.first_at + ${pushAfter}`,
    })} as spec
    from unread u
    where u.is_for_push and exists (
      select from push_subscriptions s where s.user_id = u.user_id)
  ),
  mails as (
    select ${jobSpec("mail-digest", {
      payload: sql`json_build_object('userId', d.user_id)`,
      key: digestKey(sql`d.user_id`),
      runAt: sql`d.due_at`,
    })} as spec
    from digests d
  )
  select pg_current_snapshot()::text as snapshot,
    ${added(sql`pushes`, { keepsTime: true })} + ${added(sql`mails`, { keepsTime: false })} as jobs`;

/**
 * Whether anybody comes back to a digest: not to one that was killed in its last attempt, or forgotten by
 * an admin. It goes on under its old name, so that what was mailed of it is not mailed again.
 */
const hasJob = (userId: SQL) => sql`exists (
  select from graphile_worker.jobs j where j.key = ${digestKey(userId)}
    and (j.locked_at is not null or j.attempts < j.max_attempts))`;

const digestKey = (userId: SQL) => sql`'digest:' || ${userId}`;

/** @param keepsTime one that waits stays due when it was: a chat that goes on does not put it off */
const added = (specs: SQL, { keepsTime }: { keepsTime: boolean }) => sql`(
  select count(added.*)::int
  from (select array_agg(spec) as all_of_them from ${specs} having count(*) > 0) found
  cross join lateral graphile_worker.add_jobs(found.all_of_them, ${keepsTime}) added)`;
