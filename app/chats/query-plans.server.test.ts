import { randomUUID } from "node:crypto";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { beforeAll, describe, expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import * as schema from "~/db/schema";
import { readTranscriptRows } from "~/moderation/transcripts/read.server";
import { readRows } from "~/retention/archive/rows.server";
import { databaseUrl, sql } from "~test/database";
import { planOf } from "~test/plans";
import { closeChat } from "./close.server";
import { readHistory } from "./history.server";
import { listChats, listUnread } from "./list.server";
import { chatsAsLiveSource } from "./live-source.server";
import { markAllDelivered, markDelivered, markRead } from "./positions.server";
import { editMessage, unsendMessage } from "./revise.server";
import { sendMessage } from "./send.server";

type Statement = { query: string; params: unknown[] };

const statements: Statement[] = [];
/** What goes to the server, whoever put it together; not what frames or explains it. */
const client = postgres(databaseUrl, {
  max: 4,
  onnotice: () => {},
  fetch_types: false,
  debug: (_, query, params) => {
    if (/^\s*(select|with|insert|update|delete)\b/i.test(query)) statements.push({ query, params });
  },
});
const db = drizzle(client, { schema }) as Db;

/** 60 sellers with 50 buyers each and 12 messages in each chat: 3,000 chats, 36,000 messages. */
async function makeMarket() {
  await sql`
    insert into users (id, email, name)
    select gen_random_uuid(), 'user' || n || '@test.example', 'User ' || n
    from generate_series(1, 110) n`;
  await sql`
    insert into subjects (id, reference, seller_id, title, price_amount, price_currency)
    select gen_random_uuid(), 'R-' || n, id, 'Thing ' || n, 100, 'EUR'
    from (select id, row_number() over (order by email) n from users) u where n <= 60`;
  await sql`
    insert into chats (id, subject_id, buyer_id, last_seq, version, last_message_at)
    select gen_random_uuid(), s.id, u.id, 12, 13, now() - random() * interval '300 days'
    from subjects s, (select id, row_number() over (order by email) n from users) u where n > 60`;
  await sql`
    insert into chat_participants (chat_id, user_id, role, read_seq, delivered_seq)
    select id, buyer_id, 'buyer', 12, 12 from chats
    union all
    select c.id, s.seller_id, 'seller', (random() * 12)::int, 12
    from chats c join subjects s on s.id = c.subject_id`;
  await sql`
    insert into chat_messages (id, chat_id, seq, version, created_version, sender_id, client_id,
      body, created_xid, changed_xid)
    select gen_random_uuid(), id, n, n + 1, n + 1, buyer_id, gen_random_uuid(),
      'common words and word' || (random() * 2000)::int,
      (1 + at / 10)::text::xid8, (1 + at / 10)::text::xid8
    from (select id, buyer_id, row_number() over () at from chats) c, generate_series(1, 12) n`;
  await sql`analyze`;
  const [row] = await sql`
    select c.id, c.buyer_id, s.seller_id from chats c join subjects s on s.id = c.subject_id limit 1`;
  const viewer = (id: string): Viewer => ({ id, name: "", role: "user", sessionId: "" });
  return { chatId: String(row?.id), buyer: viewer(row?.buyer_id), seller: viewer(row?.seller_id) };
}

const readsOfMessages = (act: () => Promise<unknown>) => readsOf("chat_messages", act);

/** How each statement that `act` runs reads a table. */
async function readsOf(table: string, act: () => Promise<unknown>) {
  statements.length = 0;
  await act();
  const ran = [...statements];
  const reads: string[] = [];
  for (const { query, params } of ran) {
    for (const node of await planOf(client, query, params)) {
      if (node["Relation Name"] === table) reads.push(node["Node Type"]);
    }
  }
  expect(ran.length).toBeGreaterThan(0);
  return reads.filter((type) => type !== "ModifyTable" && type !== "LockRows");
}

const byIndex = /^(Index Scan|Index Only Scan|Bitmap Heap Scan)$/;

describe("with many messages, these find theirs by an index", () => {
  let market: Awaited<ReturnType<typeof makeMarket>>;
  beforeAll(async () => {
    market = await makeMarket();
    return () => client.end();
  });

  const list = { filter: "all" as const, size: 30 };
  const source = chatsAsLiveSource(db);
  const now = () => source.now();
  const after = "2026-01-01T00:00:00.000Z_00000000-0000-4000-8000-000000000000";
  type Market = typeof market;
  test.each<[string, (market: Market) => Promise<unknown>]>([
    ["the newest page", ({ chatId, buyer }) => readHistory(db, buyer, { chatId, size: 40 })],
    ["a page before", (m) => readHistory(db, m.buyer, { chatId: m.chatId, size: 4, before: 9 })],
    ["a page around", (m) => readHistory(db, m.buyer, { chatId: m.chatId, size: 4, around: 6 })],
    ["the list", ({ seller }) => listChats(db, seller, list)],
    ["the list's next page", ({ seller }) => listChats(db, seller, { ...list, after })],
    ["the unread list", ({ seller }) => listChats(db, seller, { ...list, filter: "unread" })],
    ["the archive", ({ seller }) => listChats(db, seller, { ...list, filter: "archived" })],
    ["a search for a rare word", (m) => listChats(db, m.seller, { ...list, q: "word77" })],
    ["a search for a common word", (m) => listChats(db, m.seller, { ...list, q: "common" })],
    ["a search for a beginning", (m) => listChats(db, m.seller, { ...list, q: "w" })],
    ["what a reader missed", async ({ seller }) => source.missed(await now(), seller.id)],
    [
      "what changed in chats",
      async ({ chatId }) => source.changesOf(await now(), [{ chatId, after: 0 }]),
    ],
    ["a transcript", ({ chatId }) => readTranscriptRows(db, chatId)],
    ["what goes into the archive", ({ chatId }) => readRows(db, chatId)],
    ["what changed anywhere", async () => source.changed(await now())],
    [
      "sending",
      ({ chatId, buyer }) =>
        sendMessage(db, buyer, { chatId, clientId: randomUUID(), body: "Hello", replyTo: 3 }),
    ],
    [
      "editing and unsending",
      async ({ chatId, buyer }) => {
        const at = { chatId, seq: 13, windowMs: 1e6 };
        await editMessage(db, buyer, { ...at, body: "Hello there" });
        await unsendMessage(db, buyer, at);
      },
    ],
  ])("%s", async (_, act) => {
    const reads = await readsOfMessages(() => act(market));
    expect(reads.length).toBeGreaterThan(0);
    for (const type of reads) expect(type).toMatch(byIndex);
  });

  test("counting unread, moving positions, reading them and closing look at no message", async () => {
    const { chatId, buyer, seller } = market;
    const reads = await readsOfMessages(async () => {
      await listUnread(db, seller);
      await markRead(db, seller, { chatId, seq: 12 });
      await markDelivered(db, [{ chatId, userId: buyer.id, seq: 13 }]);
      await markAllDelivered(db, seller.id);
      await source.moved(await now(), [seller.id]);
      await closeChat(db, buyer, chatId);
    });
    expect(reads).toEqual([]);
  });

  test.each([1, 2])(
    "of %i messages at once what is told of each is put together once",
    async (count) => {
      const chats = await sql`select id, buyer_id from chats where status = 'open' limit ${count}`;
      const viewer = (id: string): Viewer => ({ id, name: "", role: "user", sessionId: "" });
      statements.length = 0;
      await Promise.all(
        chats.map(({ id: chatId, buyer_id }) =>
          sendMessage(db, viewer(buyer_id), { chatId, clientId: randomUUID(), body: "Hello" }),
        ),
      );
      const [{ query = "", params = [] } = {}, ...others] = statements;
      expect(others).toEqual([]);
      const plan = await client.unsafe(`explain (verbose) ${query}`, params as string[]);
      const text = plan.map((row) => row["QUERY PLAN"]).join("\n");
      expect(text.split("json_build_array(")).toHaveLength(2);
    },
  );

  test.each<[string, (market: Market) => Promise<unknown>]>([
    ["what moved", async ({ buyer }) => source.moved(await now(), [buyer.id])],
    ["where he is", ({ buyer }) => source.positionsOf(buyer.id)],
    ["what arrived", ({ buyer }) => source.arrived(buyer.id)],
  ])("a stream that opens finds its reader's seats by an index: %s", async (_, act) => {
    const reads = await readsOf("chat_participants", () => act(market));
    expect(reads.length).toBeGreaterThan(0);
    for (const type of reads) expect(type).toMatch(byIndex);
  });
});
