import { expect, onTestFinished, test } from "vitest";
import { findMessage } from "~/chats/messages.server";
import { channel } from "~/live/notify.server";
import { appealFlag } from "~/moderation/flags/appeal-flag.server";
import { fileReport } from "~/safety/reports/file-report.server";
import { listOwnReports, markReportsSeen } from "~/safety/reports/own-reports.server";
import { db, sql } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { decide, makeFlag } from "~test/flags";
import { makeInstance } from "~test/instances";
import { say } from "~test/sending";
import { readNotices } from "./notices.server";
import { acknowledgeRemoval, ownDecisions } from "./own-decisions.server";
import { appealSanction, decideSanctionAppeal } from "./sanction-appeals.server";
import { liftSanction } from "./sanctions.server";

const text = "Gift cards are what I sell";

/** A message of the seller's that the buyer reported. */
async function makeReported() {
  const chat = await makeChat(db);
  const message = await say(db, chat.seller, chat.id, "Bring me the silver spoon");
  const draft = { chatId: chat.id, seq: message.seq, reason: "scam" } as const;
  await fileReport(db, chat.buyer, { ...draft, note: "I am the one who tells you" });
  const [flag] = await sql`select id from flags where message_id = ${message.id}`;
  const { id } = flag as unknown as { id: string };
  const now = () => findMessage(db, chat.id, message.seq);
  return { id, chat, message, now };
}

const removals = async ({ id }: { id: string }) => (await ownDecisions(db, id)).removals;
const reported = async (viewer: { id: string }) =>
  (await listOwnReports(db, viewer, { size: 20 })).reports[0];
const appealOf = async (id: string) => {
  const [found] = await sql`select id from flags where appeal_of = ${id}`;
  return String(found?.id);
};

test("the author of a removed message reads which of his words, on what ground and why", async () => {
  const { id, chat } = await makeFlag(db);
  const moderator = await decide(db, id, { choice: "redacted", statement: "No gift cards here" });
  const [removal] = await removals(chat.buyer);
  expect(removal).toMatchObject({
    id,
    reason: "No gift cards here",
    isActive: true,
    appeal: null,
    about: {
      subject: "A red bicycle",
      grounds: ["scam"],
      foundBy: "filter",
      message: { words: "Bring me the silver spoon please", pictures: 0, isRemoved: true },
    },
  });
  expect(JSON.stringify(removal)).not.toContain(moderator.id);
  expect(await removals(chat.seller)).toEqual([]);
});

test("nothing of a statement says who reported", async () => {
  const { id, chat } = await makeReported();
  await decide(db, id, { choice: "redacted" });
  const [removal] = await removals(chat.seller);
  expect(removal?.about).toMatchObject({ grounds: ["scam"], foundBy: "people" });
  const all = JSON.stringify(await ownDecisions(db, chat.seller.id));
  for (const secret of [chat.buyer.id, chat.buyer.name, "tells you"]) {
    expect(all).not.toContain(secret);
  }
});

test("of what a filter found, later reports say nothing to its author", async () => {
  const { id, chat, message } = await makeFlag(db);
  const draft = { chatId: chat.id, seq: message.seq, reason: "prohibited" } as const;
  await fileReport(db, chat.seller, draft);
  await decide(db, id, { choice: "redacted" });
  const [removal] = await removals(chat.buyer);
  expect(removal?.about).toMatchObject({ grounds: ["scam"], foundBy: "filter" });
});

test("of what was found fine nobody hears but who reported it", async () => {
  const { id, chat } = await makeReported();
  const told: string[] = [];
  const listening = await sql.listen(channel, (payload) => told.push(payload));
  onTestFinished(() => listening.unlisten());
  await decide(db, id, { choice: "fine", statement: "They are what he sells" });
  await expect.poll(() => told.join(), { timeout: 10_000 }).toContain(chat.buyer.id);
  const personal = told.filter((payload) => payload.includes("person-changed")).join();
  expect(personal).not.toContain(chat.seller.id);
  expect(await ownDecisions(db, chat.seller.id)).toMatchObject({ sanctions: [], removals: [] });
  expect(await readNotices(db, chat.seller)).toEqual([]);
  expect(await appealFlag(db, chat.seller, { id, text })).toBeNull();
  expect(await reported(chat.buyer)).toMatchObject({ status: "fine", mayAppeal: true });
});

test("it stands over his pages until he has read it, and again when his appeal is decided", async () => {
  const { id, chat, now } = await makeReported();
  await decide(db, id, { choice: "redacted" });
  expect(await readNotices(db, chat.seller)).toEqual(["removal"]);
  expect(await acknowledgeRemoval(db, chat.buyer, id)).toBeNull();
  expect(await acknowledgeRemoval(db, chat.seller, id)).toEqual({ acknowledged: true });
  expect(await readNotices(db, chat.seller)).toEqual([]);

  expect(await appealFlag(db, chat.seller, { id, text })).toEqual({ appealed: true });
  expect(await removals(chat.seller)).toMatchObject([{ appeal: { text, decided: null } }]);
  await decide(db, await appealOf(id), { choice: "fine", statement: "So they are" });
  expect(await now()).toMatchObject({ body: "Bring me the silver spoon", deletedAt: null });
  expect(await readNotices(db, chat.seller)).toEqual(["removal"]);
  expect(await removals(chat.seller)).toMatchObject([
    { isActive: true, appeal: { decided: { answer: "So they are", isGranted: true } } },
  ]);
  await acknowledgeRemoval(db, chat.seller, id);
  expect(await readNotices(db, chat.seller)).toEqual([]);
  // The reporter hears that it came back, and not what the author wrote or was answered.
  expect(await reported(chat.buyer)).toMatchObject({
    isNews: true,
    appeal: { by: "author", text: null, status: "fine", answer: null },
  });
});

