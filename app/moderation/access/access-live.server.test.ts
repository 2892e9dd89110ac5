import { expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { listChats, listUnread } from "~/chats/list.server";
import { readPositions } from "~/chats/peers.server";
import { markAllDelivered, markRead } from "~/chats/positions.server";
import { sendMessage } from "~/chats/send.server";
import { beatTyping } from "~/chats/typing.server";
import { makeCase } from "~test/cases";
import { chatPaths } from "~test/chat-paths";
import { databaseUrl, db } from "~test/database";
import type { EventReader } from "~test/event-reader";
import { makeStaged, makeUser } from "~test/factories";
import { startLiveServer } from "~test/live-server";
import { say } from "~test/sending";
import { makeDiskStorage } from "~test/storages";
import { decideDispute } from "../disputes/decide.server";
import { exportOwnChat } from "../transcripts/export.server";
import { joinChat, leaveChat } from "./joining.server";
import { openPicture } from "./pictures.server";
import { redactMessage } from "./redacting.server";
import { searchCaseChat } from "./search-case-chat.server";
import { writeInCase } from "./writing.server";

const forBuyer = { outcome: "buyer", text: "The seller pays it back." } as const;
const poll = { timeout: 15_000 };

async function openOn(servers: Awaited<ReturnType<typeof startLiveServer>>[], viewer: Viewer) {
  const readers = await Promise.all(servers.map((server) => server.open(viewer)));
  await Promise.all(readers.map((reader) => reader.start()));
  return readers;
}

test.each(["leaves", "has his case decided"])(
  "the streams of a moderator who %s lose the chat at once on every instance, also when they resume",
  async (how) => {
    const servers = await Promise.all([1, 2].map(() => startLiveServer(db, databaseUrl)));
    const { chat, moderator, disputeId } = await makeCase(db);
    const readers = await openOn(servers, moderator);
    const [stays] = await openOn(servers, chat.seller);
    await say(db, chat.buyer, chat.id, "Before he joined");
    await joinChat(db, moderator, chat.id);
    await say(db, chat.buyer, chat.id, "While he was there");
    for (const reader of readers) {
      await expect.poll(() => bodies(reader), poll).toContain("While he was there");
      expect(bodies(reader)).not.toContain("Before he joined");
    }
    const cursor = readers[0]?.lastId;
    if (how === "leaves") await leaveChat(db, moderator, chat.id);
    else await decideDispute(db, moderator, disputeId, forBuyer);
    await say(db, chat.buyer, chat.id, "After he left");
    await expect.poll(() => stays && bodies(stays), poll).toContain("After he left");
    for (const reader of readers) {
      // Told to read his pages again, which do not have the chat any more.
      await expect.poll(() => reader.named("resync").length, poll).toBeGreaterThan(0);
    }
    const resumed = await servers[1]?.open(moderator, cursor);
    await resumed?.start();
    await Promise.all(servers.map(({ live }) => live.catchUp()));
    await markRead(db, chat.seller, { chatId: chat.id, seq: 99 });
    await expect.poll(() => stays?.named("chat.read").length, poll).toBeGreaterThan(0);
    for (const reader of resumed ? [...readers, resumed] : readers) {
      expect(bodies(reader)).not.toContain("After he left");
    }
    expect(resumed?.changes).toEqual([]);
    expect(servers.flatMap(({ errors }) => errors)).toEqual([]);
  },
  60_000,
);

test("the other side gets nothing of a private thread, on any path", async () => {
  const servers = await Promise.all([1, 2].map(() => startLiveServer(db, databaseUrl)));
  const { chat, moderator } = await makeCase(db);
  const { buyer, seller } = chat;
  const outsider = await makeUser(db);
  const [mine] = await openOn(servers, buyer);
  const others = [...(await openOn(servers, seller)), ...(await openOn(servers, outsider))];
  const cursor = await others[0]?.start();

  const secret = "Between the two of us: xylophone";
  const draft = () => ({ clientId: crypto.randomUUID(), body: secret });
  const sent = await writeInCase(db, moderator, { ...draft(), chatId: chat.id, to: "buyer" });
  const threadId = String(sent?.chatId);
  await expect.poll(() => mine && bodies(mine), poll).toContain(secret);
  await say(db, buyer, threadId, secret);
  const picture = await makeStaged(db, buyer, threadId);
  const pictures = [{ id: picture.id, alt: secret }];
  await sendMessage(db, buyer, { ...draft(), chatId: threadId, body: "", pictures });
  await markRead(db, buyer, { chatId: threadId, seq: 99 });
  await beatTyping(db, buyer, threadId);
  await redactMessage(db, moderator, { chatId: threadId, seq: 4, reason: secret });
  await expect.poll(() => mine?.named("message.updated").length, poll).toBe(1);
  await Promise.all(servers.map(({ live }) => live.catchUp()));
  // What comes after all of that has come is the end of it.
  await say(db, buyer, chat.id, "For all to see");
  await expect.poll(() => others[0] && bodies(others[0]), poll).toContain("For all to see");
  const resumed = await servers[0]?.open(seller, cursor);
  await expect.poll(() => resumed && bodies(resumed), poll).toContain("For all to see");
  const heard = [...others, ...(resumed ? [resumed] : [])].flatMap(({ events }) => events);
  expect(JSON.stringify(heard)).not.toContain(threadId);
  expect(JSON.stringify(heard)).not.toContain("xylophone");

  const { storage } = makeDiskStorage();
  for (const viewer of [seller, outsider]) {
    for (const [, act] of chatPaths) expect(await act(db, viewer, threadId)).toBeNull();
    for (const size of ["full", "thumbnail"] as const) {
      const asked = { chatId: threadId, id: picture.id, size };
      expect(await openPicture(db, storage, viewer, asked)).toBeNull();
      expect(await openPicture(db, storage, viewer, { ...asked, chatId: chat.id })).toBeNull();
    }
    expect(await searchCaseChat(db, viewer, { chatId: threadId, q: "xylophone" })).toBeNull();
    const list = await listChats(db, viewer, { filter: "all", q: "xylophone", size: 30 });
    expect(list.chats).toEqual([]);
    await markAllDelivered(db, viewer.id);
    const all = await listChats(db, viewer, { filter: "all", size: 30 });
    const known = [all, await listUnread(db, viewer), await readPositions(db, viewer.id)];
    expect(JSON.stringify(known)).not.toContain(threadId);
  }
  const means = {
    storage,
    secret: "a session secret, long enough for it",
    operator: null,
    locale: "en" as const,
    now: new Date(),
  };
  const copies = await Promise.all(
    [seller, buyer].map((viewer) =>
      exportOwnChat(db, viewer, { chatId: chat.id, format: "json" }, means),
    ),
  );
  expect(copies.map((copy) => copy?.bytes.includes(threadId))).toEqual([false, true]);
  expect(copies[0]?.bytes.includes("xylophone")).toBe(false);
  const own = await listChats(db, buyer, { filter: "all", q: "xylophone", size: 30 });
  expect(own.chats.map(({ chat: found }) => found.id)).toEqual([threadId]);
  expect(servers.flatMap(({ errors }) => errors)).toEqual([]);
}, 60_000);

test("a removed message is taken from open pages, without a word of it or of why", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const { chat, moderator } = await makeCase(db);
  const { seq } = await say(db, chat.seller, chat.id, "You fool");
  const [reader] = await openOn([server], chat.buyer);
  await redactMessage(db, moderator, { chatId: chat.id, seq, reason: "An insult" });
  await expect.poll(() => reader?.named("message.updated").length, poll).toBe(1);
  const [updated] = reader?.named("message.updated") ?? [];
  expect(updated?.data.message).toMatchObject({ seq, body: null, isRedacted: true });
  expect(JSON.stringify(reader?.events)).not.toMatch(/fool|insult/i);
}, 60_000);

function bodies(reader: EventReader) {
  return reader.named("message.created").map(({ data }) => (data.message as { body: string }).body);
}
