import { expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { databaseUrl, db, sql } from "~test/database";
import { isChange, nameOf } from "~test/event-reader";
import { makeChat, makeSubject, makeUser } from "~test/factories";
import { startLiveServer } from "~test/live-server";
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
