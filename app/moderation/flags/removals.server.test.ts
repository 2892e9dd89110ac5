import { describe, expect, test, vi } from "vitest";
import { findMessage } from "~/chats/messages.server";
import { makeCase } from "~test/cases";
import { db, sql } from "~test/database";
import { makeUser } from "~test/factories";
import { decide, makeFlag, makeReport } from "~test/flags";
import { makeInstance } from "~test/instances";
import { say } from "~test/sending";
import { readCaseChat } from "../access/read-case-chat.server";
import { redactMessage } from "../access/redacting.server";
import { writeInCase } from "../access/writing.server";
import { readNotices } from "../people/notices.server";
import { acknowledgeRemoval, ownDecisions } from "../people/own-decisions.server";
import { appealSanction, decideSanctionAppeal } from "../people/sanction-appeals.server";
import { liftSanction } from "../people/sanctions.server";
import { appealFlag } from "./appeal-flag.server";
import { decideFlag } from "./decide.server";
import { lookAtFlag } from "./look.server";
import { countFlags, listFlags } from "./queue.server";

/** Each of them makes people, chats and cases, one after the other, on a machine that may be busy. */
vi.setConfig({ testTimeout: 60_000 });

const text = "Spoons are what I collect";
const removals = async ({ id }: { id: string }) => (await ownDecisions(db, id)).removals;

/** The author of a removal appeals it, and another moderator decides. */
async function appealed(author: { id: string }, id: string, choice: "fine" | "upheld") {
  const viewer = { ...author, role: "user" as const };
  expect(await appealFlag(db, viewer, { id, text })).toEqual({ appealed: true });
  const [appeal] = await sql`select id from flags where appeal_of = ${id}`;
  return decide(db, String(appeal?.id), { choice, statement: `It is ${choice}` });
}

/** A message of the buyer that filters flagged, in a chat with a case. */
async function makeBoth() {
  const open = await makeCase(db);
  const flagged = await makeFlag(db, { chat: open.chat });
  const { seq } = flagged.message;
  const removeInCase = (db_ = db) =>
    redactMessage(db_, open.moderator, { chatId: open.chat.id, seq, reason: "Not in this case" });
  const now = () => findMessage(db, open.chat.id, seq);
  return { ...open, ...flagged, buyer: open.chat.buyer, removeInCase, now };
}

