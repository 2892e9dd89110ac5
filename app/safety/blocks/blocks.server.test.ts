import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { findChat } from "~/chats/clock.server";
import { closeChat } from "~/chats/close.server";
import { readChatPage } from "~/chats/history.server";
import { listChats, listUnread } from "~/chats/list.server";
import { markAllDelivered, markRead } from "~/chats/positions.server";
import { editMessage, unsendMessage } from "~/chats/revise.server";
import { sendMessage } from "~/chats/send.server";
import { answerUnstored } from "~/chats/send-alone.server";
import { startChat } from "~/chats/start.server";
import { joinChat } from "~/moderation/access/joining.server";
import { writeInCase } from "~/moderation/access/writing.server";
import { openDispute } from "~/moderation/disputes/open-dispute.server";
import { readSideView } from "~/moderation/disputes/side-view.server";
import { exportOwnChat } from "~/moderation/transcripts/export.server";
import { findListing } from "~/subjects/listings.server";
import { makeCase } from "~test/cases";
import { db, sql } from "~test/database";
import { makeChat, makeSubject, makeUser } from "~test/factories";
import { say } from "~test/sending";
import { blockPerson, unblock, unblockPerson } from "./block-person.server";
import { listBlocked } from "./list-blocked.server";

type TestChat = Awaited<ReturnType<typeof makeChat>>;

const notDelivered = { refused: "notDelivered" };
const done = { done: true };

/** The seller blocks the buyer. */
async function makeBlocked() {
  const chat = await makeChat(db);
  await say(db, chat.buyer, chat.id, "Hello");
  await say(db, chat.seller, chat.id, "Good day");
  await blockPerson(db, chat.seller, chat.id);
  return chat;
}

const draft = (chatId: string, body = "Still there?") => ({
  chatId,
  clientId: randomUUID(),
  body,
});

const means = {
  storage: { get: async () => null } as never,
  secret: "a session secret, long enough for it",
  operator: null,
  locale: "en" as const,
  now: new Date("2025-03-01T12:00:00Z"),
};

/** All that a side can read of a chat. */
async function everythingOf(viewer: Viewer, { id: chatId, reference }: TestChat) {
  const lists = (["all", "unread", "archived"] as const).map((filter) =>
    listChats(db, viewer, { filter, size: 30 }),
  );
  const copy = await exportOwnChat(db, viewer, { chatId, format: "json" }, means);
  const { document } = JSON.parse(copy?.bytes.toString() ?? "{}");
  // Each export is in the audit log, which the copy shows.
  return {
    chat: await findChat(db, viewer, chatId),
    page: await readChatPage(db, viewer, { chatId, size: 40, about: 2 }),
    lists: await Promise.all(lists),
    found: await listChats(db, viewer, { filter: "all", q: "hello", size: 30 }),
    unread: await listUnread(db, viewer),
    dispute: await readSideView(db, viewer, chatId, means.now),
    copy: { ...document, actions: [] },
    listing: await findListing(db, viewer, reference),
    blocked: await listBlocked(db, viewer, { size: 30 }),
  };
}

