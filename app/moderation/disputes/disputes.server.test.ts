import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { findChat } from "~/chats/clock.server";
import { closeChat } from "~/chats/close.server";
import { readHistory } from "~/chats/history.server";
import { db, sql } from "~test/database";
import { makeChat, makeStaged, makeUser } from "~test/factories";
import { makeHost } from "~test/hosts";
import { appealDispute } from "./appeal.server";
import { claimDispute, handOverDispute, releaseDispute } from "./claim.server";
import { decideDispute } from "./decide.server";
import { addNote } from "./notes.server";
import { openCase, openDispute, openDisputeAsHost } from "./open-dispute.server";
import { readCase } from "./read-case.server";
import { withdrawDispute } from "./withdraw.server";

type TestChat = Awaited<ReturnType<typeof makeChat>>;

const wants = { reason: "not_received", wish: "refund", statement: "It never came." } as const;
const forBuyer = { outcome: "buyer", text: "The seller pays it back." } as const;

const makeModerator = () => makeUser(db, { role: "moderator", name: "Moderator" });

async function open(chat: TestChat, viewer = chat.buyer) {
  const opened = await openDispute(db, viewer, { chatId: chat.id, ...wants });
  if (!opened || !("disputeId" in opened)) throw new Error("No dispute was opened");
  return opened.disputeId;
}

async function inReview() {
  const [chat, moderator] = [await makeChat(db), await makeModerator()];
  const disputeId = await open(chat);
  await claimDispute(db, moderator, disputeId);
  return { chat, moderator, disputeId };
}

async function decided() {
  const all = await inReview();
  await decideDispute(db, all.moderator, all.disputeId, forBuyer);
  return all;
}

async function disputeOf({ id, seller }: TestChat) {
  return (await findChat(db, seller, id))?.dispute;
}

async function said({ id, seller }: TestChat) {
  const history = await readHistory(db, seller, { chatId: id, size: 40 });
  return history?.messages.slice(1).map(({ event }) => event);
}

const auditOf = async (disputeId: string) => {
  const rows = await sql`
    select action, actor_id, details::jsonb from audit_log
    where dispute_id = ${disputeId} order by seq`;
  return rows.map(({ action }) => action);
};

