import { describe, expect, test, vi } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { readHistory } from "~/chats/history.server";
import { listChats } from "~/chats/list.server";
import { editMessage, unsendMessage } from "~/chats/revise.server";
import { sendMessage } from "~/chats/send.server";
import { makeCase } from "~test/cases";
import { db, sql } from "~test/database";
import { makeChat, makeStaged, makeUser } from "~test/factories";
import { say } from "~test/sending";
import { means } from "~test/transcripts";
import { decideDispute } from "../disputes/decide.server";
import { joinChat } from "./joining.server";
import { noteLook } from "./looks.server";
import { openPicture } from "./pictures.server";
import { openPrivateThread } from "./private-thread.server";
import { readCaseChat } from "./read-case-chat.server";
import { redactMessage } from "./redacting.server";
import { searchCaseChat } from "./search-case-chat.server";

const { storage: noStorage } = means;

// Each asks the database a hundred times, which a busy machine answers slowly.
vi.setConfig({ testTimeout: 60_000 });

type InCase = Awaited<ReturnType<typeof makeCase>>;

const windowMs = 60_000;
const reason = "An insult";
const forBuyer = { outcome: "buyer", text: "The seller pays it back." } as const;

const read = (viewer: Viewer, chatId: string, place = {}) =>
  readCaseChat(db, viewer, { chatId, size: 40, ...place });

async function auditOf(viewer: Viewer) {
  const rows = await sql`select action, chat_id, dispute_id, details::jsonb as details
    from audit_log where actor_id = ${viewer.id} order by seq`;
  return rows.map((row) => ({ ...row }));
}

async function sendPicture(chat: InCase["chat"]) {
  const { id } = await makeStaged(db, chat.seller, chat.id);
  const draft = { chatId: chat.id, clientId: crypto.randomUUID(), body: "" };
  const sent = await sendMessage(db, chat.seller, { ...draft, pictures: [{ id, alt: null }] });
  if (!sent || !("message" in sent)) throw new Error("The picture was not sent");
  return { id, seq: sent.message.seq };
}