test("the reporter hears once what came of it, wherever he is by then", async () => {
  const { id, chat } = await makeReported();
  expect(await readNotices(db, chat.buyer)).toEqual([]);
  await decide(db, id, { choice: "warning", alsoRedact: true });
  expect(await readNotices(db, chat.buyer)).toEqual(["report"]);
  const report = await reported(chat.buyer);
  expect(report).toMatchObject({ status: "removed", answer: null, mayAppeal: false });
  await markReportsSeen(db, chat.buyer, [report?.id ?? ""]);
  expect(await readNotices(db, chat.buyer)).toEqual([]);
  expect(await appealFlag(db, chat.buyer, { id, text })).toEqual({ refused: "notAppealable" });
});

test("a sanction says what it came from; its own appeal brings the message back as well", async () => {
  for (const isGranted of [true, false]) {
    const { id, chat, now } = await makeReported();
    await decide(db, id, { choice: "suspension", days: 3, alsoRedact: true });
    const { sanctions } = await ownDecisions(db, chat.seller.id);
    expect(sanctions).toMatchObject([
      {
        kind: "suspension",
        about: { message: { words: "Bring me the silver spoon", isRemoved: true } },
      },
    ]);
    expect(await removals(chat.seller)).toEqual([]);
    // Not by its flag: the sanction has the one appeal.
    expect(await appealFlag(db, chat.seller, { id, text })).toBeNull();
    const sanctionId = sanctions[0]?.id ?? "";
    await appealSanction(db, chat.seller, { id: sanctionId, text });
    const other = await makeUser(db, { role: "moderator" });
    const answer = { id: sanctionId, answer: "We looked again", isGranted };
    expect(await decideSanctionAppeal(db, other, answer)).toHaveProperty("sanction");
    expect((await now())?.body).toBe(isGranted ? "Bring me the silver spoon" : null);
  }
});

test.each(["fine", "upheld"] as const)(
  "a sanction that is lifted by hand leaves the message removed, with an appeal of its own: %s",
  async (choice) => {
    const { id, chat, now } = await makeReported();
    const statement = "No gift cards here";
    await decide(db, id, { choice: "suspension", days: 3, alsoRedact: true, statement });
    const sanctionId = (await ownDecisions(db, chat.seller.id)).sanctions[0]?.id ?? "";
    await appealSanction(db, chat.seller, { id: sanctionId, text });
    const other = await makeUser(db, { role: "moderator" });
    await liftSanction(db, other, { id: sanctionId, reason: "He has learned it" });
    expect((await now())?.isRedacted).toBe(true);
    expect(await readNotices(db, chat.seller)).toEqual(["removal"]);
    expect(await removals(chat.seller)).toMatchObject([
      {
        id,
        reason: statement,
        isActive: true,
        appeal: null,
        about: { message: { isRemoved: true } },
      },
    ]);

    expect(await appealFlag(db, chat.seller, { id, text })).toEqual({ appealed: true });
    await decide(db, await appealOf(id), { choice, statement: `It is ${choice}` });
    expect((await now())?.isRedacted).toBe(choice === "upheld");
    expect(await removals(chat.seller)).toMatchObject([
      { appeal: { decided: { answer: `It is ${choice}`, isGranted: choice === "fine" } } },
    ]);
    expect(await appealFlag(db, chat.seller, { id, text: "Look again" })).toEqual({
      refused: "appealed",
    });
  },
);

test("there is one appeal, however often and by whom it is asked for", async () => {
  const { id, chat } = await makeReported();
  expect(await appealFlag(db, chat.buyer, { id, text })).toEqual({ refused: "notAppealable" });
  await decide(db, id, { choice: "fine" });
  expect(await appealFlag(db, await makeUser(db), { id, text })).toBeNull();
  const both = await Promise.all([
    appealFlag(db, chat.buyer, { id, text }),
    appealFlag(makeInstance(), chat.buyer, { id, text }),
  ]);
  expect(both).toEqual([{ appealed: true }, { appealed: true }]);
  const again = await appealFlag(db, chat.buyer, { id, text: "Look again" });
  expect(again).toEqual({ refused: "appealed" });
  expect(await reported(chat.buyer)).toMatchObject({
    mayAppeal: false,
    appeal: { by: "me", text, status: "open" },
  });
  const actions = await sql`select action from audit_log where chat_id = ${chat.id} order by seq`;
  expect(actions.filter(({ action }) => action === "flag.appealed")).toHaveLength(1);
});

test("what is removed because a reporter appealed has an appeal of its author, which is the last", async () => {
  const { id, chat, now } = await makeReported();
  await decide(db, id, { choice: "fine" });
  await appealFlag(db, chat.buyer, { id, text: "It is a scam" });
  const second = await appealOf(id);
  await decide(db, second, { choice: "redacted", statement: "It is" });
  expect(await reported(chat.buyer)).toMatchObject({ isNews: true, appeal: { status: "removed" } });
  expect(await removals(chat.seller)).toMatchObject([{ id: second, reason: "It is" }]);
  expect(await appealFlag(db, chat.seller, { id: second, text })).toEqual({ appealed: true });
  const third = await appealOf(second);
  await decide(db, third, { choice: "upheld", statement: "It stays" });
  expect((await now())?.isRedacted).toBe(true);
  expect(await removals(chat.seller)).toMatchObject([
    { id: second, appeal: { decided: { answer: "It stays", isGranted: false } } },
  ]);
  expect(await appealFlag(db, chat.seller, { id: third, text })).toEqual({
    refused: "notAppealable",
  });
});
