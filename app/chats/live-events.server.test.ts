import { expect, test } from "vitest";
import { notify } from "~/live/notify.server";
import { databaseUrl, db } from "~test/database";
import { makeChat, makeSubject, makeUser } from "~test/factories";
import { startLiveServer } from "~test/live-server";
import { say } from "~test/sending";
import { closeChat } from "./close.server";
import { readHistory } from "./history.server";
import { markRead } from "./positions.server";
import { editMessage, unsendMessage } from "./revise.server";
import { startChat } from "./start.server";

const poll = { timeout: 10_000 };

test("a stream says hello first, as who and of which epoch, and is no page to keep", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const { buyer } = await makeChat(db);
  const reader = await server.open(buyer);
  expect(reader.response.headers).toMatchObject({
    "content-type": "text/event-stream",
    "cache-control": "no-store, no-transform",
    "x-accel-buffering": "no",
  });
  await expect
    .poll(() => reader.events[0], poll)
    .toMatchObject({
      event: "hello",
      data: { userId: buyer.id, epoch: expect.any(String), serverTime: expect.any(String) },
    });
});

test("what happens in a chat reaches both, each change once, in order, and nobody else", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const chat = await makeChat(db);
  const both = await Promise.all([server.open(chat.buyer), server.open(chat.seller)]);
  const stranger = await server.open((await makeChat(db)).buyer);
  await say(db, chat.buyer, chat.id, "Is it there?");
  await say(db, chat.seller, chat.id, "Yes");
  const windowMs = 60_000;
  await editMessage(db, chat.seller, { chatId: chat.id, seq: 3, body: "Yes, it is", windowMs });
  await unsendMessage(db, chat.buyer, { chatId: chat.id, seq: 2, windowMs });
  await closeChat(db, chat.seller, chat.id);
  await server.live.catchUp();
  for (const reader of both) {
    await expect.poll(() => reader.changes.at(-1), poll).toBe(`${chat.id} 8 chat.updated`);
    expect(reader.changes).toEqual([...new Set(reader.changes)]);
    const versions = reader.events.flatMap(({ data }) => (data.version as number) ?? []);
    expect(versions).toEqual(versions.toSorted((a, b) => a - b));
    const updated = reader.named("message.updated").map(({ data }) => data.message);
    expect(updated.at(-1)).toMatchObject({ seq: 2, body: null, deletedAt: expect.any(String) });
    expect(reader.named("chat.updated")[0]?.data.chat).toMatchObject({ status: "closed" });
    const created = reader.named("message.created").map(({ data }) => data.message);
    expect(created).toMatchObject([{ seq: 2 }, { seq: 3 }, { seq: 4, type: "system" }]);
  }
  // He may still hear of his own.
  const isOfChat = ({ data }: { data: Record<string, unknown> }) => data.chatId === chat.id;
  expect(stranger.events.filter(isOfChat)).toEqual([]);
  const afterwards = await readHistory(db, chat.buyer, { chatId: chat.id, size: 40 });
  const last = both[0].named("message.created", "message.updated").findLast(({ data }) => {
    return (data.message as { seq: number }).seq === 3;
  });
  expect(last?.data.message).toEqual(afterwards?.messages[2]);
  expect(server.errors).toEqual([]);
});

test("a new chat reaches both with its first message", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const [buyer, seller] = [await makeUser(db), await makeUser(db)];
  const { reference } = await makeSubject(db, seller);
  const both = await Promise.all([server.open(buyer), server.open(seller)]);
  await startChat(db, buyer, reference);
  for (const reader of both) {
    await reader.changed(2);
    expect(reader.named("chat.created", "message.created")).toMatchObject([
      { event: "chat.created", data: { version: 1, chat: { subject: { reference } } } },
      {
        event: "message.created",
        data: { version: 2, message: { event: { kind: "chat_started" } } },
      },
    ]);
  }
});

test("a message that a stream took is delivered, and one that was read is read, for both", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const chat = await makeChat(db);
  const both = await Promise.all([server.open(chat.buyer), server.open(chat.seller)]);
  await say(db, chat.buyer, chat.id, "Hello");
  const moved = { chatId: chat.id, userId: chat.seller.id, seq: 2 };
  for (const reader of both) {
    await expect
      .poll(() => reader.named("chat.delivered"), poll)
      .toContainEqual({
        event: "chat.delivered",
        id: undefined,
        data: moved,
      });
    expect(reader.named("chat.read").map(({ data }) => data)).not.toContainEqual(moved);
  }
  await markRead(db, chat.seller, { chatId: chat.id, seq: 2 });
  for (const reader of both) {
    await expect
      .poll(() => reader.named("chat.read").map(({ data }) => data), poll)
      .toContainEqual(moved);
  }
});

