import { setTimeout as pass } from "node:timers/promises";
import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { chatParticipants } from "~/db/schema";
import type { LiveSource } from "~/live/live.server";
import { databaseUrl, db, sql } from "~test/database";
import { makeChat } from "~test/factories";
import { startLiveServer } from "~test/live-server";
import { say, seededRandom } from "~test/sending";
import { announce, lockChat, tick } from "./clock.server";
import { editMessage } from "./revise.server";

const poll = { timeout: 20_000 };
/** Nothing is ever heard there. */
const elsewhere = new URL("/postgres", databaseUrl).href;

test("what a process commits reaches its streams with one reading for each chat, then with none", async () => {
  let readings = 0;
  const server = await startLiveServer(db, elsewhere, {
    through: (source) => ({
      ...source,
      // Else it may find a message between its commit and the commit's answer.
      changed: async (since) => ({ snapshot: since, chats: [] }),
      changesOf: (since, chats) => {
        readings++;
        return source.changesOf(since, chats);
      },
    }),
  });
  const chat = await makeChat(db);
  const readers = [await server.open(chat.buyer), await server.open(chat.seller)];
  await Promise.all(readers.map((reader) => reader.start()));
  await say(db, chat.buyer, chat.id, "First");
  await readers[0]?.changed(1);
  const before = readings;
  for (let at = 0; at < 10; at++) await say(db, chat.seller, chat.id, `I say ${at} now`);
  for (const reader of readers) {
    const changes = await reader.changed(11);
    expect(changes).toEqual(changes.map((_, at) => `${chat.id} ${at + 3} message.created`));
  }
  expect([before, readings]).toEqual([1, 1]);
});

/** Makes what a process commits come late, twice, in another order or not at all, and readings late. */
function unreliable(seed: number, source: LiveSource): LiveSource {
  const { below } = seededRandom(seed);
  return {
    ...source,
    changesOf: async (since, chats) => {
      await pass(below(15));
      const found = await source.changesOf(since, chats);
      await pass(below(15));
      return found;
    },
    committed: (listener) =>
      source.committed((changes) => {
        const copies = [[], [changes], [changes], [changes, changes]][below(4)] ?? [];
        for (const copy of copies) {
          if (below(2)) listener(copy);
          else void pass(below(30)).then(() => listener(copy));
        }
      }),
  };
}

test("each change comes once and in order, whichever comes first: commit, notification, look or reading", async () => {
  const servers = await Promise.all(
    [1, 2].map((seed) =>
      startLiveServer(db, databaseUrl, { through: (source) => unreliable(seed, source) }),
    ),
  );
  const chats = await Promise.all([1, 2, 3].map(() => makeChat(db)));
  const readers = await Promise.all(
    servers.flatMap((server) =>
      chats.flatMap((chat) => [server.open(chat.buyer), server.open(chat.seller)]),
    ),
  );
  await Promise.all(readers.map((reader) => reader.start()));
  let writing = true;
  const looking = (async () => {
    while (writing) {
      await Promise.all(servers.map(({ live }) => live.catchUp()));
      await pass(20);
    }
  })();
  async function write(viewer: Viewer, chatId: string, seed: number) {
    const { below } = seededRandom(seed);
    for (let at = 0; at < 25; at++) {
      const { seq } = await say(db, viewer, chatId, `${seed} says ${at}`);
      const edited = { chatId, seq, body: `${at}, or rather not`, windowMs: 60_000 };
      if (below(4) === 0) await editMessage(db, viewer, edited);
    }
  }
  await Promise.all(
    chats.flatMap(({ id, buyer, seller }, at) => [
      write(buyer, id, 10 + at),
      write(seller, id, 20 + at),
    ]),
  );
  writing = false;
  await looking;
  for (const [at, reader] of readers.entries()) {
    const chat = chats[Math.floor((at % 6) / 2)];
    if (!chat) throw new Error("A reader of no chat");
    const rows = await sql`
      select seq, version from chat_messages where chat_id = ${chat.id} and seq > 1`;
    const truth = new Map(rows.map(({ seq, version }) => [Number(seq), Number(version)]));
    const seen = () =>
      new Map(
        reader.named("message.created", "message.updated").map(({ data }) => {
          const { seq, version } = data.message as { seq: number; version: number };
          return [seq, version];
        }),
      );
    await expect.poll(() => [...seen()].sort(), poll).toEqual([...truth].sort());
    const versions = reader.events.flatMap(({ data }) => (data.version as number) ?? []);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    const created = reader.named("message.created").map(({ data }) => data.message);
    expect(created).toMatchObject(created.map((_, place) => ({ seq: place + 2 })));
  }
  expect(servers.flatMap(({ errors }) => errors)).toEqual([]);
}, 90_000);