describe("a message that was removed twice comes back with the last of its removals", () => {
  test.each(["flag", "case"] as const)("the %s's was first", async (first) => {
    for (const granted of ["flag", "case"] as const) {
      const { id, buyer, removeInCase, now, message } = await makeBoth();
      if (first === "case") await removeInCase();
      await decide(db, id, { choice: "redacted", statement: "No spoons" });
      if (first === "flag") await removeInCase();
      const own = await removals(buyer);
      expect(own).toHaveLength(2);
      const ofCase = own.find((one) => one.id !== id)?.id ?? "";
      const [before, after] = granted === "flag" ? [id, ofCase] : [ofCase, id];

      await appealed(buyer, before, "fine");
      expect(await now()).toMatchObject({ body: null, isRedacted: true });
      const still = (await removals(buyer)).find((one) => one.id === before);
      expect(still).toMatchObject({
        about: { message: { isRemoved: true } },
        appeal: { decided: { isGranted: true } },
      });
      // Moderators see the reason that holds.
      const reason = granted === "flag" ? "Not in this case" : "No spoons";
      expect(
        await sql`select redaction_reason from chat_messages where id = ${message.id}`,
      ).toEqual([{ redaction_reason: reason }]);
      await appealed(buyer, after, "fine");
      expect(await now()).toMatchObject({ body: message.body, isRedacted: false });
    }
  });

  test("with a sanction: its appeal counts as the flag's", async () => {
    const { id, buyer, removeInCase, now, message } = await makeBoth();
    await decide(db, id, { choice: "warning", alsoRedact: true });
    await removeInCase();
    const [sanction] = (await ownDecisions(db, buyer.id)).sanctions;
    await appealSanction(db, buyer, { id: sanction?.id ?? "", text });
    const another = await makeUser(db, { role: "moderator" });
    const asked = { id: sanction?.id ?? "", answer: "So they are", isGranted: true };
    await decideSanctionAppeal(db, another, asked);
    expect(await now()).toMatchObject({ body: null, isRedacted: true });
    const [ofCase] = await removals(buyer);
    await appealed(buyer, ofCase?.id ?? "", "fine");
    expect(await now()).toMatchObject({ body: message.body, isRedacted: false });
  });

  test("with a sanction that was lifted by hand, whose appeal was declined before: that lifts nothing", async () => {
    const { id, buyer, removeInCase, now } = await makeBoth();
    await decide(db, id, { choice: "warning", alsoRedact: true });
    await removeInCase();
    const sanctionId = (await ownDecisions(db, buyer.id)).sanctions[0]?.id ?? "";
    await appealSanction(db, buyer, { id: sanctionId, text });
    const another = await makeUser(db, { role: "moderator" });
    const declined = { id: sanctionId, answer: "They are not", isGranted: false };
    await decideSanctionAppeal(db, another, declined);
    await liftSanction(db, another, { id: sanctionId, reason: "It was long ago" });
    const [ofCase, ...others] = await removals(buyer);
    // His one appeal of the sanction was of what it removed as well.
    expect(others).toEqual([]);
    await appealed(buyer, ofCase?.id ?? "", "fine");
    expect(await now()).toMatchObject({ body: null, isRedacted: true });
  });

  test("by two flags, one after the other", async () => {
    const { id, chat, message } = await makeFlag(db);
    await decide(db, id, { choice: "redacted" });
    const second = await makeFlag(db, { chat });
    await sql`update flags set message_id = ${message.id}, seq = ${message.seq}
      where id = ${second.id}`;
    await makeReport(db, second.id, chat.seller);
    await decide(db, second.id, { choice: "redacted" });
    await appealed(chat.buyer, id, "fine");
    expect((await findMessage(db, chat.id, message.seq))?.isRedacted).toBe(true);
    await appealed(chat.buyer, second.id, "upheld");
    expect((await findMessage(db, chat.id, message.seq))?.isRedacted).toBe(true);
  });

  test("and both appeals granted at once bring it back once", async () => {
    const { id, buyer, removeInCase, now, message } = await makeBoth();
    await decide(db, id, { choice: "redacted" });
    await removeInCase();
    await Promise.all((await removals(buyer)).map((one) => appealed(buyer, one.id, "fine")));
    expect(await now()).toMatchObject({ body: message.body, isRedacted: false });
    const restored = await sql`select from audit_log
      where action = 'message.restored' and chat_id = ${message.chatId}`;
    expect(restored).toHaveLength(1);
  });
});

