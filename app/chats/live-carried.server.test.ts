import { PassThrough } from "node:stream";
import { setTimeout as pass } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { DatabaseClock } from "~/live/delivery-latency.server";
import { Hub } from "~/live/hub.server";
import { listen } from "~/live/listener.server";
import type { LiveSource } from "~/live/live.server";
import type { Notification } from "~/live/notify.server";
import { Stream } from "~/live/stream.server";
import { Streams } from "~/live/streams.server";
import { databaseUrl, db, sql } from "~test/database";
import { EventReader, isChange, nameOf } from "~test/event-reader";
import { makeChat } from "~test/factories";
import { say, seededRandom } from "~test/sending";
import { chatsAsLiveSource } from "./live-source.server";
import { editMessage, unsendMessage } from "./revise.server";

const poll = { timeout: 20_000 };
const windowMs = 60_000;
/** Longer than what a notification carries. */
const longWords = "Long words. ".repeat(300);

type Options = {
  /** Hands a notification on: late, twice, never. */
  pass?: (hand: () => void) => void;
  clock?: DatabaseClock;
};

/** Another process: it hears of what is committed here, and commits nothing itself. */
async function otherProcess(options: Options = {}) {
  let readings = 0;
  const errors: unknown[] = [];
  const streams = new Streams(1);
  const real = chatsAsLiveSource(db);
  const source: LiveSource = {
    ...real,
    changesOf: (since, chats) => {
      readings++;
      return real.changesOf(since, chats);
    },
  };
  const on = { failed: (error: unknown) => errors.push(error), worked: () => {} };
  const hub = new Hub(source, streams, on, options.clock ?? new DatabaseClock());
  await hub.catchUp();
  const hand = options.pass ?? ((hand: () => void) => hand());
  const listener = await listen(databaseUrl, {
    notification: (told: Notification) => hand(() => hub.receive(told)),
    listening: () => {},
  });
  onTestFinished(() => listener.close());

  async function open({ id }: Viewer): Promise<EventReader<PassThrough>> {
    const output = new PassThrough();
    const base = await real.now();
    const cursor = { epoch: await real.epoch(), base, ahead: new Map() };
    const stream = new Stream(id, "session", output, cursor, 1e6, () => {}, hub.latestBase);
    streams.add(stream);
    await stream.goLive([], base);
    return new EventReader(output);
  }

  return { hub, open, errors, readings: () => readings };
}

const saidOn = (reader: EventReader<PassThrough>) =>
  reader.named("message.created").map(({ data }) => (data.message as { body: string }).body);

test("what another process commits comes with its notification, and only long words are read", async () => {
  const chat = await makeChat(db);
  const other = await otherProcess();
  const reader = await other.open(chat.seller);
  await say(db, chat.buyer, chat.id, "First");
  // Of a chat of which nothing is known yet the first change is read.
  await reader.changed(1);
  const words = Array.from({ length: 10 }, (_, at) => `I say “${at}” \\ "and" 👩‍👩‍👧 \n next line`);
  for (const body of words) await say(db, chat.buyer, chat.id, body);
  await reader.changed(11);
  expect(other.readings()).toBe(1);
  await say(db, chat.seller, chat.id, longWords);
  await reader.changed(12);
  expect(other.readings()).toBe(2);
  await say(db, chat.buyer, chat.id, "Short again");
  await reader.changed(13);
  expect(saidOn(reader)).toEqual(["First", ...words, longWords, "Short again"]);
  expect(other.readings()).toBe(2);
  const messages = reader.events.filter(isChange).map(({ data }) => data.message);
  const { changes } = await chatsAsLiveSource(db).missed(
    { xmin: 1n, xmax: 1n, running: [] },
    chat.seller.id,
  );
  const read = changes.filter(({ seq }) => seq && seq > 1).map(({ data }) => data);
  expect(messages).toEqual(read.map((data) => (data as { message: unknown }).message));
  expect(other.errors).toEqual([]);
});

