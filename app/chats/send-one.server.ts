import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import { once, tellOne } from "~/live/notify.server";
import { carriedText } from "./carried.server";
import {
  type Asked,
  lockWaitMs,
  type SentChange,
  type Stored,
  toSentChange,
} from "./sent-change.server";

const placeholder = {
  id: sql`${sql.placeholder("id")}::uuid`,
  chatId: sql`${sql.placeholder("chatId")}::uuid`,
  senderId: sql`${sql.placeholder("senderId")}::uuid`,
  sessionId: sql`${sql.placeholder("sessionId")}::text`,
  clientId: sql`${sql.placeholder("clientId")}::uuid`,
  body: sql`${sql.placeholder("body")}::text`,
  replyTo: sql`${sql.placeholder("replyTo")}::bigint`,
};

/**
 * What `storeBatch` does, for a message that nobody shares a batch with: the same rules in a plan of
 * a third of the nodes, because starting that of the batch costs more than storing one message.
 *
 * The update of the chat is its lock: PostgreSQL follows a row that was changed meanwhile and looks
 * at the conditions again, so that status, counters and `state_version` count as they are now.
 */
const storePlain = prepare<Stored>(sql`
  with seat as materialized (
    select seats.role, u.name, u.shares_reads, c.state_version, seats.others
    from (
      select max(p.role) filter (where p.user_id = ${placeholder.senderId}) as role,
        coalesce(string_agg(',"' || p.user_id || '"', '' order by p.user_id)
          filter (where p.user_id <> ${placeholder.senderId}), '') as others
      from chat_participants p
      where p.chat_id = ${placeholder.chatId} and p.left_at is null) seats
    cross join lateral (
      select name, shares_reads from users
      where id = ${placeholder.senderId}
        and (watched_until is null or watched_until <= now()) limit 1) u
    cross join lateral (
      select state_version from chats where id = ${placeholder.chatId} limit 1) c
    where seats.role is not null
      and (${placeholder.sessionId} is null or (
        select s.user_id from sessions s where s.id = ${placeholder.sessionId}
          and s.expires_at > now()) = ${placeholder.senderId})
      and not exists (
        select from chat_messages m where m.chat_id = ${placeholder.chatId}
          and m.sender_id = ${placeholder.senderId} and m.client_id = ${placeholder.clientId})
      and set_config('lock_timeout', ${sql.raw(`'${lockWaitMs}'`)}, true) is not null
  ),
  ticked as (
    update chats c
    set version = c.version + 1, last_seq = c.last_seq + 1,
      last_message_at =
        greatest(clock_timestamp(), c.last_message_at + interval '1 ms')::timestamptz(3)
    from seat
    where c.id = ${placeholder.chatId} and c.status = 'open' and c.blocked_by = '{}'
      and c.state_version = seat.state_version
      and coalesce(${placeholder.replyTo}, 0) <= c.last_seq
    returning c.version, c.last_seq as seq, c.last_message_at as created_at, seat.role, seat.name,
      seat.shares_reads, seat.others
  ),
  stored as (
    insert into chat_messages (id, chat_id, seq, created_version, version, sender_id, client_id,
      body, reply_to, created_at)
    select ${placeholder.id}, ${placeholder.chatId}, seq, version, version,
      ${placeholder.senderId}, ${placeholder.clientId}, ${placeholder.body},
      ${placeholder.replyTo}, created_at
    from ticked
  ),
  moved as (
    update chat_participants p
    set read_seq = t.seq, delivered_seq = t.seq, moved_xid = pg_current_xact_id()
    from ticked t
    where p.chat_id = ${placeholder.chatId} and p.user_id = ${placeholder.senderId}
  )
  select pg_current_xact_id()::text as xid, seq::float8, version::float8,
    extract(epoch from created_at)::float8 * 1000 as "createdAt", role, name,
    shares_reads as "sharesReads", ('["' || from_id || '"' || others || ']')::json as "userIds",
    ${tellOne} as told
  from (
    select *, ${carriedText} as carried
    from (
      select ticked.*, ${placeholder.id} as id, ${placeholder.chatId} as chat_id,
        ${placeholder.senderId} as from_id, ${placeholder.clientId} as client_id,
        ${placeholder.body} as body, ${placeholder.replyTo} as reply_to
      from ticked) message
    ${once}) sent`);

/**
 * @returns undefined when it was not stored and is for `sendAlone`
 * @throws when nothing was stored, or when the connection broke and nobody knows
 */
export async function storeOne(pool: Db, asked: Asked): Promise<SentChange | undefined> {
  const { id, viewer, draft } = asked;
  const [row] = await storePlain(pool, {
    id,
    chatId: draft.chatId,
    senderId: viewer.id,
    sessionId: viewer.sessionId || null,
    clientId: draft.clientId,
    body: draft.body,
    replyTo: draft.replyTo ?? null,
  });
  return row && toSentChange(asked, row);
}
