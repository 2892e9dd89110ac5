import { type SQL, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import type { Hold } from "./hold";

/**
 * Any number that nothing else in this database uses for an advisory lock. Steps of retention share
 * it, and who places a hold on a person has it alone: see `takeHolds`.
 */
const HOLDS_LOCK = 706_172_008;

/** An admin's hold that has neither ended nor been lifted. */
export const isInForce = (hold: SQL, now: Date | SQL) =>
  sql`${hold}.lifted_at is null and coalesce(${hold}.ends_at > ${at(now)}, true)`;

const at = (now: Date | SQL) =>
  now instanceof Date ? sql`${now.toISOString()}::timestamptz` : now;

/** A chat with the private threads of its disputes: they are kept, archived and deleted together. */
const unitOf = (chatId: SQL) => sql`
  select ${chatId} as id
  union all select t.id from disputes d join chats t on t.dispute_id = d.id
    where d.chat_id = ${chatId}`;

/** All that holds one chat, a row each as `Hold` has it. */
const holdsOf = (chatId: SQL, now: Date | SQL) => sql`
  select case when d.appeal_of is null then 'dispute' else 'appeal' end as kind, d.id,
    d.chat_id, null::uuid as user_id, null::timestamptz as until, null::text as reason
    from disputes d where d.chat_id = ${chatId} and d.status <> 'resolved'
  union all
  select 'decision', d.id, d.chat_id, null, d.appeal_until, null
    from disputes d where d.chat_id = ${chatId} and d.appeal_until > ${at(now)}
      and not exists (select from disputes a where a.appeal_of = d.id)
  union all
  select case when f.appeal_of is null then 'flag' else 'appeal' end, f.id, f.chat_id, null, null, null
    from flags f where f.chat_id in (${unitOf(chatId)}) and f.status <> 'resolved'
  union all
  select 'appeal', s.id, ${chatId}, null, null, null
    from sanctions s left join disputes d on d.id = s.dispute_id left join flags f on f.id = s.flag_id
    where ${isAppealed} and (d.chat_id = ${chatId} or f.chat_id in (${unitOf(chatId)}))
  union all
  select 'legal', l.id, l.chat_id, null, l.ends_at, l.reason
    from legal_holds l where l.chat_id in (${unitOf(chatId)}) and ${isInForce(sql`l`, now)}
  union all
  select 'legal', l.id, null, l.user_id, l.ends_at, l.reason
    from chat_participants p join legal_holds l on l.user_id = p.user_id
    where p.chat_id = ${chatId} and p.role <> 'moderator' and ${isInForce(sql`l`, now)}`;

/** A sanction's appeal that nobody has decided. */
const isAppealed = sql`s.appealed_at is not null and s.appeal_decided_at is null
  and s.lifted_at is null`;

/** Chats in which somebody buys or sells. A moderator's seat holds nothing of his. */
const sidesOf = (userId: SQL) =>
  sql`select p.chat_id from chat_participants p where p.user_id = ${userId} and p.role <> 'moderator'`;

const holdsOfOne = (userId: SQL, now: Date) => sql`
  select h.* from (${sidesOf(userId)}) mine cross join lateral (${holdsOf(sql`mine.chat_id`, now)}) h
  union
  select 'appeal', s.id, null, null, null, null
    from sanctions s where s.user_id = ${userId} and ${isAppealed}
      and s.dispute_id is null and s.flag_id is null
  union
  select 'legal', l.id, null, l.user_id, l.ends_at, l.reason
    from legal_holds l where l.user_id = ${userId} and ${isInForce(sql`l`, now)}`;

/**
 * Whether anything keeps a chat from being closed by itself, archived, deleted or erased from, for
 * statements about many.
 *
 * @param chatId of a chat that is no private thread
 */
export const heldChat = (chatId: SQL, now: Date): SQL => sql`exists (
  select from (select ${chatId} as id) asked cross join lateral (${holdsOf(sql`asked.id`, now)}) h)`;

/** The same of a person: his own, and those of the chats in which he buys or sells. */
export const heldPerson = (userId: SQL, now: Date): SQL => sql`exists (${holdsOfOne(userId, now)})`;

type HoldRow = {
  kind: Hold["kind"];
  id: string;
  chat_id: string | null;
  user_id: string | null;
  until: string | null;
  reason: string | null;
};

const rowsOf = (holds: SQL) => sql`
  select kind, id, chat_id, user_id, to_json(until) #>> '{}' as until, reason
  from (${holds}) h order by kind, until nulls first, id`;

const toHold = ({ chat_id: chatId, user_id: userId, until, ...hold }: HoldRow): Hold => ({
  ...hold,
  chatId,
  userId,
  until: until && new Date(until).toISOString(),
});

const asked = sql`${sql.placeholder("chatId")}::uuid`;

/** Each step of each chat asks it: planning it takes many times longer than what it then does. */
const selectHolds = prepare<HoldRow>(
  rowsOf(sql`
    select h.* from (
      select coalesce((select d.chat_id from chats t join disputes d on d.id = t.dispute_id
        where t.id = ${asked}), ${asked}) as id
    ) c
    cross join lateral (${holdsOf(sql`c.id`, sql`${sql.placeholder("now")}::text::timestamptz`)}) h`),
);

/**
 * What keeps a chat as it is, and with it its private threads.
 *
 * @param chatId of either: a thread is held with the chat of its case
 */
export async function holdsOfChat(db: Db, chatId: string, now: Date): Promise<Hold[]> {
  return (await selectHolds(db, { chatId, now: now.toISOString() })).map(toHold);
}

/** What keeps an account and what its person said from being erased. */
export async function holdsOfPerson(db: Db, userId: string, now: Date): Promise<Hold[]> {
  const rows = await db.execute<HoldRow>(
    rowsOf(sql`select h.* from (select ${userId}::uuid as id) u
    cross join lateral (${holdsOfOne(sql`u.id`, now)}) h`),
  );
  return rows.map(toHold);
}

/**
 * What holds a chat that is locked (`lockAnyChat`): nothing else can come to hold it before the
 * commit. Each step that cannot be undone asks here, in the transaction that makes it, whatever was
 * found when it was planned.
 */
export async function holdsOfLockedChat(tx: Db, chatId: string, now: Date): Promise<Hold[]> {
  await shareHolds(tx);
  return holdsOfChat(tx, chatId, now);
}

/** The same of a person: nobody places a hold on him before the commit. */
export async function holdsOfLockedPerson(tx: Db, userId: string, now: Date): Promise<Hold[]> {
  await shareHolds(tx);
  return holdsOfPerson(tx, userId, now);
}

const shareHolds = (tx: Db) => tx.execute(sql`select pg_advisory_xact_lock_shared(${HOLDS_LOCK})`);

/**
 * Waits for steps that asked what holds before: a hold on a person locks none of his chats, which
 * may be many. Comes after the locks of chats and before those of people.
 */
export async function takeHolds(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${HOLDS_LOCK})`);
}

/** Chats that anything may hold, and no others that are held: what holds them is asked of each. */
export const mayBeHeld = (now: Date): SQL => sql`
  select d.chat_id as id from disputes d
    where d.status <> 'resolved' or d.appeal_until > ${at(now)}
  union select coalesce(d.chat_id, f.chat_id)
    from flags f join chats c on c.id = f.chat_id left join disputes d on d.id = c.dispute_id
    where f.status <> 'resolved'
  union select coalesce(d.chat_id, of_flag.chat_id, f.chat_id)
    from sanctions s left join flags f on f.id = s.flag_id left join chats c on c.id = f.chat_id
    left join disputes of_flag on of_flag.id = c.dispute_id left join disputes d on d.id = s.dispute_id
    where ${isAppealed} and num_nonnulls(s.dispute_id, s.flag_id) > 0
  union select l.chat_id from legal_holds l where l.chat_id is not null and ${isInForce(sql`l`, now)}
  union select p.chat_id from legal_holds l join chat_participants p on p.user_id = l.user_id
    where p.role <> 'moderator' and ${isInForce(sql`l`, now)}`;

/** Chats of which `isWanted` holds, said of the chat `c`, that something holds: the oldest first. */
export async function listHeldChats(
  db: Db,
  { now, isWanted, from, most }: { now: Date; isWanted: SQL; from: SQL; most: number },
): Promise<{ chatId: string; title: string; holds: Hold[] }[]> {
  const rows = await db.execute<{ id: string; title: string }>(sql`
    select c.id, s.title from (${mayBeHeld(now)}) may join chats c on c.id = may.id
    join subjects s on s.id = c.subject_id ${from}
    where c.dispute_id is null and ${isWanted} and ${heldChat(sql`c.id`, now)}
    order by c.id limit ${most}`);
  const held = [];
  for (const { id, title } of rows) {
    held.push({ chatId: id, title, holds: await holdsOfChat(db, id, now) });
  }
  return held;
}
