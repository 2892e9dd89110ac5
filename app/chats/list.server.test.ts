import { expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { db, sql } from "~test/database";
import { makeChat, makeSubject, makeUser } from "~test/factories";
import { say } from "~test/sending";
import { type ListFilter, listChats, listUnread } from "./list.server";
import { markRead, setArchived } from "./positions.server";
import { startChat } from "./start.server";

/** A seller with chats of as many buyers, the oldest first. */
async function makeSeller(chats: number) {
  const seller = await makeUser(db);
  const ids: string[] = [];
  for (let at = 0; at < chats; at++) {
    const { reference } = await makeSubject(db, seller);
    const started = await startChat(db, await makeUser(db), reference);
    if (!started || !("chatId" in started)) throw new Error("No chat was started");
    ids.push(started.chatId);
  }
  return { seller, ids };
}

async function listIds(viewer: Viewer, filter: ListFilter = "all") {
  const { chats } = await listChats(db, viewer, { filter, size: 30 });
  return chats.map(({ chat }) => chat.id);
}

async function pageThrough(viewer: Viewer, size: number, between = async () => {}) {
  const ids: string[] = [];
  let after: string | undefined;
  for (let page = 0; page < 50; page++) {
    const list = await listChats(db, viewer, { filter: "all", after, size });
    expect(list.chats.length).toBeLessThanOrEqual(size);
    ids.push(...list.chats.map(({ chat }) => chat.id));
    if (!list.next) return ids;
    after = list.next;
    await between();
  }
  throw new Error("The list has no end");
}

test("the chat with the latest message stands first, with that message", async () => {
  const { seller, ids } = await makeSeller(3);
  const [first = ""] = ids;
  await say(db, seller, first, "Still for sale");
  const { chats } = await listChats(db, seller, { filter: "all", size: 30 });
  expect(chats.map(({ chat }) => chat.id)).toEqual([ids[0], ids[2], ids[1]]);
  expect(chats[0]).toMatchObject({ lastMessage: { seq: 2, body: "Still for sale" }, match: null });
  expect(chats[1]).toMatchObject({ lastMessage: { seq: 1, event: { kind: "chat_started" } } });
});

test("unread chats are those with something that the viewer did not read", async () => {
  const chat = await makeChat(db);
  expect(await listIds(chat.seller, "unread")).toEqual([]);
  await say(db, chat.buyer, chat.id, "Hello");
  expect(await listIds(chat.seller, "unread")).toEqual([chat.id]);
  expect(await listIds(chat.buyer, "unread")).toEqual([]);
  await markRead(db, chat.seller, { chatId: chat.id, seq: 2 });
  expect(await listIds(chat.seller, "unread")).toEqual([]);
});

test("an archived chat is in the archive alone, for that person alone", async () => {
  const chat = await makeChat(db);
  await setArchived(db, chat.buyer, chat.id, true);
  expect(await listIds(chat.buyer)).toEqual([]);
  expect(await listIds(chat.buyer, "archived")).toEqual([chat.id]);
  expect(await listIds(chat.seller)).toEqual([chat.id]);
  await setArchived(db, chat.buyer, chat.id, false);
  expect(await listIds(chat.buyer)).toEqual([chat.id]);
  expect(await listIds(chat.buyer, "archived")).toEqual([]);
});

test("a chat leaves the archive by its next message, also in the same millisecond", async () => {
  for (let round = 0; round < 8; round++) {
    const chat = await makeChat(db);
    await db.transaction(async (tx) => {
      await say(tx, chat.seller, chat.id, "Before");
      await setArchived(tx, chat.buyer, chat.id, true);
      await say(tx, chat.seller, chat.id, "After");
    });
    expect(await listIds(chat.buyer)).toEqual([chat.id]);
    expect(await listIds(chat.buyer, "archived")).toEqual([]);
  }
});

test("a message that was on its way when its chat was archived brings the chat back", async () => {
  const chat = await makeChat(db);
  await db.transaction(async (tx) => {
    await say(tx, chat.seller, chat.id, "Wait for me");
    expect(await setArchived(db, chat.buyer, chat.id, true)).toEqual({ archived: true });
  });
  expect(await listIds(chat.buyer)).toEqual([chat.id]);
});

test("a clock that is set back keeps no message in the archive", async () => {
  const chat = await makeChat(db);
  await sql`
    update chats set last_message_at = now() + interval '1 hour' where id = ${chat.id}`;
  await setArchived(db, chat.buyer, chat.id, true);
  await say(db, chat.seller, chat.id, "An hour ago");
  expect(await listIds(chat.buyer)).toEqual([chat.id]);
});

test("paging shows every chat once, also where times are equal", async () => {
  const { seller, ids } = await makeSeller(13);
  for (const [at, id] of ids.entries()) {
    const time = `2026-01-01T00:00:00.${Math.floor(at / 5)}00Z`;
    await sql`update chats set last_message_at = ${time} where id = ${id}`;
  }
  const expected = (await listChats(db, seller, { filter: "all", size: 30 })).chats;
  for (const size of [1, 3, 5, 13]) {
    expect(await pageThrough(seller, size)).toEqual(expected.map(({ chat }) => chat.id));
  }
});

test("times of messages are kept as exactly as a page's end names them", async () => {
  const { seller, ids } = await makeSeller(4);
  for (const id of ids) await say(db, seller, id, "Hello");
  const rows = await sql`
    select count(*)::int as finer from chats
    where last_message_at <> date_trunc('milliseconds', last_message_at)`;
  expect(rows).toEqual([{ finer: 0 }]);
  expect((await pageThrough(seller, 1)).sort()).toEqual([...ids].sort());
});

test("paging while messages arrive misses no chat that stayed where it was", async () => {
  const { seller, ids } = await makeSeller(12);
  const [moving = "", ...staying] = [...ids].reverse();
  const seen = await pageThrough(seller, 3, async () => {
    await say(db, seller, moving, "Up again");
  });
  expect(seen).toEqual([moving, ...staying]);
});

test.each([
  "x",
  "2026-02-30T00:00:00.000Z_00000000-0000-4000-8000-000000000000",
  "0000-01-01T00:00:00.000Z_00000000-0000-4000-8000-000000000000",
  "2026-01-01T24:00:00.000Z_00000000-0000-4000-8000-000000000000",
  "2026-01-01T00:00:00.000Z_00000000-0000-4000-8000",
  "2026-01-01T00:00:00.000Z_",
  "\0",
])("a page's end that no list gave out is the beginning: %#", async (after) => {
  const chat = await makeChat(db);
  const { chats } = await listChats(db, chat.buyer, { filter: "all", after, size: 30 });
  expect(chats).toHaveLength(1);
});

test("what is unread is listed with its numbers, and nothing else", async () => {
  const chat = await makeChat(db);
  await say(db, chat.buyer, chat.id, "One");
  await say(db, chat.buyer, chat.id, "Two");
  expect(await listUnread(db, chat.buyer)).toEqual([]);
  expect(await listUnread(db, chat.seller)).toEqual([{ chatId: chat.id, lastSeq: 3, readSeq: 1 }]);
});