test("opening a stream delivers what waited, and tells where positions stand", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const chat = await makeChat(db);
  const sender = await server.open(chat.buyer);
  await say(db, chat.buyer, chat.id, "Hello");
  const cursor = await sender.start();
  await server.open(chat.seller);
  const delivered = { chatId: chat.id, userId: chat.seller.id, seq: 2 };
  const data = () => sender.named("chat.delivered").map((one) => one.data);
  await expect.poll(data, poll).toContainEqual(delivered);
  sender.cut();
  const again = await server.open(chat.buyer, cursor);
  await expect
    .poll(() => again.named("chat.delivered").map((one) => one.data), poll)
    .toContainEqual(delivered);
});

test("positions never go backwards on a stream", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const chat = await makeChat(db);
  for (let at = 0; at < 10; at++) await say(db, chat.buyer, chat.id, `I say ${at} now`);
  const cursor = await (await server.open(chat.buyer)).start();
  const marking = (async () => {
    for (let seq = 2; seq <= 11; seq++) await markRead(db, chat.seller, { chatId: chat.id, seq });
  })();
  const readers = await Promise.all(
    Array.from({ length: 8 }, () => server.open(chat.buyer, cursor)),
  );
  await marking;
  for (const reader of readers) {
    const seqs = () =>
      reader
        .named("chat.read")
        .flatMap(({ data }) => (data.userId === chat.seller.id ? data.seq : []));
    await expect.poll(() => seqs().at(-1), poll).toBe(11);
    expect(seqs()).toEqual([...new Set(seqs())].sort((a, b) => Number(a) - Number(b)));
  }
});

test("the eleventh stream of a person ends his oldest, and nobody else's", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const chat = await makeChat(db);
  const other = await server.open(chat.seller);
  const readers: Awaited<ReturnType<typeof server.open>>[] = [];
  for (let at = 0; at < 10; at++) readers.push(await server.open(chat.buyer));
  await expect.poll(() => readers.every(({ events }) => events.length > 0), poll).toBe(true);
  expect(readers.some(({ closed }) => closed)).toBe(false);
  await server.open(chat.buyer);
  await expect.poll(() => readers.map(({ closed }) => closed).indexOf(true), poll).toBe(0);
  expect(readers.filter(({ closed }) => closed)).toHaveLength(1);
  expect(server.ended).toEqual([{ userId: chat.buyer.id, reason: "too-many" }]);
  expect(other.closed).toBe(false);
});

test("a session that ended ends its streams, and no others", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const { buyer } = await makeChat(db);
  const elsewhere = { ...buyer, sessionId: "another session" };
  const [here, there] = [await server.open(buyer), await server.open(elsewhere)];
  await notify(db, [{ kind: "session-ended", sessionId: buyer.sessionId }]);
  await expect.poll(() => here.closed, poll).toBe(true);
  expect(there.closed).toBe(false);
  expect(server.ended).toEqual([{ userId: buyer.id, reason: "signed-out" }]);
});

test("a session that ended while its stream opened gets nothing from it", async () => {
  const server = await startLiveServer(db, databaseUrl, { isSignedIn: async () => false });
  const { buyer } = await makeChat(db);
  const reader = await server.open(buyer);
  await expect.poll(() => reader.closed, poll).toBe(true);
  expect(server.ended).toEqual([{ userId: buyer.id, reason: "signed-out" }]);
});

test("a session that ended while its stream opened has no stream", async () => {
  const server = await startLiveServer(db, databaseUrl, { isSignedIn: async () => false });
  const { buyer } = await makeChat(db);
  const reader = await server.open(buyer);
  await expect.poll(() => reader.closed, poll).toBe(true);
  expect(server.ended).toEqual([{ userId: buyer.id, reason: "signed-out" }]);
});

test("on shutdown all streams end, one that is just opening among them", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const { buyer } = await makeChat(db);
  const open = await server.open(buyer);
  await server.live.close();
  const late = await server.open(buyer);
  await expect.poll(() => open.closed && late.closed, poll).toBe(true);
  expect(late.events).toEqual([]);
});
