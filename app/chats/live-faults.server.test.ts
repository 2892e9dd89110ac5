import { get } from "node:http";
import postgres from "postgres";
import { expect, onTestFinished, test } from "vitest";
import { databaseUrl, db, sql } from "~test/database";
import { makeChat } from "~test/factories";
import { startLiveServer } from "~test/live-server";
import { say } from "~test/sending";
import { markRead } from "./positions.server";
import { editMessage } from "./revise.server";

const poll = { timeout: 10_000 };
const elsewhere = new URL("/postgres", databaseUrl).href;

async function killListeners() {
  return sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'parley listener' and datname = current_database()`;
}

/** Keeps everybody from connecting anew; open connections go on. */
async function shutOut() {
  await Promise.all(Array.from({ length: 10 }, () => sql`select pg_sleep(0.05)`));
  const outside = postgres(elsewhere, { max: 1, onnotice: () => {} });
  const name = new URL(databaseUrl).pathname.slice(1);
  const allow = (yes: boolean) =>
    outside.unsafe(`alter database ${name} with allow_connections ${yes}`);
  await allow(false);
  onTestFinished(async () => {
    await allow(true);
    await outside.end();
  });
  return () => allow(true);
}

test("what no notification told of is found by looking", async () => {
  const server = await startLiveServer(db, elsewhere);
  const chat = await makeChat(db);
  const reader = await server.open(chat.seller);
  await reader.start();
  for (const body of ["One", "Two", "Three"]) await say(db, chat.buyer, chat.id, body);
  await server.live.catchUp();
  expect(await reader.changed(3)).toEqual([3, 4, 5].map((v) => `${chat.id} ${v} message.created`));
  await server.live.catchUp();
  await say(db, chat.buyer, chat.id, "Four");
  await server.live.catchUp();
  await reader.changed(4);
});

test("nothing that happens while the listener is away is lost, positions among it", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const chat = await makeChat(db);
  const reader = await server.open(chat.buyer);
  await reader.start();
  await say(db, chat.buyer, chat.id, "Before");
  await reader.changed(1);
  const letIn = await shutOut();
  expect(server.live.isListening()).toBe(true);
  await killListeners();
  await expect.poll(server.live.isListening, poll).toBe(false);
  await say(db, chat.buyer, chat.id, "Can you hear me?");
  await markRead(db, chat.seller, { chatId: chat.id, seq: 3 });
  // The base that changes are found from moves on meanwhile.
  await server.live.catchUp();
  expect(await reader.changed(2)).toEqual([3, 4].map((v) => `${chat.id} ${v} message.created`));
  await letIn();
  await expect.poll(server.live.isListening, poll).toBe(true);
  const read = { chatId: chat.id, userId: chat.seller.id, seq: 3 };
  await expect
    .poll(() => reader.named("chat.read").map(({ data }) => data), poll)
    .toContainEqual(read);
  const heard = async () => {
    await say(db, chat.buyer, chat.id, "Again");
    return server.live.catchUp();
  };
  await heard();
  await reader.changed(3);
}, 30_000);

test("messages sent while listeners are killed again and again come once, in order", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const chat = await makeChat(db);
  const reader = await server.open(chat.seller);
  await reader.start();
  for (let at = 0; at < 30; at++) {
    if (at % 6 === 0) await killListeners();
    await say(db, chat.buyer, chat.id, `I say ${at} now`);
  }
  const changes = await reader.changed(30);
  expect(changes).toEqual(changes.map((_, at) => `${chat.id} ${at + 3} message.created`));
});

test("a reading that fails is made up for by the next", async () => {
  let failing = false;
  const server = await startLiveServer(db, databaseUrl, {
    through: (source) => ({
      ...source,
      changesOf: (since, chats) => {
        if (failing) throw new Error("The database is away");
        return source.changesOf(since, chats);
      },
    }),
  });
  const chat = await makeChat(db);
  const reader = await server.open(chat.seller);
  await reader.start();
  const { seq } = await say(db, chat.buyer, chat.id, "I say it now");
  await reader.changed(1);
  failing = true;
  // An edit is always read; a message that this process has just committed may need no reading.
  const edit = { chatId: chat.id, seq, windowMs: 900_000, body: "I say it again" };
  await editMessage(db, chat.buyer, edit);
  await expect.poll(() => server.errors.length, poll).toBeGreaterThan(0);
  failing = false;
  await server.live.catchUp();
  expect(await reader.changed(2)).toEqual([
    `${chat.id} 3 message.created`,
    `${chat.id} 4 message.updated`,
  ]);
});

test("a stream that could not catch up ends, so that its reader comes again", async () => {
  const server = await startLiveServer(db, databaseUrl, {
    through: (source) => ({
      ...source,
      missed: () => Promise.reject(new Error("The database is away")),
    }),
  });
  const { buyer } = await makeChat(db);
  const reader = await server.open(buyer);
  await expect.poll(() => reader.closed, poll).toBe(true);
  expect(server.ended).toEqual([{ userId: buyer.id, reason: "failed" }]);
});

test("a message that comes while a stream catches up waits its turn", async () => {
  let meanwhile = async () => {};
  const server = await startLiveServer(db, databaseUrl, {
    through: (source) => ({
      ...source,
      missed: async (since, userId) => {
        const missed = await source.missed(since, userId);
        await meanwhile();
        return missed;
      },
    }),
  });
  const chat = await makeChat(db);
  const other = await server.open(chat.buyer);
  const start = await other.start();
  await say(db, chat.buyer, chat.id, "Missed");
  await other.changed(1);
  meanwhile = async () => {
    await say(db, chat.buyer, chat.id, "Meanwhile");
    await other.changed(2);
    // Whoever has it by now was told; the base moves past it.
    await server.live.catchUp();
  };
  const reader = await server.open(chat.seller, start);
  expect(await reader.changed(2)).toEqual([3, 4].map((v) => `${chat.id} ${v} message.created`));
});

test("who leaves while his stream opens leaves nothing behind", async () => {
  let arrived = () => {};
  let goOn = () => {};
  const asked = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const gone = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const server = await startLiveServer(db, databaseUrl, {
    through: (source) => ({
      ...source,
      epoch: async () => {
        arrived();
        await gone;
        return source.epoch();
      },
    }),
  });
  const { buyer } = await makeChat(db);
  const headers = { "x-viewer": `${buyer.id} ${buyer.sessionId}` };
  const request = get({ port: server.port, path: "/events", headers, agent: false });
  request.on("error", () => {});
  await asked;
  request.destroy();
  await expect.poll(() => server.connections(), poll).toBe(0);
  goOn();
  await expect.poll(() => server.ended, poll).toEqual([{ userId: buyer.id, reason: "left" }]);
});

test("a reader who takes nothing is cut at his limit, and gets everything when he comes back", async () => {
  const server = await startLiveServer(db, databaseUrl, { queueBytes: 150_000 });
  const chat = await makeChat(db);
  const reader = await server.open(chat.seller);
  const start = await reader.start();
  const other = await server.open(chat.buyer);
  await other.start();
  reader.response.pause();
  const body = "Long words. ".repeat(5_000);
  let sent = 0;
  while (server.ended.length === 0) {
    await say(db, chat.buyer, chat.id, body);
    await other.changed(++sent);
  }
  expect(server.ended).toEqual([{ userId: chat.seller.id, reason: "too-slow" }]);
  expect(other.closed).toBe(false);
  reader.response.resume();
  await expect.poll(() => reader.closed, poll).toBe(true);
  const got = reader.changes.length;
  expect(got).toBeLessThan(sent);
  const resumed = await server.open(chat.seller, reader.lastId ?? start);
  await resumed.changed(sent - got);
  expect([...reader.changes, ...resumed.changes]).toEqual(other.changes);
}, 60_000);
