import { expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { formatCursor, parseCursor } from "~/live/cursor";
import { databaseUrl, db, sql } from "~test/database";
import { makeChat } from "~test/factories";
import { type LiveServer, startLiveServer } from "~test/live-server";
import { say } from "~test/sending";

const poll = { timeout: 10_000 };

async function openedAt(server: LiveServer, chat: { buyer: Viewer }) {
  const reader = await server.open(chat.buyer);
  return reader.start();
}

test("the header wins over the address, and the address counts without it", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const chat = await makeChat(db);
  const old = await openedAt(server, chat);
  await say(db, chat.seller, chat.id, "One");
  const now = await openedAt(server, chat);
  const path = (cursor: string) => `/events?lastEventId=${encodeURIComponent(cursor)}`;
  const one = `${chat.id} 3 message.created`;
  const both = await server.open(chat.buyer, now, path(old));
  const address = await server.open(chat.buyer, undefined, path(old));
  const empty = await server.open(chat.buyer, "", path(old));
  expect([await address.changed(1), await empty.changed(1)]).toEqual([[one], [one]]);
  await say(db, chat.seller, chat.id, "Two");
  expect(await both.changed(1)).toEqual([`${chat.id} 4 message.created`]);
});

test("who missed more than a thousand messages is told to reload, and goes on from there", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const chat = await makeChat(db);
  const start = await openedAt(server, chat);
  await sql`
    insert into chat_messages (id, chat_id, seq, version, created_version, sender_id, client_id, body)
    select gen_random_uuid(), ${chat.id}, n, n + 1, n + 1, ${chat.seller.id}, gen_random_uuid(), 'Hi'
    from generate_series(2, 1002) n`;
  await sql`update chats set last_seq = 1002, version = 1003 where id = ${chat.id}`;
  const reader = await server.open(chat.buyer, start);
  await expect.poll(() => reader.named("resync").length, poll).toBe(1);
  const resync = reader.named("resync")[0]?.id;
  await say(db, chat.seller, chat.id, "And one");
  expect(await reader.changed(1)).toEqual([`${chat.id} 1004 message.created`]);
  const resumed = await server.open(chat.buyer, resync);
  expect(await resumed.changed(1)).toEqual([`${chat.id} 1004 message.created`]);
  expect(resumed.named("resync")).toEqual([]);
});

test("who missed a thousand messages gets them all", async () => {
  const server = await startLiveServer(db, databaseUrl, { queueBytes: 256_000 });
  const chat = await makeChat(db);
  const start = await openedAt(server, chat);
  await sql`
    insert into chat_messages (id, chat_id, seq, version, created_version, sender_id, client_id, body)
    select gen_random_uuid(), ${chat.id}, n, n + 1, n + 1, ${chat.seller.id}, gen_random_uuid(),
      repeat('Long words. ', 300)
    from generate_series(2, 1001) n`;
  await sql`update chats set last_seq = 1001, version = 1002 where id = ${chat.id}`;
  const reader = await server.open(chat.buyer, start);
  const changes = await reader.changed(1_000);
  expect(changes.at(-1)).toBe(`${chat.id} 1002 message.created`);
  expect(reader.named("resync")).toEqual([]);
  await say(db, chat.seller, chat.id, "And one");
  await reader.changed(1_001);
});

test.each<[string, (own: string) => string]>([
  ["of another epoch", (own) => own.replace(/^[^~]+/, "00000000-0000-4000-8000-000000000000")],
  ["that is no cursor", () => "42"],
  ["that is huge", (own) => own + "~x".repeat(5_000)],
  [
    "with a snapshot of the future",
    (own) => own.replace(/~.*/, "~9000000000000000000:9000000000000000000:"),
  ],
  ["with running transactions out of order", (own) => own.replace(/~.*/, "~5:9:8,7,6")],
  ["with negative numbers", (own) => own.replace(/~.*/, "~-5:-1:")],
  ["with a transaction of its future", (own) => own.replace(/~.*/, "~5:9:9")],
  ["with a mark of nothing", (own) => `${own}~::`],
  ["with a mark in another script", (own) => `${own}~\u00fc`],
])("a cursor %s means: reload, and from then on all is well", async (_, broken) => {
  const server = await startLiveServer(db, databaseUrl);
  const chat = await makeChat(db);
  const own = await openedAt(server, chat);
  const reader = await server.open(chat.buyer, broken(own));
  await expect.poll(() => reader.events.length, poll).toBeGreaterThan(1);
  expect(reader.events.slice(0, 2).map(({ event }) => event)).toEqual(["hello", "resync"]);
  await say(db, chat.seller, chat.id, "Hello");
  expect(await reader.changed(1)).toEqual([`${chat.id} 3 message.created`]);
  expect(server.errors).toEqual([]);
});

test("NUL and half escapes in the address harm nobody", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const { buyer } = await makeChat(db);
  for (const value of ["%00", "%", "%ff%fe", "a%0ab", "%F0%9F%98%80"]) {
    const reader = await server.open(buyer, undefined, `/events?lastEventId=${value}`);
    await expect.poll(() => reader.named("resync").length, poll).toBe(1);
    expect(reader.status).toBe(200);
    reader.cut();
  }
});

test("an old cursor that says it has seen everything of one chat hides no other", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const [chat, other] = [await makeChat(db), await makeChat(db)];
  const cursor = parseCursor(await openedAt(server, chat));
  if (!cursor) throw new Error("Not our own cursor");
  const seen = { chatId: other.id, version: 999_999_999_999_999, xid: 1n };
  const reader = await server.open(
    chat.buyer,
    formatCursor({ ...cursor, ahead: new Map([[other.id, seen]]) }),
  );
  await say(db, chat.seller, chat.id, "Hello");
  expect(await reader.changed(1)).toEqual([`${chat.id} 3 message.created`]);
});

test("who missed something in more chats than a cursor can name is told to reload", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const chat = await makeChat(db);
  const start = await openedAt(server, chat);
  await sql`
    with made as (
      insert into subjects (id, reference, seller_id, title, price_amount, price_currency)
      select gen_random_uuid(), gen_random_uuid()::text, ${chat.seller.id}, 'Thing', 1, 'EUR'
      from generate_series(1, 251) returning id
    ), begun as (
      insert into chats (id, subject_id, buyer_id)
      select gen_random_uuid(), id, ${chat.buyer.id} from made returning id
    )
    insert into chat_participants (chat_id, user_id, role)
    select id, ${chat.buyer.id}::uuid, 'buyer' from begun
    union all select id, ${chat.seller.id}::uuid, 'seller' from begun`;
  const reader = await server.open(chat.buyer, start);
  await expect.poll(() => reader.named("resync").length, poll).toBe(1);
  await say(db, chat.seller, chat.id, "Hello");
  expect(await reader.changed(1)).toEqual([`${chat.id} 3 message.created`]);
});
