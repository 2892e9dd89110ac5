import { randomUUID } from "node:crypto";
import { describe, expect, test, vi } from "vitest";
import { findChat } from "~/chats/clock.server";
import { readHistory } from "~/chats/history.server";
import { listChats, listUnread } from "~/chats/list.server";
import { markRead } from "~/chats/positions.server";
import { sendMessage } from "~/chats/send.server";
import { makeCase, makeDispute } from "~test/cases";
import { chatPaths } from "~test/chat-paths";
import { db, sql } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { say } from "~test/sending";
import { appealDispute } from "../disputes/appeal.server";
import { claimDispute, releaseDispute } from "../disputes/claim.server";
import { decideDispute } from "../disputes/decide.server";
import { addNote } from "../disputes/notes.server";
import { openCase } from "../disputes/open-dispute.server";
import { withdrawDispute } from "../disputes/withdraw.server";
import { changeRole } from "../people/roles.server";
import { withOpenCase } from "./access.server";
import { chatOfThread } from "./case-chat-acts.server";
import { freezeChat, thawChat } from "./freezing.server";
import { joinChat, leaveChat } from "./joining.server";
import { openPrivateThread } from "./private-thread.server";
import { writeInCase } from "./writing.server";

// Each asks the database a hundred times, which a busy machine answers slowly.
vi.setConfig({ testTimeout: 60_000 });

const forBuyer = { outcome: "buyer", text: "The seller pays it back." } as const;
const reason = "They insult each other";

async function auditOf(chatId: string) {
  const rows = await sql<{ action: string }[]>`
    select action from audit_log where chat_id = ${chatId} order by seq`;
  return rows.map(({ action }) => action);
}

async function eventsOf(chatId: string) {
  const rows = await sql`select event->>'kind' as kind from chat_messages
    where chat_id = ${chatId} and event is not null order by seq`;
  return rows.map(({ kind }) => kind);
}

const people = async (chatId: string, viewer: Parameters<typeof findChat>[1]) =>
  (await findChat(db, viewer, chatId))?.participants.map(({ role }) => role);

describe("a chat opens to a moderator", () => {
  test("while a case on it is open, and to nobody else", async () => {
    const { chat, moderator, disputeId } = await makeCase(db);
    const admin = await makeUser(db, { role: "admin" });
    const open = { disputeId, caseChatId: chat.id };
    for (const viewer of [moderator, admin]) {
      expect(await withOpenCase(db, viewer, chat.id)).toEqual(open);
    }
    const outsider = await makeUser(db);
    for (const viewer of [chat.buyer, chat.seller, outsider, { ...outsider, id: randomUUID() }]) {
      expect(await withOpenCase(db, viewer, chat.id)).toBeNull();
    }
    await decideDispute(db, moderator, disputeId, forBuyer);
    expect(await withOpenCase(db, moderator, chat.id)).toBeNull();
  });

  test("not by a case on another chat, and not a chat that there is not", async () => {
    const { moderator } = await makeCase(db);
    const other = await makeChat(db);
    expect(await withOpenCase(db, moderator, other.id)).toBeNull();
    expect(await withOpenCase(db, moderator, randomUUID())).toBeNull();
  });

  test("not to one who bought or sold in it, whatever else he is by now", async () => {
    const { chat, disputeId } = await makeCase(db);
    await sql`update users set role = 'admin' where id in (${chat.buyer.id}, ${chat.seller.id})`;
    for (const party of [chat.buyer, chat.seller]) {
      const viewer = { ...party, role: "admin" as const };
      expect(await withOpenCase(db, viewer, chat.id)).toBeNull();
      expect(await joinChat(db, viewer, chat.id)).toBeNull();
      expect(await freezeChat(db, viewer, chat.id, reason)).toBeNull();
      expect(await openPrivateThread(db, viewer, { chatId: chat.id, side: "seller" })).toBeNull();
      expect(await claimDispute(db, viewer, disputeId)).toBeNull();
    }
  });

  test("only as long as he is one, whatever his session says", async () => {
    const { chat, moderator } = await makeCase(db);
    await joinChat(db, moderator, chat.id);
    const { id: threadId } = await thread(moderator, chat.id, "buyer");
    const admin = await makeUser(db, { role: "admin" });
    const colleague = await makeUser(db, { role: "admin" });
    const [changed] = await Promise.all([
      changeRole(db, admin, { userId: moderator.id, role: "user" }),
      joinChat(db, moderator, chat.id),
      openPrivateThread(db, moderator, { chatId: chat.id, side: "seller" }),
      joinChat(db, colleague, chat.id),
    ]);
    expect(changed).toEqual({ role: "user" });
    expect(await auditOf(threadId)).toContain("chat.left");
    expect(await withOpenCase(db, moderator, chat.id)).toBeNull();
    const seats = await sql`
      select 1 from chat_participants where user_id = ${moderator.id} and left_at is null`;
    expect(seats).toEqual([]);
    for (const [, act] of chatPaths) expect(await act(db, moderator, chat.id)).toBeNull();
    expect(await people(chat.id, chat.buyer)).toEqual(["buyer", "moderator", "seller"]);
  });

  test("and neither decides nor opens a case by what he was when he was let in", async () => {
    const { moderator, disputeId } = await makeCase(db);
    const other = await makeChat(db);
    const admin = await makeUser(db, { role: "admin" });
    await changeRole(db, admin, { userId: moderator.id, role: "user" });
    expect(await releaseDispute(db, moderator, disputeId)).toBeNull();
    expect(await addNote(db, moderator, disputeId, "Still me")).toBeNull();
    expect(await decideDispute(db, moderator, disputeId, forBuyer)).toBeNull();
    expect(await openCase(db, moderator, { chatId: other.id, statement: reason })).toBeNull();
  });
});

