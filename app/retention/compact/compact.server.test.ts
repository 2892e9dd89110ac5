import { expect, test, vi } from "vitest";
import { listChanged } from "~/chats/changes.server";
import { parseSnapshot } from "~/live/snapshot";
import { followMessages } from "~/notifications/tail.server";
import { databaseUrl, db, sql } from "~test/database";
import { makeChat } from "~test/factories";
import { runJobs } from "~test/jobs";
import { startLiveServer } from "~test/live-server";
import { say } from "~test/sending";
import { Throttle } from "../run/throttle.server";
import { measureTable } from "./bloat.server";
import { type Compacting, compactOn } from "./compact.server";
import { askForCompaction, compactJob } from "./compact-job.server";
import { columnToTouch } from "./move-rows.server";
import type { Place } from "./place";

vi.setConfig({ testTimeout: 60_000 });

type TestChat = Awaited<ReturnType<typeof makeChat>>;

/** Goes on at once, and says when it would have rested. */
function going(rested: (ms: number) => Promise<void> = async () => {}): Compacting {
  return { throttle: new Throttle(db, { share: 50, pause: rested }) };
}

const messages: Place = { table: "chat_messages", step: "look", pass: 0, pagesBefore: 0 };

/** Only the table of messages, from its beginning or from a place. */
async function compactMessages(compacting: Compacting, place: Place = messages): Promise<Place[]> {
  const places: Place[] = [];
  for (let at: Place | null = place; at?.table === "chat_messages"; ) {
    places.push(at);
    // One step at a time.
    at = await compactOn(db, at, { ...compacting, until: 0 });
  }
  return places;
}

/** As long ones and short ones come in one after the other, straight into the table. */
const fill = ({ id, buyer }: TestChat, from: number, count: number) => sql`
  insert into chat_messages
    (id, chat_id, seq, version, created_version, sender_id, client_id, body)
  select gen_random_uuid(), ${id}, seq, seq, seq, ${buyer.id}, gen_random_uuid(),
    'What others said at place ' || seq || repeat(' and went on', seq % 17)
  from generate_series(${from}::int, ${from + count - 1}::int) seq`;

/** Old chats that were deleted, with what is kept among and behind them. */
async function leaveHoles(): Promise<TestChat> {
  const [old, kept] = [await makeChat(db), await makeChat(db)];
  for (let part = 0; part < 4; part++) {
    await fill(old, 10 + part * 1000, 1000);
    await fill(kept, 10 + part * 150, 150);
  }
  await fill(kept, 1010, 400);
  // By one connection, which tells at once what it deleted.
  const connection = await sql.reserve();
  await connection`delete from chat_messages where chat_id = ${old.id}`;
  await connection`select pg_stat_force_next_flush()`;
  connection.release();
  return kept;
}

const said = ({ id }: TestChat) =>
  sql`select id, seq, version, body, created_xid, changed_xid, search::text as search
    from chat_messages where chat_id = ${id} order by seq`;

/** What the table and its indexes have, and what a copy of them has that was just made. */
async function besideFreshCopy() {
  const pages = (table: string) => sql<{ heap: number; indexes: number }[]>`
    select pg_relation_size(${table}::regclass)::int / 8192 as heap,
      (pg_indexes_size(${table}::regclass) / 8192)::int as indexes`;
  await sql`create table fresh (like chat_messages including all)`;
  await sql`insert into fresh (id, chat_id, seq, created_version, version, sender_id, client_id,
      type, body, event, created_at, created_xid, changed_xid)
    select id, chat_id, seq, created_version, version, sender_id, client_id,
      type, body, event, created_at, created_xid, changed_xid from chat_messages`;
  await sql`reindex table fresh`;
  const [[now], [fresh]] = [await pages("chat_messages"), await pages("fresh")];
  await sql`drop table fresh`;
  return {
    heap: (now?.heap ?? 0) / (fresh?.heap ?? 1),
    indexes: (now?.indexes ?? 0) / (fresh?.indexes ?? 1),
  };
}

async function expectSmall() {
  const { heap, indexes } = await besideFreshCopy();
  expect(heap).toBeLessThan(1.3);
  // Each has a few pages more than its rows take, which counts where there are few.
  expect(indexes).toBeLessThan(1.5);
}

test("the room of deleted messages goes back to the file system, and what is kept stays as it was", async () => {
  const kept = await leaveHoles();
  const before = await said(kept);
  const grown = await besideFreshCopy();
  expect(Math.min(grown.heap, grown.indexes)).toBeGreaterThan(2.5);
  const rests: number[] = [];
  await compactMessages(going(async (ms) => void rests.push(ms)));
  await expectSmall();
  expect(await said(kept)).toEqual(before);
  expect(rests.length).toBeGreaterThan(1);
});

test("after a run the job goes over all tables in turns, and leaves alone what has no room to give back", async () => {
  await leaveHoles();
  await askForCompaction(db);
  await askForCompaction(db);
  const options = { now: new Date(Date.now() + 120_000), only: ["compact" as const] };
  const ran = await runJobs(db, {
    ...options,
    jobs: { compact: compactJob(() => ({ share: 100 })) },
  });
  // Each turn after the first one goes on from a place.
  const begun = ran.filter(({ payload }) => (payload as { place: unknown }).place === null);
  expect(begun).toHaveLength(1);
  await expectSmall();
  const [row] = await sql`select pg_relation_filenode('chat_messages_pkey') as node`;
  expect((await compactMessages(going())).map(({ step }) => step)).toEqual(["look"]);
  const [again] = await sql`select pg_relation_filenode('chat_messages_pkey') as node`;
  expect(again).toEqual(row);
});

