import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { markRead } from "~/chats/positions.server";
import { sendMessage } from "~/chats/send.server";
import { startChat } from "~/chats/start.server";
import { beatTyping } from "~/chats/typing.server";
import { joinChat } from "~/moderation/access/joining.server";
import { openDispute } from "~/moderation/disputes/open-dispute.server";
import { makeCase } from "~test/cases";
import { databaseUrl, db, sql } from "~test/database";
import type { EventReader } from "~test/event-reader";
import { makeChat, makeSubject, makeUser } from "~test/factories";
import { makeInstance } from "~test/instances";
import { startLiveServer } from "~test/live-server";
import { say } from "~test/sending";
import { blockPerson, unblockPerson } from "./block-person.server";

const poll = { timeout: 15_000, interval: 20 };

async function startTwo() {
  const other = makeInstance();
  const [one, two] = [
    await startLiveServer(db, databaseUrl),
    await startLiveServer(other, databaseUrl),
  ];
  return { one, two, other, errors: () => [...one.errors, ...two.errors] };
}

/** What a stream says of somebody, as `event` or `event seq`. */
const saidOf = (reader: EventReader, userId: string, ...events: string[]) =>
  reader
    .named(...events)
    .filter(({ data }) => data.userId === userId)
    .map(({ event, data }) => [event, data.seq ?? data.online].join(" "));

const presenceOf = (reader: EventReader, userId: string) =>
  saidOf(reader, userId, "presence").at(-1);

/** A chat of the buyer with somebody else: what comes there comes after all that was told before. */
async function makeMarker(chat: Awaited<ReturnType<typeof makeChat>>) {
  const third = await makeUser(db);
  const { reference } = await makeSubject(db, third);
  const started = await startChat(db, chat.buyer, reference);
  if (!started || !("chatId" in started)) throw new Error("No chat was started");
  const { chatId } = started;
  return async (...readers: EventReader[]) => {
    await beatTyping(db, third, chatId);
    const message = await say(db, third, chatId, "Marker");
    for (const reader of readers) {
      const has = (event: string) =>
        reader
          .named(event)
          .some(({ data }) => data.chatId === chatId && event !== "message.created") ||
        reader.named("message.created").some(({ data }) => Object(data.message).id === message.id);
      await expect.poll(() => has("message.created"), poll).toBe(true);
      await expect.poll(() => has("typing"), poll).toBe(true);
    }
  };
}

test("both are gone for each other on every instance within a second, and there again", async () => {
  const { one, two, other, errors } = await startTwo();
  const chat = await makeChat(db);
  const buying = [await one.open(chat.buyer), await two.open(chat.buyer)];
  const selling = [await one.open(chat.seller), await two.open(chat.seller)];
  const sights = () => [
    ...buying.map((reader) => presenceOf(reader, chat.seller.id)),
    ...selling.map((reader) => presenceOf(reader, chat.buyer.id)),
  ];
  const all = (sight: string) => [sight, sight, sight, sight];
  await expect.poll(sights, poll).toEqual(all("presence true"));
  const took: number[] = [];
  for (let round = 1; round <= 3; round++) {
    const beganAt = performance.now();
    await blockPerson(round % 2 ? db : other, chat.seller, chat.id);
    await expect.poll(sights, poll).toEqual(all("presence false"));
    took.push(performance.now() - beganAt);
    await unblockPerson(other, chat.seller, chat.id);
    await expect.poll(sights, poll).toEqual(all("presence true"));
    // His own pages say whom he blocks, in every tab; the other's have nothing to say.
    for (const reader of selling) {
      await expect.poll(() => reader.named("resync").length, poll).toBe(2 * round);
    }
  }
  expect(Math.min(...took)).toBeLessThan(1_000);
  for (const reader of buying) expect(reader.named("resync")).toEqual([]);
  expect(errors()).toEqual([]);
});