describe("under a case", () => {
  test("a moderator reads the chat as it happened, and every look is in the audit log", async () => {
    const { chat, moderator, disputeId } = await makeCase(db);
    const { seq: edited } = await say(db, chat.buyer, chat.id, "Where is it?");
    await editMessage(db, chat.buyer, {
      chatId: chat.id,
      seq: edited,
      body: "Where is he?",
      windowMs,
    });
    const { seq: unsent } = await say(db, chat.seller, chat.id, "I sold it twice");
    await unsendMessage(db, chat.seller, { chatId: chat.id, seq: unsent, windowMs });
    const { seq: removed } = await say(db, chat.seller, chat.id, "You fool", { replyTo: edited });
    await redactMessage(db, moderator, { chatId: chat.id, seq: removed, reason });

    const found = await read(moderator, chat.id);
    const at = (seq: number) => found?.messages.find((message) => message.seq === seq);
    expect(at(edited)).toMatchObject({
      body: "Where is he?",
      earlier: [{ body: "Where is it?" }],
      redaction: null,
    });
    expect(at(unsent)).toMatchObject({ body: null, earlier: [{ body: "I sold it twice" }] });
    expect(at(removed)).toMatchObject({
      body: null,
      isRedacted: true,
      earlier: [{ body: "You fool" }],
      redaction: { by: { id: moderator.id, name: "Moderator" }, reason },
    });
    expect(found).toMatchObject({ disputeId, caseChatId: chat.id, chat: { id: chat.id } });

    const page = await read(moderator, chat.id, { after: unsent });
    expect(page?.quoted.map(({ seq }) => seq)).toEqual([edited]);
    const looks = (await auditOf(moderator)).filter(({ action }) => action === "chat.viewed");
    expect(looks).toEqual([
      {
        action: "chat.viewed",
        chat_id: chat.id,
        dispute_id: disputeId,
        details: { from: 1, to: removed },
      },
      expect.objectContaining({ details: { from: removed, to: removed } }),
    ]);
  });

  test("its pages neither overlap nor miss a message", async () => {
    const { chat, moderator } = await makeCase(db);
    for (let n = 0; n < 8; n++) await say(db, chat.buyer, chat.id, `Message ${n}`);
    const last = (await read(moderator, chat.id))?.messages.at(-1)?.seq ?? 0;
    const seqs: number[] = [];
    for (let before = last + 1; before > 1; ) {
      const page = await readCaseChat(db, moderator, { chatId: chat.id, size: 3, before });
      seqs.unshift(...(page?.messages.map(({ seq }) => seq) ?? []));
      before = seqs[0] ?? 0;
    }
    expect(seqs).toEqual(Array.from({ length: last }, (_, at) => at + 1));
  });

  test("who really read what is shown, and who was there", async () => {
    const { chat, moderator } = await makeCase(db);
    await sql`update users set shares_reads = false where id = ${chat.seller.id}`;
    await say(db, chat.seller, chat.id, "I keep it to myself");
    await joinChat(db, moderator, chat.id);
    const found = await read(moderator, chat.id);
    const seller = found?.everybody.find(({ role }) => role === "seller");
    expect(seller).toMatchObject({ leftAt: null, readSeq: expect.any(Number) });
    expect(seller?.readSeq).toBeGreaterThan(1);
    expect(found?.everybody.map(({ role }) => role)).toEqual(["buyer", "moderator", "seller"]);
  });

  test("a search finds what was said and what was taken back, and is noted without its words", async () => {
    const { chat, moderator, disputeId } = await makeCase(db);
    const { seq } = await say(db, chat.seller, chat.id, "Meet me at the harbour");
    await unsendMessage(db, chat.seller, { chatId: chat.id, seq, windowMs });
    const later = await say(db, chat.buyer, chat.id, "I was at the harbour");
    const found = await searchCaseChat(db, moderator, { chatId: chat.id, q: "harbour" });
    expect(found?.messages.map((message) => message.seq)).toEqual([later.seq, seq]);
    for (const q of ["", "';--", "nothing like it"]) {
      const none = await searchCaseChat(db, moderator, { chatId: chat.id, q });
      expect(none).toEqual({ messages: [], hasMore: false });
    }
    const searched = (await auditOf(moderator)).filter(({ action }) => action === "chat.searched");
    expect(searched).toHaveLength(4);
    expect(searched[0]).toMatchObject({ dispute_id: disputeId, details: { found: 2 } });
    expect(JSON.stringify(searched)).not.toContain("harbour");
  });

  test("a picture that was taken back is seen, and each one opened is noted; thumbnails are not", async () => {
    const { chat, moderator, disputeId } = await makeCase(db);
    const { id, seq } = await sendPicture(chat);
    const waiting = await makeStaged(db, chat.seller, chat.id);
    await unsendMessage(db, chat.seller, { chatId: chat.id, seq, windowMs });
    const asked = { chatId: chat.id, id };
    expect((await read(moderator, chat.id))?.messages.at(-1)?.attachments).toMatchObject([{ id }]);
    expect(
      await openPicture(db, noStorage, moderator, { ...asked, size: "thumbnail" }),
    ).not.toBeNull();
    expect((await auditOf(moderator)).map(({ action }) => action)).not.toContain("picture.viewed");
    expect(await openPicture(db, noStorage, moderator, { ...asked, size: "full" })).toMatchObject({
      bytes: 12_345,
    });
    expect((await auditOf(moderator)).at(-1)).toEqual({
      action: "picture.viewed",
      chat_id: chat.id,
      dispute_id: disputeId,
      details: { pictureId: id },
    });
    for (const size of ["full", "thumbnail"] as const) {
      expect(
        await openPicture(db, noStorage, moderator, { ...asked, id: waiting.id, size }),
      ).toBeNull();
      for (const viewer of [chat.buyer, chat.seller]) {
        expect(await openPicture(db, noStorage, viewer, { ...asked, size })).toBeNull();
      }
    }
  });

  test("who joined is noted all the same: his pages, the pictures that he opens", async () => {
    const { chat, moderator, disputeId } = await makeCase(db);
    const { id } = await sendPicture(chat);
    await joinChat(db, moderator, chat.id);
    const page = await readHistory(db, moderator, { chatId: chat.id, size: 40 });
    if (!page) throw new Error("He is in the chat");
    expect(await noteLook(db, moderator, page)).toEqual({ noted: true });
    await openPicture(db, noStorage, moderator, { chatId: chat.id, id, size: "full" });
    const noted = (await auditOf(moderator)).map(({ action }) => action);
    expect(noted.slice(-2)).toEqual(["chat.viewed", "picture.viewed"]);
    expect(await noteLook(db, chat.buyer, page)).toEqual({ noted: false });
    // What he finds in his list is no way around it.
    await say(db, chat.buyer, chat.id, "A word that nobody else says: xylophone");
    const list = await listChats(db, moderator, { filter: "all", q: "xylophone", size: 30 });
    expect(list.chats).toEqual([]);
    await decideDispute(db, moderator, disputeId, forBuyer);
    expect(await noteLook(db, moderator, page)).toBeNull();
  });
});