test("who was taken out of a chat gets nothing that came after, even if it is read late", async () => {
  let goOn = () => {};
  let isHeld = false;
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const server = await startLiveServer(db, databaseUrl, {
    through: (source) => ({
      ...source,
      committed: () => () => {},
      changesOf: async (since, chats) => {
        isHeld = true;
        await held;
        return source.changesOf(since, chats);
      },
    }),
  });
  const chat = await makeChat(db);
  const [stays, leaves] = [await server.open(chat.buyer), await server.open(chat.seller)];
  await Promise.all([stays.start(), leaves.start()]);
  await say(db, chat.buyer, chat.id, "You may not read this any more, or you may");
  await expect.poll(() => isHeld, poll).toBe(true);
  await db.transaction(async (tx) => {
    const locked = await lockChat(tx, chat.buyer, chat.id);
    if (!locked) throw new Error("No such chat");
    const leaving = and(
      eq(chatParticipants.chatId, chat.id),
      eq(chatParticipants.userId, chat.seller.id),
    );
    await tx.delete(chatParticipants).where(leaving);
    const { version } = await tick(tx, chat.id, "state");
    const participants = locked.participants.filter(({ id }) => id !== chat.seller.id);
    await announce(tx, { ...locked, participants }, version);
  });
  await say(db, chat.buyer, chat.id, "You may certainly not read this");
  goOn();
  await expect.poll(() => stays.changes, poll).toContain(`${chat.id} 5 message.created`);
  await say(db, chat.buyer, chat.id, "Nor this");
  await expect.poll(() => stays.changes, poll).toContain(`${chat.id} 6 message.created`);
  const late = await server.open(chat.seller, await leaves.start());
  await late.start();
  await server.live.catchUp();
  // The first came while he was in the chat: it may have reached him before anything was read.
  const first = `${chat.id} 3 message.created`;
  for (const { changes } of [leaves, late]) expect(new Set([first, ...changes]).size).toBe(1);
  expect(leaves.named("chat.read", "chat.delivered").map(({ data }) => data.seq)).not.toContain(5);
});

test("streams of a database that turns out to be a backup end, and their readers reload", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const chat = await makeChat(db);
  const reader = await server.open(chat.seller);
  const start = await reader.start();
  await sql`update deployment set fingerprint = 'another cluster'`;
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'parley listener' and datname = current_database()`;
  await expect.poll(() => reader.closed, poll).toBe(true);
  expect(server.ended).toEqual([{ userId: chat.seller.id, reason: "restored" }]);
  await expect.poll(server.live.isListening, poll).toBe(true);
  const again = await server.open(chat.seller, start);
  await expect.poll(() => again.events.length, poll).toBeGreaterThan(1);
  expect(again.events.slice(0, 2).map(({ event }) => event)).toEqual(["hello", "resync"]);
  expect(again.events[0]?.data.epoch).not.toBe(reader.events[0]?.data.epoch);
  await say(db, chat.buyer, chat.id, "Still there?");
  await expect.poll(() => again.changes, poll).toContain(`${chat.id} 3 message.created`);
});