describe("a moderator who joined", () => {
  test("is seen, writes, and has read what was said before, once however often he joins", async () => {
    const { chat, moderator } = await makeCase(db);
    const joined = await Promise.all([1, 2, 3].map(() => joinChat(db, moderator, chat.id)));
    expect(joined).toEqual(joined.map(() => ({ joined: true })));
    expect(await people(chat.id, chat.seller)).toEqual(["buyer", "moderator", "seller"]);
    expect(await listUnread(db, moderator)).toEqual([]);
    await say(db, moderator, chat.id, "I am here to help");
    expect((await listUnread(db, chat.seller))[0]).toMatchObject({ chatId: chat.id });
    expect((await eventsOf(chat.id)).filter((kind) => kind === "moderator_joined")).toHaveLength(1);
    expect((await auditOf(chat.id)).filter((action) => action === "chat.joined")).toHaveLength(1);
  });

  test("is on no path any more when he has left, and his messages stay", async () => {
    const { chat, moderator } = await makeCase(db);
    await joinChat(db, moderator, chat.id);
    await say(db, moderator, chat.id, "Mine");
    expect(await leaveChat(db, moderator, chat.id)).toEqual({ left: true });
    await say(db, chat.buyer, chat.id, "Is he away?");
    for (const [, act] of chatPaths) expect(await act(db, moderator, chat.id)).toBeNull();
    const list = await listChats(db, moderator, { filter: "all", size: 30 });
    expect(list.chats).toEqual([]);
    expect(await listUnread(db, moderator)).toEqual([]);
    expect(await leaveChat(db, moderator, chat.id)).toBeNull();
    expect(await people(chat.id, chat.buyer)).toEqual(["buyer", "seller"]);
    const history = await readHistory(db, chat.buyer, { chatId: chat.id, size: 40 });
    expect(history?.messages.find(({ body }) => body === "Mine")?.sender).toEqual({
      id: moderator.id,
      name: "Moderator",
      role: "moderator",
    });
    expect(await eventsOf(chat.id)).toContain("moderator_left");
    expect((await auditOf(chat.id)).slice(-2)).toEqual(["chat.joined", "chat.left"]);
    // Back again, at the seat that he had.
    expect(await joinChat(db, moderator, chat.id)).toEqual({ joined: true });
    expect(await listUnread(db, moderator)).toEqual([]);
    expect(await markRead(db, moderator, { chatId: chat.id, seq: 99 })).toEqual({ read: true });
  });

  test.each(["decided", "withdrawn"])("is out of it when its case is %s", async (how) => {
    const { chat, moderator, disputeId } = await makeCase(db);
    const colleague = await makeUser(db, { role: "moderator" });
    await joinChat(db, moderator, chat.id);
    await joinChat(db, colleague, chat.id);
    const { id: threadId } = await thread(colleague, chat.id, "seller");
    await freezeChat(db, moderator, chat.id, reason);
    if (how === "decided") await decideDispute(db, moderator, disputeId, forBuyer);
    else await withdrawDispute(db, chat.buyer, chat.id);
    for (const viewer of [moderator, colleague]) {
      for (const chatId of [chat.id, threadId]) {
        for (const [, act] of chatPaths) expect(await act(db, viewer, chatId)).toBeNull();
      }
    }
    expect(await findChat(db, chat.buyer, chat.id)).toMatchObject({
      status: "open",
      participants: [{ role: "buyer" }, { role: "seller" }],
    });
    expect((await auditOf(chat.id)).slice(-4)).toEqual([
      `dispute.${how}`,
      "chat.thawed",
      "chat.left",
      "chat.left",
    ]);
    expect((await auditOf(threadId)).at(-1)).toBe("chat.left");
  });

  test("is never left in a chat whose case was decided while he joined", async () => {
    for (let round = 0; round < 3; round++) {
      const { chat, moderator, disputeId } = await makeCase(db);
      const colleague = await makeUser(db, { role: "moderator" });
      await Promise.all([
        joinChat(db, colleague, chat.id),
        openPrivateThread(db, colleague, { chatId: chat.id, side: "buyer" }),
        decideDispute(db, moderator, disputeId, forBuyer),
        writeInCase(db, colleague, { ...draft(chat.id), to: "seller" }),
      ]);
      const seats = await sql`
        select p.* from chat_participants p where p.role = 'moderator' and p.left_at is null
          and p.user_id in (${colleague.id}, ${moderator.id})`;
      expect(seats).toEqual([]);
    }
  });
});

