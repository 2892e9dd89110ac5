import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import { notifySent } from "~/live/notify.server";
import { carriedText } from "./carried.server";
import {
  type Asked,
  lockWaitMs,
  type SentChange,
  type Stored,
  toSentChange,
} from "./sent-change.server";

/**
 * Stores messages of any number of chats in one statement, so that no lock is held while this
 * process is asked anything: one commit, one notification, one answer.
 *
 * It takes the plain case alone and leaves out everything else, for `sendAlone` to judge: repeats,
 * refusals, strangers, ended sessions, chats in which one side shuts the other out, senders whose
 * messages are all judged in full, and a chat whose state changed while the statement waited for
 * it. The statement sees the database as it was when it began, and only the rows that it locks as
 * they are now. Which is enough, because what it takes from elsewhere either shows in a locked
 * row (`state_version` counts each change of status and participants) or is guarded by a
 * constraint (client ids), which then fails the whole statement.
 *
 * Locks are taken chat by chat in the order of ids, and the sender's seat after its chat. Each
 * `lateral` is planned for one row, so that no guess about their number makes it read a whole
 * table, and keeps the order of what it is joined to.
 */
const storePlain = prepare<{ stored: StoredOfBatch[] | null }>(sql`
  with drafts as materialized (
    select * from json_to_recordset(${sql.placeholder("drafts")}::text::json) as t(
      place int, id uuid, chat_id uuid, sender_id uuid, session_id text, client_id uuid,
      body text, reply_to bigint)
    where (select set_config('lock_timeout', ${sql.raw(`'${lockWaitMs}'`)}, true)) is not null
  ),
  plain as materialized (
    select d.*, state.version as state_version_before, seats.others
    from drafts d
    cross join lateral (
      select c.state_version as version from chats c where c.id = d.chat_id limit 1
    ) state
    cross join lateral (
      select bool_or(p.user_id = d.sender_id) as has_sender,
        coalesce(string_agg(',"' || p.user_id || '"', '' order by p.user_id)
          filter (where p.user_id <> d.sender_id), '') as others
      from chat_participants p where p.chat_id = d.chat_id and p.left_at is null
    ) seats
    where seats.has_sender and (select m.id from chat_messages m where m.chat_id = d.chat_id
        and m.sender_id = d.sender_id and m.client_id = d.client_id) is null
      and (d.session_id is null or (select s.user_id from sessions s
        where s.id = d.session_id and s.expires_at > now()) = d.sender_id)
  ),
  locked as materialized (
    select d.*, chat.*, seat.role, clock_timestamp() as now
    from (select * from plain order by chat_id, sender_id, place) d
    cross join lateral (
      select c.id as locked_id, c.status, c.blocked_by, c.state_version, c.version, c.last_seq,
        c.last_message_at
      from chats c where c.id = d.chat_id for no key update
    ) chat
    cross join lateral (
      select p.role from chat_participants p
      where p.chat_id = chat.locked_id and p.user_id = d.sender_id for no key update
    ) seat
  ),
  numbered as materialized (
    select d.place, d.id, d.chat_id, d.sender_id, d.client_id, d.body, d.reply_to, d.role,
      d.version + row_number() over in_chat as version,
      d.last_seq + row_number() over in_chat as seq,
      first_value(greatest(d.now, d.last_message_at + interval '1 ms')::timestamptz(3))
        over in_chat as created_at,
      sender.name, sender.shares_reads, d.others
    from locked d
    cross join lateral (
      select u.name, u.shares_reads from users u
      where u.id = d.sender_id and (u.watched_until is null or u.watched_until <= now()) limit 1
    ) sender
    where d.status = 'open' and d.blocked_by = '{}' and d.state_version = d.state_version_before
      and coalesce(d.reply_to, 0) <= d.last_seq
    window in_chat as (partition by d.chat_id order by d.place)
  ),
  ticked as (
    update chats c
    set version = n.version, last_seq = n.seq, last_message_at = n.created_at
    from (
      select chat_id, max(version) as version, max(seq) as seq, max(created_at) as created_at
      from numbered group by chat_id
    ) n
    where c.id = n.chat_id
  ),
  stored as (
    insert into chat_messages (id, chat_id, seq, created_version, version, sender_id, client_id,
      body, reply_to, created_at)
    select id, chat_id, seq, version, version, sender_id, client_id, body, reply_to, created_at
    from numbered
  ),
  last_of_sender as (
    select distinct on (chat_id, sender_id) * from numbered order by chat_id, sender_id, seq desc
  ),
  moved as (
    update chat_participants p
    set read_seq = n.seq, delivered_seq = n.seq, moved_xid = pg_current_xact_id()
    from last_of_sender n
    where p.chat_id = n.chat_id and p.user_id = n.sender_id
  ),
  told as materialized (${notifySent(sql`
    select place, chat_id, version, seq, shares_reads, sender_id as from_id, others,
      ${carriedText} as carried
    from numbered`)}
  )
  select
    (select json_agg(json_build_object(
        'place', place, 'xid', pg_current_xact_id()::text, 'seq', seq, 'version', version,
        'createdAt', (extract(epoch from created_at) * 1000)::bigint, 'role', role, 'name', name,
        'sharesReads', shares_reads,
        'userIds', ('["' || sender_id || '"' || others || ']')::json) order by place)
      from numbered) as stored,
    (select count(told) from told) as told`);

type StoredOfBatch = Stored & { place: number };

/**
 * @returns what was stored, at the places of those who asked; a place without is for `sendAlone`
 * @throws when nothing was stored, or when the connection broke and nobody knows
 */
export async function storeBatch(pool: Db, asked: Asked[]): Promise<(SentChange | undefined)[]> {
  const drafts = asked.map(({ id, viewer, draft }, place) => ({
    place,
    id,
    chat_id: draft.chatId,
    sender_id: viewer.id,
    session_id: viewer.sessionId || null,
    client_id: draft.clientId,
    body: draft.body,
    reply_to: draft.replyTo ?? null,
  }));
  const [answer] = await storePlain(pool, { drafts: JSON.stringify(drafts) });
  const changes: (SentChange | undefined)[] = new Array(asked.length);
  for (const row of answer?.stored ?? []) {
    const from = asked[row.place];
    if (from) changes[row.place] = toSentChange(from, row);
  }
  return changes;
}