describe("opening", () => {
  test("both sides see that it is open, what is wanted and when something happens", async () => {
    const chat = await makeChat(db);
    const id = await open(chat);
    expect(await disputeOf(chat)).toMatchObject({
      id,
      status: "open",
      openedAs: "buyer",
      reason: "not_received",
      wish: "refund",
      statement: null,
      outcome: null,
    });
    const dispute = await disputeOf(chat);
    const hours = (due = "") => (Date.parse(due) - Date.parse(dispute?.openedAt ?? "")) / 3_600_000;
    expect([hours(dispute?.firstLookDue), hours(dispute?.decisionDue)]).toEqual([24, 72]);
    expect(await said(chat)).toEqual([{ kind: "dispute_opened", by: "buyer" }]);
    expect(await auditOf(id)).toEqual(["dispute.opened"]);
  });

  test("pressed six times at once it is one, whose opener is told the same each time", async () => {
    const chat = await makeChat(db);
    const opened = await Promise.all(
      Array.from({ length: 6 }, () => openDispute(db, chat.buyer, { chatId: chat.id, ...wants })),
    );
    const ids = new Set(opened.map((one) => one && "disputeId" in one && one.disputeId));
    expect(ids.size).toBe(1);
    expect(opened.filter((one) => one && "isNew" in one && one.isNew)).toHaveLength(1);
    expect(await said(chat)).toHaveLength(1);
  });

  test("the other side is told that there is one, and what he wrote is not lost on him", async () => {
    const chat = await makeChat(db);
    await open(chat);
    const other = await openDispute(db, chat.seller, { chatId: chat.id, ...wants });
    expect(other).toEqual({ refused: "openedByOther" });
  });

  test("of a closed chat, too: that is when things turn out to be broken", async () => {
    const chat = await makeChat(db);
    await closeChat(db, chat.buyer, chat.id);
    await open(chat);
    expect((await disputeOf(chat))?.status).toBe("open");
  });

  test("strangers and moderators who are not in it cannot tell that there is a chat", async () => {
    const chat = await makeChat(db);
    for (const viewer of [await makeUser(db), await makeModerator()]) {
      expect(await openDispute(db, viewer, { chatId: chat.id, ...wants })).toBeNull();
      expect(await withdrawDispute(db, viewer, chat.id)).toBeNull();
      const appeal = { chatId: chat.id, statement: "No." };
      expect(await appealDispute(db, viewer, appeal)).toBeNull();
    }
  });

  test("evidence is taken with it, and no message can take it after that", async () => {
    const chat = await makeChat(db);
    const picture = await makeStaged(db, chat.buyer, chat.id);
    const pictures = [{ id: picture.id, alt: "The empty box" }];
    const asked = { chatId: chat.id, ...wants, pictures };
    const foreign = { ...asked, pictures: [{ id: randomUUID(), alt: null }] };
    expect(await openDispute(db, chat.buyer, foreign)).toEqual({ refused: "pictureGone" });
    expect(await disputeOf(chat)).toBeNull();
    const opened = await openDispute(db, chat.buyer, asked);
    expect(opened).toMatchObject({ isNew: true });
    const [row] =
      await sql`select dispute_id, alt, position from attachments where id = ${picture.id}`;
    expect(row).toMatchObject({ alt: "The empty box", position: 0 });
    await withdrawDispute(db, chat.buyer, chat.id);
    expect(await openDispute(db, chat.buyer, asked)).toEqual({ refused: "pictureGone" });
  });

  test("by hand a moderator gives a reason that both can read, and has the case", async () => {
    const [chat, moderator] = [await makeChat(db), await makeModerator()];
    const asked = { chatId: chat.id, statement: "A payment link was reported." };
    const opened = await openCase(db, moderator, asked);
    const again = await openCase(db, await makeModerator(), asked);
    expect(again).toEqual({ ...opened, isNew: false });
    expect(await disputeOf(chat)).toMatchObject({
      openedAs: "moderator",
      status: "in_review",
      statement: "A payment link was reported.",
    });
  });

  test("the host opens one, too, and finds its own again", async () => {
    const chat = await makeChat(db);
    const asked = { chatId: chat.id, reason: "payment", statement: "Charged back." } as const;
    const opened = await openDisputeAsHost(db, await makeHost(db), asked);
    expect(await openDisputeAsHost(db, await makeHost(db), asked)).toEqual({
      ...opened,
      isNew: false,
    });
    expect(await said(chat)).toEqual([{ kind: "dispute_opened", by: "host" }]);
    expect(
      await openDisputeAsHost(db, await makeHost(db), { ...asked, chatId: randomUUID() }),
    ).toBeNull();
  });
});