describe("where one side blocks the other", () => {
  test("neither sends, by whatever way, and nothing is stored", async () => {
    const chat = await makeBlocked();
    const before =
      await sql`select version, last_seq, last_message_at from chats where id = ${chat.id}`;
    for (const viewer of [chat.buyer, chat.seller]) {
      expect(await sendMessage(db, viewer, draft(chat.id))).toEqual(notDelivered);
      const three = [1, 2, 3].map(() => sendMessage(db, viewer, draft(chat.id)));
      expect(await Promise.all(three)).toEqual([notDelivered, notDelivered, notDelivered]);
      const within = db.transaction((tx) => sendMessage(tx, viewer, draft(chat.id)));
      expect(await within).toEqual(notDelivered);
      const answer = { ...draft(chat.id), replyTo: 2 };
      expect(await sendMessage(db, viewer, answer)).toEqual(notDelivered);
      const early = await answerUnstored(db, viewer, draft(chat.id), "image");
      expect(early).toEqual({ sent: notDelivered });
    }
    expect(
      await sql`select version, last_seq, last_message_at from chats where id = ${chat.id}`,
    ).toEqual(before);
  });

  test("a repeat of what was stored before is answered as ever", async () => {
    const chat = await makeChat(db);
    const first = draft(chat.id, "Before");
    await sendMessage(db, chat.buyer, first);
    await blockPerson(db, chat.seller, chat.id);
    expect(await sendMessage(db, chat.buyer, first)).toMatchObject({ repeated: true });
    expect(await sendMessage(db, chat.buyer, { ...first, body: "Other" })).toEqual({
      refused: "clientIdReused",
    });
  });

  test("neither edits, both can take back, and both can end the chat", async () => {
    const chat = await makeBlocked();
    for (const [viewer, seq] of [
      [chat.buyer, 2],
      [chat.seller, 3],
    ] as const) {
      const at = { chatId: chat.id, seq, windowMs: 60_000 };
      expect(await editMessage(db, viewer, { ...at, body: "Changed" })).toEqual(notDelivered);
      // Too late is too late, as ever.
      expect(await editMessage(db, viewer, { ...at, windowMs: -1, body: "Late" })).toEqual({
        refused: "notAllowed",
      });
      expect(await unsendMessage(db, viewer, at)).toMatchObject({ message: { body: null } });
    }
    expect(await closeChat(db, chat.buyer, chat.id)).toEqual({ closed: true });
    expect(await sendMessage(db, chat.buyer, draft(chat.id))).toEqual({ refused: "notOpen" });
  });

  test("whoever is blocked can read nothing that he could not before, whatever the other does", async () => {
    const chat = await makeChat(db);
    await say(db, chat.buyer, chat.id, "Hello");
    await markRead(db, chat.seller, { chatId: chat.id, seq: 1 });
    await say(db, chat.buyer, chat.id, "Hello again");
    const before = await everythingOf(chat.buyer, chat);
    expect(before.chat?.participants[1]).toMatchObject({ readSeq: 1, deliveredSeq: 1 });
    await blockPerson(db, chat.seller, chat.id);
    expect(await everythingOf(chat.buyer, chat)).toEqual(before);
    await markAllDelivered(db, chat.seller.id);
    expect(await everythingOf(chat.buyer, chat)).toEqual(before);
    await markRead(db, chat.seller, { chatId: chat.id, seq: 3 });
    expect(await everythingOf(chat.buyer, chat)).toEqual(before);
    // He himself has read it, and it does not count as unread.
    expect(await listUnread(db, chat.seller)).toEqual([]);
    await unblockPerson(db, chat.seller, chat.id);
    const after = await findChat(db, chat.buyer, chat.id);
    expect(after?.participants[1]).toMatchObject({ readSeq: 3, deliveredSeq: 3 });
    expect(after?.version).toBe(before.chat?.version);
  });

  test("whoever blocks sees that he does, and of the other no more than the other of him", async () => {
    const chat = await makeChat(db);
    await say(db, chat.seller, chat.id, "Hello");
    await blockPerson(db, chat.seller, chat.id);
    await markRead(db, chat.buyer, { chatId: chat.id, seq: 2 });
    const seen = await findChat(db, chat.seller, chat.id);
    expect(seen).toMatchObject({ isBlocked: true, participants: [{ readSeq: 1 }, {}] });
    const { people, next } = await listBlocked(db, chat.seller, { size: 30 });
    expect(people).toMatchObject([{ id: chat.buyer.id, name: chat.buyer.name }]);
    expect(next).toBeNull();
  });

  test("neither starts a chat, whoever of them sells, and nothing counts as tried", async () => {
    const chat = await makeBlocked();
    const [ofBlocker, ofBlocked] = [
      await makeSubject(db, chat.seller),
      await makeSubject(db, chat.buyer),
    ];
    expect(await startChat(db, chat.buyer, ofBlocker.reference, 2)).toEqual(notDelivered);
    expect(await startChat(db, chat.buyer, ofBlocker.reference, 2)).toEqual(notDelivered);
    expect(await startChat(db, chat.seller, ofBlocked.reference)).toEqual({ refused: "blocking" });
    // The one that they have is found.
    expect(await startChat(db, chat.buyer, chat.reference)).toEqual({
      chatId: chat.id,
      created: false,
    });
    await unblockPerson(db, chat.seller, chat.id);
    const started = await startChat(db, chat.buyer, ofBlocker.reference, 2);
    expect(started).toMatchObject({ created: true });
  });

  test("it holds in all chats of the two, whoever sells, and in no other", async () => {
    const chat = await makeChat(db);
    const turned = await makeSubject(db, chat.buyer);
    const other = await startChat(db, chat.seller, turned.reference);
    const elsewhere = await makeSubject(db, chat.seller);
    const third = await makeUser(db);
    const free = await startChat(db, third, elsewhere.reference);
    if (!other || !("chatId" in other) || !free || !("chatId" in free)) throw new Error("No chat");
    await blockPerson(db, chat.seller, chat.id);
    for (const viewer of [chat.buyer, chat.seller]) {
      expect(await sendMessage(db, viewer, draft(other.chatId))).toEqual(notDelivered);
    }
    await say(db, chat.seller, free.chatId, "To somebody else");
    // By whatever chat it is taken back, it is taken back in all.
    await unblockPerson(db, chat.seller, other.chatId);
    await say(db, chat.buyer, chat.id, "Back again");
  });

  test("either side still opens a dispute, and moderators write to both", async () => {
    const { chat, moderator } = await makeCase(db);
    await blockPerson(db, chat.seller, chat.id);
    const to = (whom: "both" | "buyer") =>
      writeInCase(db, moderator, { ...draft(chat.id), to: whom });
    for (const whom of ["both", "buyer"] as const) {
      expect(await to(whom)).toMatchObject({ message: { sender: { role: "moderator" } } });
    }
    const other = await makeBlocked();
    const claim = { reason: "not_received", wish: "refund", statement: "It never came." } as const;
    const opened = await openDispute(db, other.buyer, { chatId: other.id, ...claim });
    expect(opened).toMatchObject({ isNew: true });
    expect(await readChatPage(db, other.seller, { chatId: other.id, size: 40 })).toMatchObject({
      chat: { isBlocked: true, dispute: { openedAs: "buyer" } },
    });
    expect(await readSideView(db, other.buyer, other.id, means.now)).toMatchObject({
      chat: { isBlocked: false },
    });
  });
});

