import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { endSession } from "~/accounts/sessions.server";
import { databaseUrl, db, sql } from "~test/database";
import type { EventReader } from "~test/event-reader";
import { makeChat } from "~test/factories";
import { startLiveServer } from "~test/live-server";
import { allRows } from "~test/writes";
import { savePrivacy } from "./privacy.server";
import { startChat } from "./start.server";

const poll = { timeout: 15_000 };

/** Two instances whose clocks a test moves. */
async function startTwo() {
  const clock = { now: 1_000_000 };
  const start = () => startLiveServer(db, databaseUrl, { now: () => clock.now });
  return { clock, one: await start(), two: await start() };
}

const seen = (reader: EventReader) =>
  reader.named("presence").map(({ data }) => [data.userId, data.online]);

test("who opens a stream is online for those he shares a chat with, on every instance", async () => {
  const { one, two } = await startTwo();
  const chat = await makeChat(db);
  const [seller, stranger] = [
    await one.open(chat.seller),
    await two.open((await makeChat(db)).buyer),
  ];
  await Promise.all([seller.start(), stranger.start()]);
  await expect.poll(() => two.live.isOnline(chat.seller.id), poll).toBe(true);
  const buyer = await two.open(chat.buyer);
  // Who comes later is told who is there already; who is there is told who comes.
  await expect.poll(() => seen(buyer), poll).toEqual([[chat.seller.id, true]]);
  await expect.poll(() => seen(seller), poll).toEqual([[chat.buyer.id, true]]);
  expect(one.live.isOnline(chat.buyer.id)).toBe(true);
  expect(seen(stranger)).toEqual([]);
  expect([...one.errors, ...two.errors]).toEqual([]);
});

test("a lease outlives tabs and instances by at most 60 s, and a second instance keeps it", async () => {
  const { clock, one, two } = await startTwo();
  const chat = await makeChat(db);
  const watching = await two.open(chat.seller);
  const [here, there] = [await one.open(chat.buyer), await two.open(chat.buyer)];
  await Promise.all([watching, here, there].map((reader) => reader.start()));
  await expect.poll(() => seen(watching), poll).toEqual([[chat.buyer.id, true]]);
  // One instance is gone without a word; the other one still has a stream.
  await one.stop();
  for (let passed = 0; passed < 120_000; passed += 15_000) {
    clock.now += 15_000;
    expect(two.live.isOnline(chat.buyer.id) || passed > 0).toBe(true);
    await expect.poll(() => two.live.isOnline(chat.buyer.id), poll).toBe(true);
  }
  there.cut();
  await expect.poll(() => two.ended.length, poll).toBe(1);
  expect(seen(watching)).toEqual([[chat.buyer.id, true]]);
  clock.now += 59_000;
  expect(two.live.isOnline(chat.seller.id)).toBe(true);
  clock.now += 1_001;
  await expect
    .poll(() => seen(watching), poll)
    .toEqual([
      [chat.buyer.id, true],
      [chat.buyer.id, false],
    ]);
  expect(two.errors).toEqual([]);
});

test("users of a killed instance go offline 60 s later; those of an instance that lives do not", async () => {
  const { clock, one, two } = await startTwo();
  const [gone, stays] = [await makeChat(db), await makeChat(db)];
  const readers = [await one.open(gone.buyer), await two.open(stays.buyer)];
  for (const reader of readers) await reader.start();
  for (const { buyer } of [gone, stays]) {
    for (const { live } of [one, two]) {
      await expect.poll(() => live.isOnline(buyer.id), poll).toBe(true);
    }
  }
  await one.stop();
  const late = await startLiveServer(db, databaseUrl, { now: () => clock.now });
  // One that starts asks, and is answered before the next summary is due.
  await expect.poll(() => late.live.isOnline(stays.buyer.id), poll).toBe(true);
  clock.now += 30_000;
  // The instance that lives says again who is there; the other one says nothing.
  await expect.poll(() => two.live.isOnline(stays.buyer.id), poll).toBe(true);
  await expect.poll(() => late.live.isOnline(stays.buyer.id), poll).toBe(true);
  clock.now += 30_001;
  expect(two.live.isOnline(gone.buyer.id)).toBe(false);
  await expect.poll(() => two.live.isOnline(stays.buyer.id), poll).toBe(true);
  await expect.poll(() => late.live.isOnline(stays.buyer.id), poll).toBe(true);
});