describe("a case on the desk", () => {
  test("of two moderators who claim it at once one has it, and the sides are told once", async () => {
    const chat = await makeChat(db);
    const disputeId = await open(chat);
    const moderators = [await makeModerator(), await makeModerator()];
    const claimed = await Promise.all(moderators.map((one) => claimDispute(db, one, disputeId)));
    expect(claimed).toContainEqual({ done: true });
    expect(claimed).toContainEqual({ refused: "taken" });
    expect(await said(chat)).toEqual([
      { kind: "dispute_opened", by: "buyer" },
      { kind: "dispute_in_review" },
    ]);
  });

  test("whoever bought or sold in the chat has no part in it, moderator or not", async () => {
    const chat = await makeChat(db);
    const disputeId = await open(chat);
    await sql`update users set role = 'moderator' where id = ${chat.seller.id}`;
    const party = { ...chat.seller, role: "moderator" as const };
    expect(await claimDispute(db, party, disputeId)).toBeNull();
    expect(await readCase(db, party, disputeId)).toBeNull();
    expect(await addNote(db, party, disputeId, "Mine")).toBeNull();
    expect(await openCase(db, party, { chatId: chat.id, statement: "Mine" })).toEqual({
      refused: "notDisputable",
    });
    const moderator = await makeModerator();
    await claimDispute(db, moderator, disputeId);
    expect(await handOverDispute(db, moderator, disputeId, party.id)).toEqual({
      refused: "notTheirs",
    });
  });

  test("it is handed over to a moderator alone, by who has it or by an admin", async () => {
    const { chat, moderator, disputeId } = await inReview();
    const [other, third] = [await makeModerator(), await makeModerator()];
    const admin = await makeUser(db, { role: "admin" });
    expect(await handOverDispute(db, other, disputeId, other.id)).toEqual({ refused: "notYours" });
    expect(await handOverDispute(db, moderator, disputeId, (await makeUser(db)).id)).toEqual({
      refused: "notTheirs",
    });
    expect(await handOverDispute(db, moderator, disputeId, other.id)).toEqual({ done: true });
    expect(await decideDispute(db, moderator, disputeId, forBuyer)).toEqual({
      refused: "notYours",
    });
    expect(await handOverDispute(db, admin, disputeId, third.id)).toEqual({ done: true });
    expect(await releaseDispute(db, third, disputeId)).toEqual({ done: true });
    expect((await disputeOf(chat))?.status).toBe("open");
    expect(await claimDispute(db, moderator, disputeId)).toEqual({ done: true });
  });

  test("each look at it is on record, and the first one stops the first clock", async () => {
    const [chat, moderator] = [await makeChat(db), await makeModerator()];
    const disputeId = await open(chat);
    await readCase(db, moderator, disputeId);
    const [first] = await sql`select first_look_at from disputes where id = ${disputeId}`;
    const file = await readCase(db, moderator, disputeId);
    expect(file?.dispute.firstLookAt).toEqual(new Date(first?.first_look_at));
    expect(file?.dispute.statement).toBe("It never came.");
    expect(await auditOf(disputeId)).toEqual([
      "dispute.opened",
      "dispute.viewed",
      "dispute.viewed",
    ]);
    expect(await readCase(db, moderator, randomUUID())).toBeNull();
  });

  test("notes are for moderators", async () => {
    const { moderator, disputeId } = await inReview();
    await addNote(db, moderator, disputeId, "Asked the carrier.");
    const file = await readCase(db, moderator, disputeId);
    expect(file?.notes).toMatchObject([{ author: "Moderator", body: "Asked the carrier." }]);
  });
});

describe("the end", () => {
  test("both are told the decision, which stands", async () => {
    const { chat, moderator, disputeId } = await inReview();
    expect(await decideDispute(db, moderator, disputeId, forBuyer)).toEqual({ done: true });
    // The form was sent twice.
    expect(await decideDispute(db, moderator, disputeId, forBuyer)).toEqual({ done: true });
    const other = { outcome: "seller", text: "No." } as const;
    expect(await decideDispute(db, moderator, disputeId, other)).toEqual({ refused: "resolved" });
    expect((await said(chat))?.at(-1)).toEqual({ kind: "dispute_decided", ...forBuyer });
    expect(await disputeOf(chat)).toMatchObject({
      status: "resolved",
      outcome: "buyer",
      decision: "The seller pays it back.",
    });
    const actions = await auditOf(disputeId);
    expect(actions).toEqual(["dispute.opened", "dispute.claimed", "dispute.decided"]);
  });

  test("decided and withdrawn at once it ends once", async () => {
    const { chat, moderator, disputeId } = await inReview();
    await Promise.all([
      decideDispute(db, moderator, disputeId, forBuyer),
      withdrawDispute(db, chat.buyer, chat.id),
    ]);
    const ends = (await said(chat))?.filter(
      (event) => event?.kind === "dispute_decided" || event?.kind === "dispute_withdrawn",
    );
    expect(ends).toHaveLength(1);
  });

  test("only who opened it can take it back; then a new one can be opened", async () => {
    const { chat } = await inReview();
    const nothing = { refused: "nothingToWithdraw" };
    expect(await withdrawDispute(db, chat.seller, chat.id)).toEqual(nothing);
    expect(await withdrawDispute(db, chat.buyer, chat.id)).toEqual({ withdrawn: true });
    expect(await withdrawDispute(db, chat.buyer, chat.id)).toEqual({ withdrawn: true });
    expect((await said(chat))?.filter((event) => event?.kind === "dispute_withdrawn")).toHaveLength(
      1,
    );
    await open(chat, chat.seller);
    expect((await disputeOf(chat))?.openedAs).toBe("seller");
  });

  test("a moderator can close a case without a decision, which nobody can appeal", async () => {
    const { chat, moderator, disputeId } = await inReview();
    await decideDispute(db, moderator, disputeId, { outcome: "closed", text: "A double." });
    expect(await disputeOf(chat)).toMatchObject({ outcome: "closed", appealUntil: null });
  });
});

