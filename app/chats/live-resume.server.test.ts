import { expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { formatCursor, parseCursor } from "~/live/cursor";
import { databaseUrl, db, sql } from "~test/database";
import { isChange, nameOf } from "~test/event-reader";
import { makeChat, makeSubject, makeUser } from "~test/factories";
import { type LiveServer, startLiveServer } from "~test/live-server";
import { say } from "~test/sending";
import { closeChat } from "./close.server";
import { editMessage, unsendMessage } from "./revise.server";
import { startChat } from "./start.server";

const poll = { timeout: 10_000 };
const windowMs = 60_000;

/** A seller and his three chats, in which much happens at once. */
async function makeScript() {
  const seller = await makeUser(db);
  const chats: { id: string; buyer: Viewer }[] = [];
  for (let at = 0; at < 3; at++) {
    const [buyer, { reference }] = [await makeUser(db), await makeSubject(db, seller)];
    const started = await startChat(db, buyer, reference);
    if (!started || !("chatId" in started)) throw new Error("No chat was started");
    chats.push({ id: started.chatId, buyer });
  }
  async function talk({ id, buyer }: (typeof chats)[number]) {
    const { seq } = await say(db, buyer, id, "Is it there?");
    await say(db, seller, id, "Yes", { replyTo: seq });
    await editMessage(db, buyer, { chatId: id, seq, body: "Is it still there?", windowMs });
    await say(db, buyer, id, "Then I take it");
    await unsendMessage(db, buyer, { chatId: id, seq, windowMs });
  }
  async function play() {
    await Promise.all(chats.map(talk));
    await Promise.all(chats.slice(1).map(({ id }) => closeChat(db, seller, id)));
  }
  return { seller, play, chatIds: chats.map(({ id }) => id) };
}

/** What each chat's reader is left with: the newest version of every message and of the chat. */
function outcome(events: { event: string; data: Record<string, unknown> }[]) {
  const state = new Map<string, unknown>();
  for (const { event, data } of events) {
    if (event.startsWith("message")) {
      const message = data.message as { id: string; version: number };
      state.set(message.id, message.version);
    } else if (event.startsWith("chat")) state.set(String(data.chatId), data.version);
  }
  return new Map([...state].sort());
}

/** The same from the database, of what the script changed. */
async function outcomeOf(chatIds: string[]) {
  const rows = await sql`
    select id, version from chat_messages where chat_id = any(${chatIds}) and seq > 1
    union all select id, state_version from chats where id = any(${chatIds}) and state_version > 1`;
  return new Map(rows.map(({ id, version }) => [String(id), Number(version)] as const).sort());
}

test("a stream that is cut after any event goes on with the rest, once and in order", async () => {
  const [server, elsewhere] = [
    await startLiveServer(db, databaseUrl),
    await startLiveServer(db, databaseUrl),
  ];
  const { seller, play, chatIds } = await makeScript();
  const whole = await server.open(seller);
  const start = await whole.start();
  await play();
  const expected = await outcomeOf(chatIds);
  await expect.poll(() => outcome(whole.events.filter(isChange)), poll).toEqual(expected);
  const seen = whole.events.filter(isChange);
  expect(new Set(seen.map(nameOf)).size).toBe(seen.length);

  for (let cut = 0; cut <= seen.length; cut++) {
    const before = seen.slice(0, cut);
    const resumed = await (cut % 2 ? elsewhere : server).open(seller, before.at(-1)?.id ?? start);
    await expect
      .poll(() => outcome([...before, ...resumed.events.filter(isChange)]), poll)
      .toEqual(expected);
    const got = resumed.events.filter(isChange).map(nameOf);
    expect(new Set(got).size).toBe(got.length);
    expect(got.filter((name) => before.map(nameOf).includes(name))).toEqual([]);
    for (const chatId of new Set(seen.map(({ data }) => String(data.chatId)))) {
      const versions = [...before, ...resumed.events.filter(isChange)]
        .filter(({ data }) => data.chatId === chatId)
        .map(({ data }) => Number(data.version));
      expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    }
    expect(resumed.named("resync")).toEqual([]);
    resumed.cut();
  }
  expect([...server.errors, ...elsewhere.errors]).toEqual([]);
}, 30_000);

test("a catch-up that is cut after any of its events goes on where it was", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const { seller, play, chatIds } = await makeScript();
  const first = await server.open(seller);
  const start = await first.start();
  first.cut();
  await play();
  await server.live.catchUp();
  const whole = await server.open(seller, start);
  const expected = await outcomeOf(chatIds);
  await expect.poll(() => outcome(whole.events.filter(isChange)), poll).toEqual(expected);
  const seen = whole.events.filter(isChange).map(nameOf);
  for (let cut = 1; cut <= seen.length; cut++) {
    const id = whole.events.filter(isChange)[cut - 1]?.id;
    const resumed = await server.open(seller, id);
    await resumed.changed(seen.length - cut);
    expect(resumed.changes).toEqual(seen.slice(cut));
    resumed.cut();
  }
});

test("a stream that was cut before its first change misses none", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const chat = await makeChat(db);
  const reader = await server.open(chat.seller);
  const start = await reader.start();
  reader.cut();
  await say(db, chat.buyer, chat.id, "Did you hear me?");
  const resumed = await server.open(chat.seller, start);
  expect(await resumed.changed(1)).toEqual([`${chat.id} 3 message.created`]);
});

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