describe("a removal under a dispute", () => {
  test("has a statement of reasons for its author, and for nobody else", async () => {
    const { chat, moderator, buyer, removeInCase, message } = await makeBoth();
    await removeInCase();
    const [removal] = await removals(buyer);
    expect(removal).toMatchObject({
      reason: "Not in this case",
      isActive: true,
      appeal: null,
      about: {
        subject: "A red bicycle",
        foundBy: "dispute",
        message: { words: message.body, isRemoved: true },
      },
    });
    expect(JSON.stringify(removal)).not.toContain(moderator.id);
    expect(await removals(chat.seller)).toEqual([]);
    expect(await readNotices(db, buyer)).toEqual(["removal"]);
    expect(await readNotices(db, chat.seller)).toEqual([]);
    await acknowledgeRemoval(db, buyer, removal?.id ?? "");
    expect(await readNotices(db, buyer)).toEqual([]);
  });

  test("twice, also at once on two instances, is one", async () => {
    const { buyer, removeInCase, chat } = await makeBoth();
    await Promise.all([removeInCase(), removeInCase(makeInstance())]);
    await removeInCase();
    expect(await removals(buyer)).toHaveLength(1);
    const removed = await sql`select from audit_log
      where action = 'message.redacted' and chat_id = ${chat.id}`;
    expect(removed).toHaveLength(1);
  });

  test("after it came back on appeal is another one, with an appeal of its own", async () => {
    const { buyer, removeInCase, now } = await makeBoth();
    await removeInCase();
    const [first] = await removals(buyer);
    await appealed(buyer, first?.id ?? "", "fine");
    expect((await now())?.isRedacted).toBe(false);
    await removeInCase();
    expect((await now())?.isRedacted).toBe(true);
    expect(await removals(buyer)).toHaveLength(2);
  });

  test("is appealed once, to another moderator", async () => {
    const { chat, moderator, buyer, removeInCase, now } = await makeBoth();
    await removeInCase();
    const [removal] = await removals(buyer);
    const id = removal?.id ?? "";
    expect(await appealFlag(db, chat.seller, { id, text })).toBeNull();
    expect(await appealFlag(db, moderator, { id, text })).toBeNull();
    expect(await appealFlag(db, buyer, { id, text })).toEqual({ appealed: true });
    expect(await appealFlag(db, buyer, { id, text: "Once more" })).toEqual({ refused: "appealed" });
    const [appeal] = await sql`select id from flags where appeal_of = ${id}`;
    const ofAppeal = String(appeal?.id);
    expect(await lookAtFlag(db, moderator, ofAppeal)).toMatchObject({
      isOwnDecision: true,
      messages: null,
    });
    const another = await makeUser(db, { role: "moderator" });
    expect(await lookAtFlag(db, another, ofAppeal)).toMatchObject({
      choices: ["fine", "upheld"],
      appeal: { of: { id, statement: "Not in this case", decider: "Moderator" } },
    });
    const decision = { choice: "upheld", statement: "It stays away" } as const;
    expect(await decideFlag(db, another, ofAppeal, decision)).toEqual({ done: true });
    expect((await now())?.isRedacted).toBe(true);
    expect(await removals(buyer)).toMatchObject([
      { isActive: true, appeal: { decided: { answer: "It stays away", isGranted: false } } },
    ]);
  });

  test("waits nowhere, and leaves a flag of the same message to be decided", async () => {
    const { id, moderator, removeInCase, chat } = await makeBoth();
    const before = await countFlags(db, moderator);
    await removeInCase();
    expect(await countFlags(db, moderator)).toEqual(before);
    const asked = { filter: "decided", source: "case", size: 50 } as const;
    const { flags } = await listFlags(db, moderator, asked);
    expect(flags.map(({ person }) => person.id)).toContain(chat.buyer.id);
    await decide(db, id, { choice: "fine" });
  });

  test("of a moderator's own words is told to nobody", async () => {
    const { chat, moderator } = await makeCase(db);
    const draft = { chatId: chat.id, to: "both", body: "Hello" } as const;
    await writeInCase(db, moderator, { ...draft, clientId: crypto.randomUUID() });
    const read = await readCaseChat(db, moderator, { chatId: chat.id, size: 40 });
    const seq = read?.messages.findLast(({ sender }) => sender?.id === moderator.id)?.seq ?? 0;
    await redactMessage(db, moderator, { chatId: chat.id, seq, reason: "Mistaken" });
    expect(await removals(moderator)).toEqual([]);
  });

  test("in a private thread is no matter of the other side, whatever he is", async () => {
    const { chat, moderator } = await makeCase(db);
    const draft = { chatId: chat.id, to: "buyer", body: "Tell me" } as const;
    await writeInCase(db, moderator, { ...draft, clientId: crypto.randomUUID() });
    const [thread] = await sql`select id from chats where private_to = ${chat.buyer.id}`;
    const threadId = String(thread?.id);
    const { seq } = await say(db, chat.buyer, threadId, "The seller is a fool");
    await redactMessage(db, moderator, { chatId: threadId, seq, reason: "An insult" });
    const [removal] = await removals(chat.buyer);
    await appealFlag(db, chat.buyer, { id: removal?.id ?? "", text });
    const [appeal] = await sql`select id from flags where appeal_of = ${removal?.id ?? ""}`;
    await sql`update users set role = 'moderator' where id = ${chat.seller.id}`;
    const seller = { ...chat.seller, role: "moderator" as const };
    for (const id of [removal?.id ?? "", String(appeal?.id)]) {
      expect(await lookAtFlag(db, seller, id)).toBeNull();
    }
    const another = await makeUser(db, { role: "moderator" });
    expect(await lookAtFlag(db, another, String(appeal?.id))).not.toBeNull();
  });
});