describe("who blocks whom", () => {
  test("once is enough, each takes back his own alone, and a second press changes nothing", async () => {
    const chat = await makeChat(db);
    for (const viewer of [chat.buyer, chat.buyer, chat.seller]) {
      expect(await blockPerson(db, viewer, chat.id)).toEqual(done);
    }
    expect(await unblockPerson(db, chat.buyer, chat.id)).toEqual(done);
    expect(await unblockPerson(db, chat.buyer, chat.id)).toEqual(done);
    expect(await sendMessage(db, chat.seller, draft(chat.id))).toEqual(notDelivered);
    expect(await findChat(db, chat.buyer, chat.id)).toMatchObject({ isBlocked: false });
    expect(await unblock(db, chat.seller, chat.buyer.id)).toEqual(done);
    await say(db, chat.seller, chat.id, "Peace");
    const rows = await sql`
      select 1 from chat_participants where chat_id = ${chat.id} and blocked_read_seq is not null`;
    expect(rows).toHaveLength(0);
  });

  test("positions that one block holds are held until the last of two is taken back", async () => {
    const chat = await makeChat(db);
    await say(db, chat.buyer, chat.id, "One");
    await blockPerson(db, chat.seller, chat.id);
    await markRead(db, chat.seller, { chatId: chat.id, seq: 2 });
    await blockPerson(db, chat.buyer, chat.id);
    await unblockPerson(db, chat.seller, chat.id);
    const seen = async () => (await findChat(db, chat.buyer, chat.id))?.participants[1]?.readSeq;
    expect(await seen()).toBe(1);
    await unblockPerson(db, chat.buyer, chat.id);
    expect(await seen()).toBe(2);
  });

  test("strangers, moderators in a chat and whoever is signed out block nobody", async () => {
    const { chat, moderator } = await makeCase(db);
    await joinChat(db, moderator, chat.id);
    const stranger = await makeUser(db);
    expect(await blockPerson(db, stranger, chat.id)).toBeNull();
    expect(await unblockPerson(db, stranger, chat.id)).toBeNull();
    const refused = { refused: "notBlockable" };
    expect(await blockPerson(db, moderator, chat.id)).toEqual(refused);
    const gone = { ...chat.buyer, sessionId: "ended" };
    expect(await blockPerson(db, gone, chat.id)).toBeNull();
    const rows =
      await sql`select 1 from blocks where blocker_id in (${moderator.id}, ${stranger.id}, ${chat.buyer.id})`;
    expect(rows).toHaveLength(0);
    // Whom a side blocks is the other side, however many moderators are there.
    expect(await blockPerson(db, chat.buyer, chat.id)).toEqual(done);
    const { people } = await listBlocked(db, chat.buyer, { size: 30 });
    expect(people.map(({ id }) => id)).toEqual([chat.seller.id]);
  });

  test("in a private thread there is nobody to block", async () => {
    const { chat, moderator } = await makeCase(db);
    const sent = await writeInCase(db, moderator, { ...draft(chat.id), to: "buyer" });
    const refused = { refused: "notBlockable" };
    expect(await blockPerson(db, chat.buyer, sent?.chatId ?? "")).toEqual(refused);
    await blockPerson(db, chat.seller, chat.id);
    await say(db, chat.buyer, sent?.chatId ?? "", "To the moderator");
  });

  test("to take back what nobody blocks is not to learn who there is", async () => {
    const viewer = await makeUser(db);
    for (const id of [(await makeUser(db)).id, randomUUID(), viewer.id]) {
      expect(await unblock(db, viewer, id)).toEqual(done);
    }
  });

  test("the list of them pages", async () => {
    const seller = await makeUser(db);
    for (let count = 0; count < 5; count++) {
      const { id } = await makeUser(db);
      await sql`insert into blocks (blocker_id, blocked_id) values (${seller.id}, ${id})`;
    }
    const ids: string[] = [];
    for (let after: string | undefined, next: string | null = ""; next !== null; ) {
      const page = await listBlocked(db, seller, { after, size: 2 });
      ids.push(...page.people.map(({ id }) => id));
      next = page.next;
      after = next ?? undefined;
    }
    expect(new Set(ids).size).toBe(5);
  });
});
