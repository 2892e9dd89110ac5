import { randomUUID } from "node:crypto";
import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { expect, test } from "vitest";
import { closeChat } from "~/chats/close.server";
import { markRead } from "~/chats/positions.server";
import type { Db } from "~/db/client.server";
import * as schema from "~/db/schema";
import { joinChat } from "~/moderation/access/joining.server";
import { openPrivateThread } from "~/moderation/access/private-thread.server";
import { blockPerson } from "~/safety/blocks/block-person.server";
import { makeCase } from "~test/cases";
import { databaseUrl, db, sql } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { makeHost } from "~test/hosts";
import { say } from "~test/sending";
import { findHostChat, hostChatsQuery, listHostChats } from "./chats.server";

test("the host sees a chat, its subject and its people by the names that it gave them", async () => {
  const host = await makeHost(db);
  const chat = await makeChat(db);
  await sql`update users set external_id = ${`u-${chat.buyer.id}`} where id = ${chat.buyer.id}`;
  await say(db, chat.seller, chat.id, "Hello");
  await markRead(db, chat.buyer, { chatId: chat.id, seq: 2 });
  const seen = await findHostChat(db, host, chat.id);
  expect(seen).toEqual({
    id: chat.id,
    version: expect.any(Number),
    status: "open",
    subject: {
      reference: chat.reference,
      title: "A red bicycle",
      priceAmount: 12_000,
      priceCurrency: "EUR",
      picture: null,
      stage: "inquiry",
    },
    participants: [
      { ...person(chat.buyer, "buyer"), externalId: `u-${chat.buyer.id}` },
      { ...person(chat.seller, "seller"), externalId: null },
    ],
    lastSeq: 2,
    lastMessageAt: expect.stringMatching(/Z$/),
    createdAt: expect.stringMatching(/Z$/),
    closedAt: null,
    archivedAt: null,
    dispute: null,
  });
  await closeChat(db, chat.buyer, chat.id);
  expect(await findHostChat(db, host, chat.id)).toMatchObject({
    status: "closed",
    closedAt: expect.stringMatching(/Z$/),
  });
});

const person = ({ id, name }: { id: string; name: string }, role: string) => ({
  ...{ id, name, role },
  ...{ deliveredSeq: 2, readSeq: 2 },
});

test("who keeps to himself what he read keeps it from the host, too", async () => {
  const chat = await makeChat(db);
  await sql`update users set shares_reads = false where id = ${chat.buyer.id}`;
  await say(db, chat.seller, chat.id, "Hello");
  await markRead(db, chat.buyer, { chatId: chat.id, seq: 2 });
  const seen = await findHostChat(db, await makeHost(db), chat.id);
  expect(seen?.participants.map(({ role, readSeq }) => [role, readSeq])).toEqual([
    ["buyer", null],
    ["seller", 2],
  ]);
});

test("while one blocks the other, the host sees of them what the other side sees", async () => {
  const chat = await makeChat(db);
  await blockPerson(db, chat.buyer, chat.id);
  await sql`update chats set last_seq = 9, version = 20 where id = ${chat.id}`;
  await sql`update chat_participants set read_seq = 9, delivered_seq = 9
    where chat_id = ${chat.id} and user_id = ${chat.buyer.id}`;
  const seen = await findHostChat(db, await makeHost(db), chat.id);
  expect(seen?.participants[0]).toMatchObject({ role: "buyer", readSeq: 1, deliveredSeq: 1 });
});

test("private threads of moderators are not there, in no list and by no id", async () => {
  const host = await makeHost(db);
  const { chat, moderator } = await makeCase(db);
  await joinChat(db, moderator, chat.id);
  const thread = await openPrivateThread(db, moderator, { chatId: chat.id, side: "buyer" });
  expect(thread).not.toBeNull();
  expect(await findHostChat(db, host, thread?.chatId ?? "")).toBeNull();
  for (const asked of [{ userId: chat.buyer.id }, { subject: chat.reference }]) {
    const { chats } = await listHostChats(db, host, { ...asked, size: 30 });
    expect(chats.map(({ id }) => id)).toEqual([chat.id]);
  }
  const { chats } = await listHostChats(db, host, { size: 1_000 });
  expect(chats.map(({ id }) => id)).not.toContain(thread?.chatId);
});

test("no such chat is null", async () => {
  expect(await findHostChat(db, await makeHost(db), randomUUID())).toBeNull();
});