describe("an appeal", () => {
  const why = { statement: "The carrier says otherwise." };

  test("goes to another moderator, whose decision is final", async () => {
    const { chat, moderator, disputeId } = await decided();
    const again = await openDispute(db, chat.seller, { chatId: chat.id, ...wants });
    expect(again).toEqual({ refused: "appealInstead" });
    const appealed = await appealDispute(db, chat.seller, { chatId: chat.id, ...why });
    if (!appealed || !("disputeId" in appealed)) throw new Error("No appeal was made");
    const appeal = appealed.disputeId;
    expect(await disputeOf(chat)).toMatchObject({
      id: appeal,
      status: "open",
      appealOf: disputeId,
    });
    expect(await claimDispute(db, moderator, appeal)).toEqual({ refused: "ownDecision" });
    const other = await makeModerator();
    await claimDispute(db, other, appeal);
    expect(await handOverDispute(db, other, appeal, moderator.id)).toEqual({
      refused: "notTheirs",
    });
    await decideDispute(db, other, appeal, { outcome: "seller", text: "It did arrive." });
    expect(await disputeOf(chat)).toMatchObject({ outcome: "seller", appealUntil: null });
    const more = await appealDispute(db, chat.buyer, { chatId: chat.id, ...why });
    expect(more).toEqual({ refused: "tooLate" });
  });

  test("is one, also when both sides ask at once", async () => {
    const { chat } = await decided();
    const both = [chat.buyer, chat.seller, chat.buyer, chat.seller];
    const appealed = await Promise.all(
      both.map((viewer) => appealDispute(db, viewer, { chatId: chat.id, ...why })),
    );
    expect(appealed.filter((one) => one && "isNew" in one && one.isNew)).toHaveLength(1);
    const [count] = await sql`
      select count(*)::int as n from disputes where chat_id = ${chat.id} and appeal_of is not null`;
    expect(count?.n).toBe(1);
  });

  test("is possible for a while only", async () => {
    const { chat, disputeId } = await decided();
    await sql`update disputes set appeal_until = appeal_until - interval '15 days' where id = ${disputeId}`;
    const late = await appealDispute(db, chat.seller, { chatId: chat.id, ...why });
    expect(late).toEqual({ refused: "tooLate" });
    await open(chat);
  });

  test("is not taken away by a case that a moderator opens by hand and closes", async () => {
    const { chat, moderator, disputeId } = await decided();
    const opened = await openCase(db, moderator, { chatId: chat.id, statement: "Once more" });
    if (!opened || !("disputeId" in opened)) throw new Error("No case was opened");
    await decideDispute(db, moderator, opened.disputeId, { outcome: "closed", text: "Nothing." });
    expect(await disputeOf(chat)).toMatchObject({ id: disputeId, outcome: "buyer" });
    const appealed = await appealDispute(db, chat.seller, { chatId: chat.id, ...why });
    expect(appealed).toMatchObject({ isNew: true });
  });

  test("that is withdrawn leaves the first decision, and no other appeal", async () => {
    const { chat } = await decided();
    await appealDispute(db, chat.seller, { chatId: chat.id, ...why });
    await withdrawDispute(db, chat.seller, chat.id);
    const more = await appealDispute(db, chat.buyer, { chatId: chat.id, ...why });
    expect(more).toEqual({ refused: "tooLate" });
  });
});
