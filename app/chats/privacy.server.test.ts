import { expect, test } from "vitest";
import { databaseUrl, db } from "~test/database";
import type { EventReader } from "~test/event-reader";
import { makeChat } from "~test/factories";
import { startLiveServer } from "~test/live-server";
import { say } from "~test/sending";
import { closeChat } from "./close.server";
import { readHistory } from "./history.server";
import { listChats } from "./list.server";
import { markDelivered, markRead } from "./positions.server";
import { readPrivacy, savePrivacy } from "./privacy.server";

const poll = { timeout: 10_000 };
const hidden = { sharesReads: false, sharesPresence: true };
const shared = { sharesReads: true, sharesPresence: true };

const readsOf = (reader: EventReader, userId: string) =>
  reader
    .named("chat.read")
    .filter(({ data }) => data.userId === userId)
    .map(({ data }) => data.seq);

type TestChat = Awaited<ReturnType<typeof makeChat>>;

/** What the buyer's page and list say of how far the seller has read. */
async function shownReads({ id, buyer, seller }: TestChat) {
  const page = await readHistory(db, buyer, { chatId: id, size: 5 });
  const list = await listChats(db, buyer, { filter: "all", size: 5 });
  return [page?.chat, list.chats.find(({ chat }) => chat.id === id)?.chat].map(
    (chat) => chat?.participants.find((participant) => participant.id === seller.id)?.readSeq,
  );
}

/** A chat whose second message is the buyer's, read by the seller. */
async function makeReadChat() {
  const chat = await makeChat(db);
  await say(db, chat.buyer, chat.id, "Hello");
  await markRead(db, chat.seller, { chatId: chat.id, seq: 2 });
  return chat;
}

test("everybody shares at first, and has what he chose last", async () => {
  const { buyer, seller } = await makeChat(db);
  expect(await readPrivacy(db, buyer)).toEqual(shared);
  const choice = { sharesReads: false, sharesPresence: false };
  await savePrivacy(db, buyer, choice);
  await savePrivacy(db, buyer, choice);
  expect(await readPrivacy(db, buyer)).toEqual(choice);
  expect(await readPrivacy(db, seller)).toEqual(shared);
});

test("pages and lists show what others read only if both share it", async () => {
  const chat = await makeReadChat();
  expect(await shownReads(chat)).toEqual([2, 2]);
  for (const user of [chat.buyer, chat.seller]) {
    await savePrivacy(db, user, hidden);
    expect(await shownReads(chat)).toEqual([0, 0]);
    const own = await readHistory(db, chat.seller, { chatId: chat.id, size: 5 });
    expect(own?.chat.participants.find(({ id }) => id === chat.seller.id)?.readSeq).toBe(2);
    await savePrivacy(db, user, shared);
  }
  expect(await shownReads(chat)).toEqual([2, 2]);
});

test("open streams follow on every instance, both ways, whoever of the two changes his mind", async () => {
  const [one, two] = [
    await startLiveServer(db, databaseUrl),
    await startLiveServer(db, databaseUrl),
  ];
  for (const who of ["buyer", "seller"] as const) {
    const chat = await makeReadChat();
    const { id, seller } = chat;
    const [buying, selling] = [await one.open(chat.buyer), await two.open(seller)];
    await Promise.all([buying.start(), selling.start()]);
    await say(db, chat.buyer, id, "One");
    await markRead(db, seller, { chatId: id, seq: 3 });
    await expect.poll(() => readsOf(buying, seller.id), poll).toContain(3);
    await savePrivacy(db, chat[who], hidden);
    const own = who === "buyer" ? buying : selling;
    // His own pages are read again; the other's are told that there is nothing to be known.
    await expect.poll(() => own.named("resync").length, poll).toBe(1);
    if (who === "seller") await expect.poll(() => readsOf(buying, seller.id).at(-1), poll).toBe(0);
    await say(db, chat.buyer, id, "Two");
    await markRead(db, seller, { chatId: id, seq: 4 });
    await expect.poll(() => readsOf(selling, seller.id), poll).toContain(4);
    await savePrivacy(db, chat[who], shared);
    await expect.poll(() => own.named("resync").length, poll).toBe(2);
    await markRead(db, seller, { chatId: id, seq: (await say(db, chat.buyer, id, "3")).seq });
    await expect.poll(() => readsOf(buying, seller.id).at(-1), poll).toBe(5);
    if (who === "buyer") expect(readsOf(buying, seller.id)).not.toContain(4);
  }
  expect([...one.errors, ...two.errors]).toEqual([]);
});

test("a reading that is not shared moves nothing that others could see, also when they resume", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const chat = await makeChat(db);
  await savePrivacy(db, chat.seller, hidden);
  await say(db, chat.buyer, chat.id, "Hello");
  await markDelivered(db, [{ chatId: chat.id, userId: chat.seller.id, seq: 2 }]);
  const [own, watching] = [await server.open(chat.seller), await server.open(chat.buyer)];
  const cursor = await watching.start();
  await own.start();
  await markRead(db, chat.seller, { chatId: chat.id, seq: 2 });
  await expect.poll(() => readsOf(own, chat.seller.id), poll).toContain(2);
  const resumed = await server.open(chat.buyer, cursor);
  await say(db, chat.buyer, chat.id, "And?");
  for (const reader of [watching, resumed]) {
    await expect.poll(() => reader.changes.length, poll).toBe(1);
    const seen = reader.events.slice(
      0,
      reader.events.findIndex(({ event }) => event === "message.created"),
    );
    expect(seen.filter(({ data }) => data.userId === chat.seller.id && data.seq)).toEqual([]);
  }
  await closeChat(db, chat.buyer, chat.id);
  for (const reader of [watching, resumed]) {
    await expect.poll(() => reader.named("chat.updated").length, poll).toBe(1);
    const shown = reader.named("chat.updated")[0]?.data.chat;
    expect(shown).toMatchObject({
      participants: [
        { id: chat.buyer.id, readSeq: 4 },
        { id: chat.seller.id, readSeq: 0 },
      ],
    });
    expect(JSON.stringify(shown)).not.toContain("shares");
  }
});

test("a choice made while the other side was away is found when its stream resumes", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const chat = await makeReadChat();
  const before = await server.open(chat.buyer);
  const cursor = await before.start();
  before.cut();
  await savePrivacy(db, chat.seller, hidden);
  const resumed = await server.open(chat.buyer, cursor);
  await expect.poll(() => readsOf(resumed, chat.seller.id), poll).toEqual([0]);
  const later = await resumed.start();
  resumed.cut();
  await savePrivacy(db, chat.seller, shared);
  const again = await server.open(chat.buyer, later);
  await expect.poll(() => readsOf(again, chat.seller.id), poll).toEqual([2]);
});
