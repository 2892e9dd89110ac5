import postgres from "postgres";

export type Bulk = {
  chats: number;
  messagesOfChat: number;
  /** Told now and then how many messages are there. */
  onProgress: (messages: number, what: string) => void;
};

const chatsAtOnce = 250;
/** Both cores have something to do. */
const connections = 2;

/**
 * Adds chats of other people with a long history. Indexes and constraints are taken off meanwhile
 * and made again from their own definitions, so that it costs minutes and not hours.
 */
export async function addHistory(url: string, bulk: Bulk): Promise<void> {
  const sql = postgres(url, {
    max: connections,
    onnotice: () => {},
    connection: { maintenance_work_mem: "1GB", max_parallel_maintenance_workers: 2 } as object,
  });
  try {
    await addChats(sql, bulk.chats);
    const rules = await takeOffRules(sql);
    await addMessages(sql, bulk);
    for (const rule of rules) {
      bulk.onProgress(bulk.chats * bulk.messagesOfChat, rule);
      await sql.unsafe(rule);
    }
    bulk.onProgress(bulk.chats * bulk.messagesOfChat, "vacuum analyze");
    await sql`vacuum analyze`;
  } finally {
    await sql.end();
  }
}

/** Each of them about a subject of its own; a tenth as many sellers, and as many buyers. */
async function addChats(sql: postgres.Sql, chats: number): Promise<void> {
  const people = Math.ceil(chats / 10);
  await sql`create table bulk (place int primary key, id uuid default gen_random_uuid(),
    seller_id uuid, buyer_id uuid)`;
  await sql`with people as (
      insert into users (id, email, name)
      select gen_random_uuid(), 'other' || place || '@bench.example', 'Other ' || place
      from generate_series(1, ${2 * people}) place
      returning id
    ), numbered as (
      select id, row_number() over () - 1 as place from people
    )
    insert into bulk (place, seller_id, buyer_id)
    select chat, s.id, b.id from generate_series(1, ${chats}::int) chat
    join numbered s on s.place = chat % ${people}::int
    join numbered b on b.place = ${people}::int + (chat * 7) % ${people}::int`;
  await sql`insert into subjects (id, reference, seller_id, title, price_amount, price_currency)
    select id, 'O-' || place, seller_id, 'A blue bicycle', 9000, 'EUR' from bulk`;
  await sql`insert into chats (id, subject_id, buyer_id) select id, id, buyer_id from bulk`;
  await sql`insert into chat_participants (chat_id, user_id, role)
    select id, unnest(array[buyer_id, seller_id]), unnest(array['buyer', 'seller']) from bulk`;
}

async function addMessages(sql: postgres.Sql, bulk: Bulk): Promise<void> {
  const { chats, messagesOfChat, onProgress } = bulk;
  let next = 1;
  let done = 0;
  const work = async () => {
    for (let from = next; from <= chats; from = next) {
      next += chatsAtOnce;
      await sql`insert into chat_messages
        (id, chat_id, seq, version, created_version, sender_id, client_id, type, body)
        select gen_random_uuid(), id, seq, seq, seq,
          case seq % 2 when 0 then buyer_id else seller_id end, gen_random_uuid(), 'text',
          'What others said at place ' || seq || ' of chat ' || place
        from bulk, generate_series(1, ${messagesOfChat}) seq
        where place >= ${from} and place < ${from + chatsAtOnce}`;
      done += Math.min(chatsAtOnce, chats - from + 1) * messagesOfChat;
      onProgress(done, "messages");
    }
  };
  await Promise.all(Array.from({ length: connections }, work));
  await sql`update chats set last_seq = ${messagesOfChat}, version = ${messagesOfChat}
    from bulk where chats.id = bulk.id`;
  await sql`update chat_participants
    set read_seq = ${messagesOfChat}, delivered_seq = ${messagesOfChat}
    from bulk where chat_id = bulk.id`;
  await sql`drop table bulk`;
}

/** @returns the statements that put them back, in their order */
async function takeOffRules(sql: postgres.Sql): Promise<string[]> {
  const constraints = await sql<
    { name: string; table: string; type: string; definition: string }[]
  >`
    select conname as name, conrelid::regclass::text as table, contype as type,
      pg_get_constraintdef(oid) as definition
    from pg_constraint
    where contype in ('p', 'u', 'f')
      and 'chat_messages'::regclass in (conrelid, confrelid)
    order by contype = 'f'`;
  const indexes = await sql<{ name: string; definition: string }[]>`
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index
    where indrelid = 'chat_messages'::regclass
      and not exists (select from pg_constraint where conindid = indexrelid)`;
  for (const { table, name } of constraints.toReversed()) {
    await sql.unsafe(`alter table ${table} drop constraint ${name}`);
  }
  for (const { name } of indexes) await sql.unsafe(`drop index ${name}`);
  const keys = constraints.filter(({ type }) => type !== "f");
  const references = constraints.filter(({ type }) => type === "f");
  const add = ({ table, name, definition }: (typeof constraints)[number]) =>
    `alter table ${table} add constraint ${name} ${definition}`;
  return [...keys.map(add), ...indexes.map(({ definition }) => definition), ...references.map(add)];
}
