import { expect, test } from "vitest";
import { databaseUrl, db } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { startLiveServer } from "~test/live-server";
import { allRows } from "~test/writes";
import { closeChat } from "./close.server";
import { beatTyping } from "./typing.server";

const poll = { timeout: 10_000, interval: 10 };

test("who types is shown to the other side on any instance, and to nobody else", async () => {
  const [one, two] = [
    await startLiveServer(db, databaseUrl),
    await startLiveServer(db, databaseUrl),
  ];
  const chat = await makeChat(db);
  const [near, far] = [await one.open(chat.seller), await two.open(chat.seller)];
  const own = await two.open(chat.buyer);
  const stranger = await one.open((await makeChat(db)).buyer);
  for (const reader of [near, far, own, stranger]) await reader.start();
  const beats = () => [near, far].map((reader) => reader.named("typing").map(({ data }) => data));
  await beatTyping(db, chat.buyer, chat.id);
  const beat = { chatId: chat.id, userId: chat.buyer.id };
  await expect.poll(beats, poll).toEqual([[beat], [beat]]);
  // What the other side writes back travels behind it on the same connections.
  await beatTyping(db, chat.seller, chat.id);
  await expect.poll(() => own.named("typing").length, poll).toBe(1);
  expect(own.named("typing")[0]?.data.userId).toBe(chat.seller.id);
  expect(stranger.named("typing")).toEqual([]);
  expect(beats()).toEqual([[beat], [beat]]);
});

test("a beat is shown within 300 ms", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const took: number[] = [];
  for (let run = 0; run < 5; run += 1) {
    const chat = await makeChat(db);
    const reader = await server.open(chat.seller);
    await reader.start();
    const beganAt = performance.now();
    await beatTyping(db, chat.buyer, chat.id);
    await expect.poll(() => reader.named("typing").length, poll).toBe(1);
    took.push(performance.now() - beganAt);
  }
  // The quickest one, because other tests use the same cores.
  expect(Math.min(...took)).toBeLessThan(300);
});

test("nothing is shown of a stranger, in a closed chat, or of beats beyond two a second", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const [chat, closed] = [await makeChat(db), await makeChat(db)];
  const readers = [await server.open(chat.seller), await server.open(closed.seller)];
  for (const reader of readers) await reader.start();
  await closeChat(db, closed.seller, closed.id);
  expect(await beatTyping(db, await makeUser(db), chat.id)).toBeNull();
  expect(await beatTyping(db, closed.buyer, closed.id)).toEqual({ typing: true });
  const beats = Array.from({ length: 20 }, () => beatTyping(db, chat.buyer, chat.id));
  expect(new Set((await Promise.all(beats)).map((told) => told?.typing))).toEqual(new Set([true]));
  await expect.poll(() => readers[0]?.named("typing").length, poll).toBeGreaterThan(0);
  expect(readers[0]?.named("typing").length).toBeLessThanOrEqual(2);
  expect(readers[1]?.named("typing")).toEqual([]);
});

test("beats of a process travel together, and write no row", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const chats = await Promise.all(Array.from({ length: 20 }, () => makeChat(db)));
  const readers = await Promise.all(chats.map((chat) => server.open(chat.seller)));
  for (const reader of readers) await reader.start();
  await server.live.catchUp();
  const delivered = () =>
    db.query.chatParticipants
      .findMany()
      .then((rows) => rows.filter(({ deliveredSeq }) => deliveredSeq < 1).length);
  await expect.poll(delivered, poll).toBe(0);
  const before = await allRows(db);
  await Promise.all(chats.map((chat) => beatTyping(db, chat.buyer, chat.id)));
  for (const reader of readers) {
    await expect.poll(() => reader.named("typing").length, poll).toBe(1);
  }
  expect(await allRows(db)).toEqual(before);
  expect(server.errors).toEqual([]);
});