test("a stream and the tail of notifications are told each message once, whatever is moved", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const kept = await leaveHoles();
  await sql`update chats set last_seq = 1409, version = 1409 where id = ${kept.id}`;
  await followMessages(db);
  const reader = await server.open(kept.buyer);
  const start = await reader.start();
  const [since] = await sql`select pg_current_snapshot()::text as text`;
  let words = 0;
  await compactMessages(
    going(async () => {
      words += 1;
      if (words <= 3) await say(db, kept.seller, kept.id, "Would Thursday suit you as well?");
    }),
  );
  const expected = [1, 2, 3].map((n) => `${kept.id} ${1409 + n} message.created`);
  expect(await reader.changed(3)).toEqual(expected);
  const resumed = await server.open(kept.buyer, start);
  expect(await resumed.changed(3)).toEqual(expected);
  const { chats } = await listChanged(db, parseSnapshot(since?.text));
  expect(chats.map(({ chatId }) => chatId)).toEqual([kept.id]);
  await followMessages(db);
  await compactMessages(going(), { ...messages, step: "move", pass: 1, end: 40, needed: 0 });
  // Nothing came since, though rows lie elsewhere.
  expect(await followMessages(db)).toBeNull();
  expect(reader.named("message.created")).toHaveLength(3);
});

test("messages that come and change meanwhile are kept, each as it was said last", async () => {
  const kept = await leaveHoles();
  let place = 5000;
  await compactMessages(
    going(async () => {
      place += 1;
      await fill(kept, place, 1);
      await sql`update chat_messages set body = 'Changed' where chat_id = ${kept.id} and seq = ${place - 3990}`;
    }),
  );
  const rows = await said(kept);
  expect(place).toBeGreaterThan(5001);
  for (let seq = 5001; seq <= place; seq++) {
    expect(rows.filter((row) => row.seq === String(seq) || row.seq === seq)).toHaveLength(1);
    const changed = rows.find((row) => Number(row.seq) === seq - 3990);
    expect(changed?.body).toBe("Changed");
  }
});

test("who is stopped or killed half way leaves all as good as before, and goes on the next time", async () => {
  const kept = await leaveHoles();
  const before = await said(kept);
  const stopping = new AbortController();
  const stopped = await compactOn(db, messages, {
    ...going(async () => stopping.abort()),
    signal: stopping.signal,
  });
  expect(stopped).toMatchObject({ table: "chat_messages", step: "move" });
  expect(await said(kept)).toEqual(before);
  // As a REINDEX CONCURRENTLY leaves it that was killed.
  await sql`create index chat_messages_pkey_ccnew on chat_messages (id)`;
  await sql`update pg_index set indisvalid = false
    where indexrelid = 'chat_messages_pkey_ccnew'::regclass`;
  await compactMessages(going(), stopped ?? messages);
  expect(await said(kept)).toEqual(before);
  await expectSmall();
  const left = await sql`select from pg_class where relname = 'chat_messages_pkey_ccnew'`;
  expect(left).toHaveLength(0);
});

test("a statement that takes long is ended when the process has to stop", async () => {
  const kept = await leaveHoles();
  // It waits for this one, as it would for work that takes long.
  const other = await sql.reserve();
  await other`begin`;
  await other`lock table chat_messages in share update exclusive mode`;
  const stopping = new AbortController();
  const stopped = compactOn(db, messages, { ...going(), signal: stopping.signal });
  const isWaiting = async () => {
    const [row] = await sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like 'vacuum%'`;
    return row !== undefined;
  };
  await expect.poll(isWaiting, { timeout: 20_000 }).toBe(true);
  stopping.abort();
  expect(await stopped).toEqual(messages);
  await other`rollback`;
  other.release();
  expect((await said(kept)).length).toBeGreaterThan(1000);
});

test("two that move the same rows at once do what one does", async () => {
  const kept = await leaveHoles();
  const before = await said(kept);
  const move = async () => {
    let at: Place | null = { ...messages, step: "move", pass: 1, end: 150, needed: 0 };
    while (at?.step === "move") at = await compactOn(db, at, { ...going(), until: 0 });
    return at?.step;
  };
  expect(await Promise.all([move(), move()])).toEqual(["look", "look"]);
  expect(await said(kept)).toEqual(before);
});

test("every table is measured, and those whose changes are watched are never moved", async () => {
  const tables = await sql<{ name: string }[]>`
    select tablename as name from pg_tables where schemaname = 'public'`;
  expect(tables.length).toBeGreaterThan(30);
  for (const { name } of tables) {
    const { pages, indexes } = await measureTable(db, name);
    expect(pages).toBeGreaterThanOrEqual(0);
    expect(indexes.length).toBeGreaterThan(0);
  }
  expect(await columnToTouch(db, "audit_log")).toBeNull();
  expect(await columnToTouch(db, "chat_messages")).toBe("created_version");
});