test("signing out is going offline at once, but not for who is signed in elsewhere, too", async () => {
  const { one, two } = await startTwo();
  const chat = await makeChat(db);
  const watching = await two.open(chat.seller);
  const other = { ...chat.buyer, sessionId: randomUUID() };
  const streams = [await one.open(chat.buyer), await two.open(other)];
  for (const reader of [watching, ...streams]) await reader.start();
  await expect.poll(() => seen(watching), poll).toEqual([[chat.buyer.id, true]]);
  await endSession(db, chat.buyer.sessionId);
  await expect.poll(() => streams[0]?.closed, poll).toBe(true);
  await endSession(db, other.sessionId);
  await expect.poll(() => seen(watching).at(-1), poll).toEqual([chat.buyer.id, false]);
  await expect.poll(() => one.live.isOnline(chat.buyer.id), poll).toBe(false);
});

test("who keeps his presence to himself is shown to nobody, and nobody to him", async () => {
  const { one, two } = await startTwo();
  const chat = await makeChat(db);
  const [buyer, seller] = [await one.open(chat.buyer), await two.open(chat.seller)];
  await expect.poll(() => seen(buyer), poll).toEqual([[chat.seller.id, true]]);
  await expect.poll(() => seen(seller), poll).toEqual([[chat.buyer.id, true]]);
  await savePrivacy(db, chat.buyer, { sharesReads: true, sharesPresence: false });
  await expect.poll(() => seen(seller).at(-1), poll).toEqual([chat.buyer.id, false]);
  await expect.poll(() => buyer.named("resync").length, poll).toBe(1);
  for (const { live } of [one, two]) {
    await expect.poll(() => live.isOnline(chat.buyer.id), poll).toBe(false);
  }
  const again = await two.open(chat.buyer);
  seller.cut();
  const back = await one.open(chat.seller);
  await Promise.all([again.start(), back.start()]);
  await savePrivacy(db, chat.buyer, { sharesReads: true, sharesPresence: true });
  // Nothing of the time between: the first that both are told is that they see each other again.
  await expect.poll(() => seen(again), poll).toEqual([[chat.seller.id, true]]);
  await expect.poll(() => seen(back), poll).toEqual([[chat.buyer.id, true]]);
});

test("who meets in a new chat while both are online is told of each other", async () => {
  const { one, two } = await startTwo();
  const [first, second] = [await makeChat(db), await makeChat(db)];
  const [buyer, seller] = [await one.open(first.buyer), await two.open(second.seller)];
  for (const { live } of [one, two]) {
    await expect.poll(() => live.isOnline(first.buyer.id), poll).toBe(true);
    await expect.poll(() => live.isOnline(second.seller.id), poll).toBe(true);
  }
  await startChat(db, first.buyer, second.reference);
  await expect.poll(() => seen(buyer), poll).toContainEqual([second.seller.id, true]);
  await expect.poll(() => seen(seller), poll).toContainEqual([first.buyer.id, true]);
});

test("presence writes no row, asks few queries for many, and goes on after a cut listener", async () => {
  let asked = 0;
  const clock = { now: 1_000_000 };
  const server = await startLiveServer(db, databaseUrl, {
    now: () => clock.now,
    through: (source) => ({
      ...source,
      peers: (userIds) => {
        asked += 1;
        return source.peers(userIds);
      },
    }),
  });
  const chats = await Promise.all(Array.from({ length: 30 }, () => makeChat(db)));
  const watching = await Promise.all(chats.map((chat) => server.open(chat.seller)));
  for (const reader of watching) await reader.start();
  const undelivered = async () => {
    const rows = await sql`select 1 from chat_participants p join chats c on c.id = p.chat_id
      where p.delivered_seq < c.last_seq and p.user_id in ${sql(chats.map(({ seller }) => seller.id))}`;
    return rows.length;
  };
  await expect.poll(undelivered, poll).toBe(0);
  const before = await allRows(db);
  asked = 0;
  const coming = await Promise.all(chats.map((chat) => server.open(chat.buyer)));
  for (const [at, reader] of watching.entries()) {
    await expect.poll(() => seen(reader), poll).toEqual([[chats[at]?.buyer.id, true]]);
  }
  for (const reader of coming) await reader.start();
  expect(asked).toBeLessThan(chats.length);
  clock.now += 20_000;
  expect(await allRows(db)).toEqual(before);
  await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'parley listener'`;
  await expect.poll(() => server.live.isListening(), poll).toBe(true);
  const other = await startLiveServer(db, databaseUrl, { now: () => clock.now });
  await expect.poll(() => other.live.isOnline(chats[0]?.buyer.id ?? ""), poll).toBe(true);
});