test("nothing that either does reaches the other's streams, new ones and resumed ones among them", async () => {
  const { one, two, other, errors } = await startTwo();
  const chat = await makeChat(db);
  const mark = await makeMarker(chat);
  await say(db, chat.buyer, chat.id, "Hello");
  await say(db, chat.seller, chat.id, "Good day");
  const first = await two.open(chat.buyer);
  const cursor = await first.start();
  await mark(first);
  await say(db, chat.buyer, chat.id, "Still there?");
  await blockPerson(db, chat.seller, chat.id);
  await mark(first);
  const before = first.events.length;
  const resumed = await one.open(chat.buyer, first.lastId);
  const late = await one.open(chat.seller);
  await Promise.all([resumed.start(), late.start()]);

  await markRead(other, chat.seller, { chatId: chat.id, seq: 4 });
  await beatTyping(db, chat.seller, chat.id);
  await beatTyping(other, chat.buyer, chat.id);
  for (const viewer of [chat.buyer, chat.seller]) {
    await sendMessage(other, viewer, { chatId: chat.id, clientId: randomUUID(), body: "Ho" });
  }
  await mark(first, resumed);
  const again = await two.open(chat.buyer, cursor);
  await mark(first, resumed, again);
  const ofSeller = (reader: EventReader, from = 0) =>
    reader.events.slice(from).filter(({ data }) => data.userId === chat.seller.id);
  expect(ofSeller(first, before)).toEqual([]);
  expect(ofSeller(resumed)).toEqual([]);
  // Of the time before the block he is told as ever, and that the seller has read no further.
  expect(saidOf(again, chat.seller.id, "chat.read", "presence", "typing")).not.toContain(
    "chat.read 4",
  );
  expect(again.named("typing").filter(({ data }) => data.chatId === chat.id)).toEqual([]);
  for (const reader of [first, resumed, again]) {
    expect(reader.named("chat.updated", "resync")).toEqual([]);
    expect(JSON.stringify(reader.events)).not.toMatch(/"isBlocked":true|blockedReadSeq/);
  }
  expect(saidOf(late, chat.buyer.id, "presence", "typing", "chat.read")).toEqual([]);

  await unblockPerson(other, chat.seller, chat.id);
  for (const reader of [first, resumed, again]) {
    const reads = () => saidOf(reader, chat.seller.id, "chat.read").at(-1);
    await expect.poll(reads, poll).toBe("chat.read 4");
  }
  const back = await one.open(chat.buyer, cursor);
  await expect
    .poll(() => saidOf(back, chat.seller.id, "chat.read").at(-1), poll)
    .toBe("chat.read 4");
  expect(errors()).toEqual([]);
});

test("what changes in the chat is told to both, and to whoever is blocked not that he is", async () => {
  const { one, two, errors } = await startTwo();
  const chat = await makeChat(db);
  await blockPerson(db, chat.seller, chat.id);
  const [buying, selling] = [await one.open(chat.buyer), await two.open(chat.seller)];
  await Promise.all([buying.start(), selling.start()]);
  const claim = { reason: "payment", wish: "refund", statement: "Where is it?" } as const;
  await openDispute(db, chat.buyer, { chatId: chat.id, ...claim });
  const shown = (reader: EventReader) =>
    reader.named("chat.updated").map(({ data }) => Object(data.chat).isBlocked);
  await expect.poll(() => shown(buying), poll).toEqual([false]);
  await expect.poll(() => shown(selling), poll).toEqual([true]);
  // Whoever acts in the chat has read it so far, and that is for both to see.
  await expect
    .poll(() => saidOf(selling, chat.buyer.id, "chat.read"), poll)
    .toEqual(["chat.read 2"]);
  expect(errors()).toEqual([]);
});

test("a moderator in the chat sees both as ever, and both see him", async () => {
  const { one, two, errors } = await startTwo();
  const { chat, moderator } = await makeCase(db);
  await joinChat(db, moderator, chat.id);
  await blockPerson(db, chat.seller, chat.id);
  const watching = await one.open(moderator);
  const buying = await two.open(chat.buyer);
  const selling = await one.open(chat.seller);
  await expect.poll(() => presenceOf(watching, chat.seller.id), poll).toBe("presence true");
  await expect.poll(() => presenceOf(watching, chat.buyer.id), poll).toBe("presence true");
  await expect.poll(() => presenceOf(buying, moderator.id), poll).toBe("presence true");
  await beatTyping(db, moderator, chat.id);
  await expect.poll(() => buying.named("typing").length, poll).toBe(1);
  const { seq } = await say(db, moderator, chat.id, "To both of you");
  await markRead(db, chat.seller, { chatId: chat.id, seq });
  await expect
    .poll(() => saidOf(watching, chat.seller.id, "chat.read"), poll)
    .toContain(`chat.read ${seq}`);
  await expect.poll(() => selling.named("message.created").length, poll).toBe(1);
  await say(db, moderator, chat.id, "And once more");
  await expect.poll(() => buying.named("message.created").length, poll).toBe(2);
  expect(saidOf(buying, chat.seller.id, "chat.read")).toEqual([]);
  expect(saidOf(buying, chat.seller.id, "presence")).toEqual([]);
  expect(errors()).toEqual([]);
});

test("a block that nobody told of, because nobody listened, is found when somebody does", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const chat = await makeChat(db);
  const [buying, selling] = [await server.open(chat.buyer), await server.open(chat.seller)];
  await expect.poll(() => presenceOf(buying, chat.seller.id), poll).toBe("presence true");
  await sql`insert into blocks (blocker_id, blocked_id) values (${chat.seller.id}, ${chat.buyer.id})`;
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'parley listener'`;
  await expect.poll(() => presenceOf(buying, chat.seller.id), poll).toBe("presence false");
  await expect.poll(() => presenceOf(selling, chat.buyer.id), poll).toBe("presence false");
});