test("pages neither repeat nor miss a chat, also when many began at one moment and all are written in", async () => {
  const host = await makeHost(db);
  const seller = await makeUser(db);
  const made: string[] = [];
  const chats = await Promise.all(Array.from({ length: 7 }, () => makeChat(db)));
  for (const [at, chat] of chats.entries()) {
    const createdAt = `2020-01-0${1 + (at % 2)}T00:00:00Z`;
    await sql`update chats set created_at = ${createdAt} where id = ${chat.id}`;
    await sql`update chat_participants set user_id = ${seller.id}
      where chat_id = ${chat.id} and role = 'seller'`;
    made.push(chat.id);
  }
  const seen: string[] = [];
  let after: string | undefined;
  do {
    const page = await listHostChats(db, host, { userId: seller.id, after, size: 2 });
    seen.push(...page.chats.map(({ id }) => id));
    for (const chat of chats.slice(0, 2)) await say(db, chat.buyer, chat.id, "Still there?");
    after = page.next ?? undefined;
    if (after) expect(hostChatsQuery.parse({ after })).toEqual({ after });
  } while (after);
  expect(seen).toHaveLength(7);
  expect(new Set(seen)).toEqual(new Set(made));
});

test("a list is by subject, by person and by status, and by all of them", async () => {
  const host = await makeHost(db);
  const [open, closed] = [await makeChat(db), await makeChat(db)];
  await closeChat(db, closed.buyer, closed.id);
  const list = async (asked: object) =>
    (await listHostChats(db, host, { ...asked, size: 1_000 })).chats.map(({ id }) => id);
  expect(await list({ subject: open.reference })).toEqual([open.id]);
  expect(await list({ userId: closed.seller.id })).toEqual([closed.id]);
  expect(await list({ status: "closed" })).toContain(closed.id);
  expect(await list({ status: "closed" })).not.toContain(open.id);
  const all = { subject: closed.reference, userId: closed.buyer.id, status: "closed" };
  expect(await list(all)).toEqual([closed.id]);
  expect(await list({ ...all, status: "open" })).toEqual([]);
  expect(await list({ ...all, userId: open.buyer.id })).toEqual([]);
  expect(await list({ subject: "no such thing" })).toEqual([]);
});

test.each([
  { userId: "me" },
  { status: "deleted" },
  { after: "the beginning" },
  { after: "2026-02-31T00:00:00.000Z_01980c0e-5d3c-7b44-9a53-6f2f6c1d7a10" },
  { subject: "" },
])("what no list can be about is refused: %#", (query) => {
  expect(hostChatsQuery.safeParse(query).success).toBe(false);
});

type Plan = { "Node Type": string; "Relation Name"?: string; Plans?: Plan[] };

test("among very many chats no list reads them all", async () => {
  await sql`insert into users (id, email, name)
    select gen_random_uuid(), 'crowd' || n || '@test.example', 'User' from generate_series(1, 400) n`;
  await sql`insert into subjects (id, reference, seller_id, title, price_amount, price_currency)
    select gen_random_uuid(), 'crowd-' || row_number() over (), id, 'Thing', 100, 'EUR'
    from users where email like 'crowd%' limit 50`;
  await sql`insert into chats (id, subject_id, buyer_id, status, closed_at, last_seq, version, created_at)
    select gen_random_uuid(), s.id, u.id, case when random() < 0.01 then 'closed' else 'open' end, now(),
      1, 2, now() - random() * interval '300 days'
    from subjects s, users u where s.reference like 'crowd-%' and u.email like 'crowd%'`;
  await sql`insert into chat_participants (chat_id, user_id, role)
    select c.id, c.buyer_id, 'buyer' from chats c join subjects s on s.id = c.subject_id
    where s.reference like 'crowd-%'`;
  await sql`analyze`;
  const [one] = await sql`select id, buyer_id from chats order by id desc limit 1`;
  const statements: { query: string; params: unknown[] }[] = [];
  const client = postgres(databaseUrl, {
    max: 1,
    debug: (_, query, params) => {
      if (/^\s*select to_json/.test(query)) statements.push({ query, params });
    },
  });
  const host = await makeHost(db);
  const watched = drizzle(client, { schema }) as Db;
  const after = "2026-01-01T00:00:00.000Z_01980c0e-5d3c-7b44-9a53-6f2f6c1d7a10";
  await findHostChat(watched, host, one?.id);
  for (const asked of [
    {},
    { after },
    { status: "closed" as const },
    { status: "frozen" as const, after },
    { subject: "crowd-7" },
    { subject: "crowd-7", after },
    { userId: one?.buyer_id },
    { userId: one?.buyer_id, status: "closed" as const, after },
    { userId: one?.buyer_id, subject: "crowd-7" },
  ]) {
    await listHostChats(watched, host, { ...asked, size: 30 });
  }
  const scanned: string[] = [];
  function* nodes(plan: Plan): Generator<Plan> {
    yield plan;
    for (const child of plan.Plans ?? []) yield* nodes(child);
  }
  expect(statements).toHaveLength(10);
  for (const { query, params } of statements) {
    const [row] = await client.unsafe(`explain (format json) ${query}`, params as string[]);
    for (const node of nodes(row?.["QUERY PLAN"][0].Plan)) {
      const isLarge = ["chats", "chat_participants"].includes(node["Relation Name"] ?? "");
      if (isLarge && node["Node Type"] === "Seq Scan") scanned.push(query);
    }
  }
  await client.end();
  expect(scanned).toEqual([]);
});