const draft = (chatId: string) => ({ chatId, clientId: randomUUID(), body: "What happened?" });

async function thread(
  moderator: Parameters<typeof findChat>[1],
  chatId: string,
  side: "buyer" | "seller",
) {
  const opened = await openPrivateThread(db, moderator, { chatId, side });
  if (!opened) throw new Error("No thread was opened");
  return { id: opened.chatId };
}

describe("a frozen chat", () => {
  test("is for moderators alone to write in, until it is thawed", async () => {
    const { chat, moderator } = await makeCase(db);
    await joinChat(db, moderator, chat.id);
    const freezing = [1, 2].map(() => freezeChat(db, moderator, chat.id, reason));
    expect(await Promise.all(freezing)).toEqual([{ done: true }, { done: true }]);
    for (const viewer of [chat.buyer, chat.seller]) {
      expect(await sendMessage(db, viewer, draft(chat.id))).toEqual({ refused: "notOpen" });
    }
    await say(db, moderator, chat.id, "Calm down");
    expect(await thawChat(db, moderator, chat.id)).toEqual({ done: true });
    await say(db, chat.seller, chat.id, "I am calm");
    expect((await eventsOf(chat.id)).slice(-2)).toEqual(["chat_frozen", "chat_thawed"]);
    const [frozen] = await sql`select details::jsonb from audit_log
      where chat_id = ${chat.id} and action = 'chat.frozen'`;
    expect(frozen?.details).toEqual({ reason });
  });

  test("is not what a closed one becomes", async () => {
    const { chat, moderator } = await makeCase(db);
    await sql`update chats set status = 'closed', closed_at = now() where id = ${chat.id}`;
    const refused = { refused: "notOpen" };
    expect(await freezeChat(db, moderator, chat.id, reason)).toEqual(refused);
    expect(await thawChat(db, moderator, chat.id)).toEqual(refused);
    const write = { ...draft(chat.id), to: "both" as const };
    expect(await writeInCase(db, moderator, write)).toEqual({ ...refused, chatId: chat.id });
    expect(await people(chat.id, chat.buyer)).toEqual(["buyer", "seller"]);
  });
});

describe("writing in a case", () => {
  test("to both is a message that both see, once for a client id", async () => {
    const { chat, moderator } = await makeCase(db);
    const write = { ...draft(chat.id), to: "both" as const };
    const sent = await Promise.all([1, 2].map(() => writeInCase(db, moderator, write)));
    expect(sent.map((one) => one && "repeated" in one && one.repeated).sort()).toEqual([
      false,
      true,
    ]);
    const history = await readHistory(db, chat.seller, { chatId: chat.id, size: 40 });
    expect(history?.messages.filter(({ body }) => body === write.body)).toHaveLength(1);
    expect((await auditOf(chat.id)).slice(-2)).toEqual(["chat.joined", "chat.written"]);
  });

  test("to one side is in a thread of its own, which goes on with an appeal's own thread", async () => {
    const { chat, moderator, disputeId } = await makeCase(db);
    const first = await writeInCase(db, moderator, { ...draft(chat.id), to: "buyer" });
    const second = await writeInCase(db, moderator, { ...draft(chat.id), to: "buyer" });
    expect(second?.chatId).toBe(first?.chatId);
    const threadId = String(first?.chatId);
    expect(await findChat(db, chat.buyer, threadId)).toMatchObject({
      privateThread: { chatId: chat.id, disputeId },
      participants: [{ role: "buyer" }, { role: "moderator" }],
    });
    await say(db, chat.buyer, threadId, "He never sent it");
    expect(await withOpenCase(db, moderator, threadId)).toEqual({
      disputeId,
      caseChatId: chat.id,
    });
    await decideDispute(db, moderator, disputeId, forBuyer);
    expect(await sendMessage(db, chat.buyer, draft(threadId))).toEqual({ refused: "notOpen" });
    expect((await findChat(db, chat.buyer, threadId))?.status).toBe("closed");
    await appealDispute(db, chat.seller, { chatId: chat.id, statement: "Not fair" });
    const other = await makeUser(db, { role: "moderator" });
    expect(await withOpenCase(db, other, threadId)).toMatchObject({ caseChatId: chat.id });
    expect(await chatOfThread(db, other, chat.id, "buyer")).toBe(threadId);
    const third = await writeInCase(db, other, { ...draft(chat.id), to: "buyer" });
    expect(third?.chatId).not.toBe(threadId);
    expect(await chatOfThread(db, other, chat.id, "buyer")).toBe(third?.chatId);
  });

  test("needs a case, and is not done from within a private thread", async () => {
    const moderator = await makeUser(db, { role: "moderator" });
    const chat = await makeChat(db);
    const write = { ...draft(chat.id), to: "both" as const };
    expect(await writeInCase(db, moderator, write)).toBeNull();
    await makeDispute(db, chat);
    const { id } = await thread(moderator, chat.id, "seller");
    expect(await writeInCase(db, moderator, { ...draft(id), to: "both" })).toBeNull();
    expect(await openPrivateThread(db, moderator, { chatId: id, side: "buyer" })).toBeNull();
  });
});
