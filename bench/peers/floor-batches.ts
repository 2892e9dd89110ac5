import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import type { PeerDraft } from "./message.ts";

type Waiting = PeerDraft & { resolve: (seq: number) => void; reject: (error: unknown) => void };

/**
 * A batch in one statement, notifications and all. Twenty messages of the benchmark fit into the
 * 8,000 bytes of a notification. Locks are taken in the order of ids, so that batches of two
 * instances cannot deadlock.
 */
const insertBatch = `
  with incoming as (
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[])
      with ordinality as t(id, chat_id, sender_id, client_id, body, place)
  ), counts as (
    select chat_id, count(*) as messages from incoming group by chat_id
  ), locked as materialized (
    select id from chats where id in (select chat_id from counts) order by id for no key update
  ), chat as (
    update chats
    set last_seq = last_seq + messages, version = version + messages,
      last_message_at = clock_timestamp()
    from counts join locked on locked.id = counts.chat_id
    where chats.id = locked.id
    returning chats.id, last_seq - messages as last_seq, version - messages as version
  ), stored as (
    insert into chat_messages
      (id, chat_id, seq, version, created_version, sender_id, client_id, type, body, created_at)
    select i.id, i.chat_id, last_seq + nth, version + nth, version + nth, sender_id, client_id,
      'text', body, clock_timestamp()
    from (select *, row_number() over (partition by chat_id order by place) nth from incoming) i
    join chat on chat.id = i.chat_id
    returning id, chat_id, seq, sender_id, client_id, body, created_at
  ), numbered as (
    select *, (row_number() over (order by seq) - 1) / 20 as part from stored
  ), told as (
    select pg_notify('floor', payload) from (
      select json_agg(json_build_object('id', id, 'chatId', chat_id, 'seq', seq,
        'clientId', client_id, 'senderId', sender_id, 'body', body, 'createdAt', created_at)
        order by seq)::text as payload
      from numbered group by part order by part
    ) payloads
  )
  select id, seq::int, (select count(*) from told) as told from stored`;

/** While one batch commits, the next gathers. */
export function storeBatches(sql: postgres.Sql): (draft: PeerDraft) => Promise<number> {
  let waiting: Waiting[] = [];
  let isCommitting = false;

  async function commit(batch: Waiting[]) {
    const drafts = batch.map((draft) => ({ ...draft, id: randomUUID() }));
    const columns = (["id", "chatId", "senderId", "clientId", "body"] as const).map((name) =>
      drafts.map((draft) => draft[name]),
    );
    const rows = await sql.unsafe(insertBatch, columns, { prepare: true });
    const seqs = new Map(rows.map(({ id, seq }) => [id, seq]));
    for (const { id, resolve } of drafts) resolve(seqs.get(id));
  }

  async function run() {
    isCommitting = true;
    while (waiting.length) {
      const batch = waiting;
      waiting = [];
      await commit(batch).catch((error) => {
        for (const { reject } of batch) reject(error);
      });
    }
    isCommitting = false;
  }

  return (draft) =>
    new Promise((resolve, reject) => {
      waiting.push({ ...draft, resolve, reject });
      if (!isCommitting) void run();
    });
}