describe("without an open case", () => {
  test("there is nothing to read, to search or to see, for moderators, admins and parties", async () => {
    const { chat, moderator, disputeId } = await makeCase(db);
    const { id } = await sendPicture(chat);
    const thread = await openPrivateThread(db, moderator, { chatId: chat.id, side: "buyer" });
    const other = await makeChat(db);
    await decideDispute(db, moderator, disputeId, forBuyer);
    const admin = await makeUser(db, { role: "admin" });
    const before = await sql`select count(*) from audit_log`;
    for (const viewer of [moderator, admin, chat.buyer, chat.seller]) {
      for (const chatId of [chat.id, String(thread?.chatId), other.id]) {
        expect(await read(viewer, chatId)).toBeNull();
        expect(await searchCaseChat(db, viewer, { chatId, q: "a" })).toBeNull();
        expect(await redactMessage(db, viewer, { chatId, seq: 1, reason })).toBeNull();
      }
    }
    for (const viewer of [moderator, admin]) {
      expect(
        await openPicture(db, noStorage, viewer, { chatId: chat.id, id, size: "full" }),
      ).toBeNull();
    }
    expect(await sql`select count(*) from audit_log`).toEqual(before);
  });

  test("a look that was allowed comes before the end of its case in the audit log", async () => {
    const { chat, moderator, disputeId } = await makeCase(db);
    const colleague = await makeUser(db, { role: "moderator" });
    const [looks] = await Promise.all([
      Promise.all(Array.from({ length: 8 }, () => read(colleague, chat.id))),
      decideDispute(db, moderator, disputeId, forBuyer),
    ]);
    const rows = await sql<{ action: string }[]>`
      select action from audit_log where dispute_id = ${disputeId} order by seq`;
    const actions = rows.map(({ action }) => action);
    expect(actions.lastIndexOf("chat.viewed")).toBeLessThan(actions.indexOf("dispute.decided"));
    const allowed = looks.filter((look) => look !== null).length;
    expect(actions.filter((action) => action === "chat.viewed")).toHaveLength(allowed);
  });
});

describe("a message that a moderator removed", () => {
  test("says so to both sides, once, keeps its place, and cannot be changed again", async () => {
    const { chat, moderator } = await makeCase(db);
    const { seq, id } = await say(db, chat.seller, chat.id, "You fool");
    const asked = { chatId: chat.id, seq, reason };
    const removals = await Promise.all([1, 2, 3].map(() => redactMessage(db, moderator, asked)));
    for (const removal of removals) {
      expect(removal).toMatchObject({ message: { body: null, isRedacted: true } });
    }
    const again = { chatId: chat.id, seq, windowMs };
    expect(await editMessage(db, chat.seller, { ...again, body: "Fool" })).toEqual({
      refused: "notAllowed",
    });
    await unsendMessage(db, chat.seller, again);
    for (const viewer of [chat.buyer, chat.seller]) {
      const history = await readHistory(db, viewer, { chatId: chat.id, size: 40 });
      const message = history?.messages.find((one) => one.seq === seq);
      expect(message).toMatchObject({ id, body: null, isRedacted: true, attachments: [] });
      expect(JSON.stringify(history)).not.toContain(reason);
      const found = await listChats(db, viewer, { filter: "all", q: "fool", size: 30 });
      expect(found.chats).toEqual([]);
    }
    expect(
      await sql`select version from chat_message_versions where message_id = ${id}`,
    ).toHaveLength(1);
    expect((await auditOf(moderator)).at(-1)).toMatchObject({
      action: "message.redacted",
      details: { messageId: id, seq, reason },
    });
  });

  test("takes its pictures along; one that was unsent is removed, too; a system message is not", async () => {
    const { chat, moderator } = await makeCase(db);
    const picture = await sendPicture(chat);
    const asked = { chatId: chat.id, reason };
    await redactMessage(db, moderator, { ...asked, seq: picture.seq });
    const at = { chatId: chat.id, id: picture.id, size: "full" as const };
    expect(await openPicture(db, noStorage, chat.buyer, at)).toBeNull();
    const { seq } = await say(db, chat.seller, chat.id, "Gone");
    await unsendMessage(db, chat.seller, { chatId: chat.id, seq, windowMs });
    expect(await redactMessage(db, moderator, { ...asked, seq })).toMatchObject({
      message: { isRedacted: true },
    });
    expect(await redactMessage(db, moderator, { ...asked, seq: 1 })).toEqual({
      refused: "notRedactable",
    });
    expect(await redactMessage(db, moderator, { ...asked, seq: 999 })).toBeNull();
  });
});