test("a copy that comes late is not shown: what was taken back meanwhile stays unseen", async () => {
  const chat = await makeChat(db);
  const held: (() => void)[] = [];
  const clock = new DatabaseClock();
  const other = await otherProcess({ clock, pass: (hand) => void held.push(hand) });
  const reader = await other.open(chat.seller);
  await say(db, chat.buyer, chat.id, "Known");
  await expect.poll(() => held.length, poll).toBe(1);
  for (const hand of held.splice(0)) hand();
  await reader.changed(1);
  const { seq } = await say(db, chat.buyer, chat.id, "Regretted");
  await unsendMessage(db, chat.buyer, { chatId: chat.id, seq, windowMs });
  await expect.poll(() => held.length, poll).toBe(2);
  // As if it had come ten seconds later.
  const now = Date.now();
  clock.measure(now, now + 10_000, now);
  for (const hand of held.splice(0)) hand();
  await reader.changed(3);
  expect(saidOn(reader)).toEqual(["Known", null]);
});

/** Loses, doubles, delays and so reorders what it is handed. */
function unreliable(seed: number) {
  const { below } = seededRandom(seed);
  return (hand: () => void) => {
    const what = below(8);
    if (what === 0) return;
    for (let copies = what === 1 ? 2 : 1; copies > 0; copies--) {
      if (below(3)) hand();
      else void pass(below(40)).then(hand);
    }
  };
}

async function write(viewer: Viewer, chatId: string, seed: number) {
  const { below } = seededRandom(seed);
  for (let at = 0; at < 25; at++) {
    const body = below(6) ? `${seed} says ${at}` : `${seed} says ${at}. ${longWords}`;
    const { seq } = await say(db, viewer, chatId, body);
    const what = below(8);
    if (what < 2) await editMessage(db, viewer, { chatId, seq, windowMs, body: `${at} or not` });
    else if (what === 2) await unsendMessage(db, viewer, { chatId, seq, windowMs });
  }
}

test("copies that are lost, doubled, reordered, too long or changed since make no difference", async () => {
  const chats = await Promise.all([1, 2, 3].map(() => makeChat(db)));
  const others = await Promise.all([1, 2].map((seed) => otherProcess({ pass: unreliable(seed) })));
  const readings = others.flatMap((other) =>
    chats.flatMap((chat) =>
      [chat.buyer, chat.seller].map(async (person) => ({ chat, reader: await other.open(person) })),
    ),
  );
  const readers = await Promise.all(readings);
  let isWriting = true;
  const looking = (async () => {
    while (isWriting) {
      await pass(100);
      await Promise.all(others.map(({ hub }) => hub.catchUp()));
    }
  })();
  await Promise.all(
    chats.flatMap(({ id, buyer, seller }, at) => [
      write(buyer, id, 10 + at),
      write(seller, id, 20 + at),
    ]),
  );
  isWriting = false;
  await looking;
  await Promise.all(others.map(({ hub }) => hub.catchUp()));
  for (const { chat, reader } of readers) {
    const rows = await sql`
      select seq::int, version::int, body from chat_messages
      where chat_id = ${chat.id} and seq > 1 order by seq`;
    const shown = () => {
      const messages = new Map<number, unknown>();
      for (const { data } of reader.events.filter(isChange)) {
        const { seq, version, body } = data.message as Record<string, unknown>;
        messages.set(seq as number, { seq, version, body });
      }
      return [...messages.values()];
    };
    await expect.poll(shown, poll).toEqual(rows.map((row) => ({ ...row })));
    const changes = reader.events.filter(isChange);
    expect(new Set(changes.map(nameOf)).size).toBe(changes.length);
    const versions = changes.map(({ data }) => Number(data.version));
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  }
  expect(others.flatMap(({ errors }) => errors)).toEqual([]);
}, 90_000);
