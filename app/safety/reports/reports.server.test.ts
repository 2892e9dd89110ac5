import { expect, test } from "vitest";
import { unsendMessage } from "~/chats/revise.server";
import { raiseFlag } from "~/moderation/flags/raise.server";
import { environment } from "~/operations/environment.server";
import { makeDispute } from "~test/cases";
import { db, sql } from "~test/database";
import { makeChat, makeStaged, makeUser } from "~test/factories";
import { decide, makeReport } from "~test/flags";
import { holdOpen, makeInstance, waitingBackends } from "~test/instances";
import { say } from "~test/sending";
import { fileReport, type ReportDraft } from "./file-report.server";
import { listOwnReports, markReportsSeen } from "./own-reports.server";

const scam = { reason: "scam" } as const;

/** A chat in which the seller wrote what the buyer reports. */
async function makeComplaint() {
  const chat = await makeChat(db);
  const message = await say(db, chat.seller, chat.id, "Bring me the silver spoon");
  const report = (draft: Partial<ReportDraft> = {}) =>
    fileReport(db, chat.buyer, { chatId: chat.id, seq: message.seq, ...scam, ...draft });
  return { chat, message, report };
}

const flagsOf = (chatId: string) => sql`select * from flags where chat_id = ${chatId}`;
const reportsOf = (chatId: string) =>
  sql`select r.* from reports r join flags f on f.id = r.flag_id where f.chat_id = ${chatId}
    order by r.created_at`;
const own = async (viewer: { id: string }) =>
  (await listOwnReports(db, viewer, { size: 20 })).reports;

test("a report of a message waits for moderators, with its reason and its note", async () => {
  const { chat, message, report } = await makeComplaint();
  const done = await report({ note: "He wants cards" });
  expect(done).toMatchObject({ isNew: true });
  expect(await flagsOf(chat.id)).toMatchObject([
    { message_id: message.id, person_id: chat.seller.id, source: "report", status: "open" },
  ]);
  expect(await reportsOf(chat.id)).toMatchObject([
    { reporter_id: chat.buyer.id, target: "message", ...scam, note: "He wants cards" },
  ]);
  const [entry] = await sql`select action, person_id from audit_log where chat_id = ${chat.id}`;
  expect(entry).toMatchObject({ action: "flag.reported", person_id: chat.seller.id });
});

test("a report joins what a filter flagged, and what another reported", async () => {
  const { chat, message, report } = await makeComplaint();
  const { id: messageId, seq } = message;
  const flag = { chatId: chat.id, messageId, seq, personId: chat.seller.id, severity: 10 };
  const id = await db.transaction((tx) => raiseFlag(tx, { ...flag, source: "filter" }));
  await report();
  expect(await flagsOf(chat.id)).toMatchObject([{ id, source: "filter", severity: 75 }]);
  expect(await reportsOf(chat.id)).toMatchObject([{ flag_id: id }]);
});

test("the form sent twice, one after the other or at once, is one report", async () => {
  const { chat, message, report } = await makeComplaint();
  const draft = { chatId: chat.id, seq: message.seq, ...scam };
  const all = await Promise.all([
    report(),
    fileReport(makeInstance(), chat.buyer, draft),
    fileReport(makeInstance(), chat.buyer, draft),
    report(),
  ]);
  all.push(await report({ note: "Again" }));
  const ids = all.map((one) => one && "reportId" in one && one.reportId);
  expect(new Set(ids).size).toBe(1);
  expect(all.filter((one) => one && "isNew" in one && one.isNew)).toHaveLength(1);
  expect(await reportsOf(chat.id)).toMatchObject([{ note: "" }]);
});

test("the form whose first sending is decided while the second is on its way is one report", async () => {
  const { chat, message, report } = await makeComplaint();
  await report({ seq: undefined });
  const held = await holdOpen(
    (tx) => tx`select from rate_limits where key = ${`reports:${chat.buyer.id}`} for update`,
  );
  const second = report();
  await expect.poll(waitingBackends, { timeout: 30_000 }).not.toEqual([]);
  const { id: messageId, seq } = message;
  const draft = { chatId: chat.id, messageId, seq, personId: chat.seller.id, severity: 10 };
  const id = await db.transaction((tx) => raiseFlag(tx, { ...draft, source: "report" }));
  await makeReport(db, id, chat.buyer);
  await decide(db, id, { choice: "fine" });
  await held.rollBack();
  expect(await second).toEqual({ refused: "reportDecided" });
  expect(await sql`select from flags where message_id = ${messageId}`).toHaveLength(1);
});

test("a person is reported without a message, and a picture by its id", async () => {
  const { chat, message, report } = await makeComplaint();
  const picture = await makeStaged(db, chat.seller, chat.id, {
    messageId: message.id,
    position: 0,
  });
  expect(await report({ seq: undefined })).toMatchObject({ isNew: true });
  expect(await report({ seq: undefined, picture: picture.id })).toMatchObject({ isNew: true });
  expect(await reportsOf(chat.id)).toMatchObject([
    { target: "person", attachment_id: null },
    { target: "picture", attachment_id: picture.id },
  ]);
  expect(await flagsOf(chat.id)).toHaveLength(2);
});

test("what was taken back can be reported by who saw it", async () => {
  const { chat, message, report } = await makeComplaint();
  const unsend = { chatId: chat.id, seq: message.seq, windowMs: 60_000 };
  await unsendMessage(db, chat.seller, unsend);
  expect(await report()).toMatchObject({ isNew: true });
  expect(await own(chat.buyer)).toMatchObject([{ message: { body: null, isGone: true } }]);
});

test("own words, and what nobody wrote, cannot be reported", async () => {
  const { chat, message, report } = await makeComplaint();
  const mine = await say(db, chat.buyer, chat.id, "No");
  expect(await report({ seq: mine.seq })).toEqual({ refused: "reportOwn" });
  await makeDispute(db, chat);
  expect(await report({ seq: mine.seq + 1 })).toEqual({ refused: "reportSystem" });
  expect(await report({ seq: 999 })).toBeNull();
  const staged = await makeStaged(db, chat.seller, chat.id);
  expect(await report({ seq: message.seq, picture: staged.id })).toBeNull();
  expect(await flagsOf(chat.id)).toHaveLength(0);
});

test("moderators in a chat are not reported there, nor is anybody of a private thread", async () => {
  const { chat, report } = await makeComplaint();
  const moderator = await makeUser(db, { role: "moderator" });
  await sql`insert into chat_participants (chat_id, user_id, role)
    values (${chat.id}, ${moderator.id}, 'moderator')`;
  const said = await say(db, moderator, chat.id, "Be kind");
  expect(await report({ seq: said.seq })).toEqual({ refused: "reportModerator" });
  const disputeId = await makeDispute(db, chat);
  const [thread] = await sql`
    insert into chats (id, subject_id, buyer_id, dispute_id, private_to)
    select gen_random_uuid(), subject_id, buyer_id, ${disputeId}, buyer_id from chats
    where id = ${chat.id} returning id`;
  await sql`insert into chat_participants (chat_id, user_id, role)
    values (${thread?.id}, ${chat.buyer.id}, 'buyer')`;
  const ofThread = await fileReport(db, chat.buyer, { chatId: thread?.id, ...scam });
  expect(ofThread).toEqual({ refused: "reportNobody" });
});

test("a stranger, and a moderator who joined, report nothing in a chat", async () => {
  const { chat, message } = await makeComplaint();
  const draft = { chatId: chat.id, seq: message.seq, ...scam };
  expect(await fileReport(db, await makeUser(db), draft)).toBeNull();
  const moderator = await makeUser(db, { role: "moderator" });
  await sql`insert into chat_participants (chat_id, user_id, role)
    values (${chat.id}, ${moderator.id}, 'moderator')`;
  expect(await fileReport(db, moderator, draft)).toBeNull();
  await sql`delete from sessions where user_id = ${chat.buyer.id}`;
  expect(await fileReport(db, chat.buyer, draft)).toBeNull();
});

test("so many reports an hour and no more; one that was sent twice counts once", async () => {
  const chat = await makeChat(db);
  const most = environment().limitReportsPerHour;
  for (let seq = 1; seq <= most + 1; seq += 1) await say(db, chat.seller, chat.id, `Number ${seq}`);
  const [first] = await sql`select min(seq)::int as seq from chat_messages
    where chat_id = ${chat.id} and sender_id is not null`;
  const report = (at: number) =>
    fileReport(db, chat.buyer, { chatId: chat.id, seq: first?.seq + at, ...scam });
  for (let at = 0; at < most; at += 1) {
    expect(await report(at)).toMatchObject({ isNew: true });
    if (at === 0) expect(await report(0)).toMatchObject({ isNew: false });
  }
  expect(await report(most)).toMatchObject({ refused: "tooManyReports" });
  expect(await report(0)).toMatchObject({ isNew: false });
});

test("what was decided is not reported again until there is something new", async () => {
  const { chat, message, report } = await makeComplaint();
  await report();
  await report({ seq: undefined });
  for (const { id } of await flagsOf(chat.id)) await decide(db, id, { choice: "fine" });
  expect(await report()).toEqual({ refused: "reportDecided" });
  expect(await report({ seq: undefined })).toEqual({ refused: "reportDecided" });
  await sql`update chat_messages set edited_at = now() + interval '1 s' where id = ${message.id}`;
  await say(db, chat.seller, chat.id, "And another thing");
  expect(await report()).toMatchObject({ isNew: true });
  expect(await report({ seq: undefined })).toMatchObject({ isNew: true });
});

test("the reporter reads what came of it, and of others nothing but that", async () => {
  const { chat, report } = await makeComplaint();
  await report({ note: "Look at that" });
  expect(await own(chat.buyer)).toMatchObject([
    { status: "open", isNews: false, mayAppeal: false, answer: null },
  ]);
  expect(await own(chat.seller)).toEqual([]);
  const [flag] = await flagsOf(chat.id);
  const statement = "You were warned in May";
  await decide(db, flag?.id, { choice: "suspension", days: 3, statement });
  const [acted] = await own(chat.buyer);
  expect(acted).toMatchObject({ status: "acted", isNews: true, mayAppeal: false });
  expect(JSON.stringify(acted)).not.toContain(statement);
  expect(JSON.stringify(acted)).not.toContain("suspension");
});

test("what came of a report is new until it was seen, and again once an appeal is decided", async () => {
  const { chat, report } = await makeComplaint();
  await report();
  const [flag] = await flagsOf(chat.id);
  await decide(db, flag?.id, { choice: "fine", statement: "Gift cards are what he sells" });
  const [decided] = await own(chat.buyer);
  expect(decided).toMatchObject({ isNews: true, mayAppeal: true });
  expect(decided?.answer).toBe("Gift cards are what he sells");
  await markReportsSeen(db, chat.seller, [decided?.id ?? ""]);
  expect(await own(chat.buyer)).toMatchObject([{ isNews: true }]);
  await markReportsSeen(db, chat.buyer, [decided?.id ?? ""]);
  // Still marked on the page that he looks at.
  expect(await own(chat.buyer)).toMatchObject([{ isNews: true }]);
  await sql`update reports set seen_at = seen_at - interval '2 minutes'
    where reporter_id = ${chat.buyer.id}`;
  expect(await own(chat.buyer)).toMatchObject([{ isNews: false }]);
});

test("reports are paged, what happened last first", async () => {
  const { chat, report } = await makeComplaint();
  const later = await say(db, chat.seller, chat.id, "Hurry");
  await report();
  await report({ seq: later.seq });
  const first = await listOwnReports(db, chat.buyer, { size: 1 });
  expect(first.reports).toMatchObject([{ message: { body: "Hurry" } }]);
  const second = await listOwnReports(db, chat.buyer, { size: 1, after: first.next ?? "" });
  expect(second).toMatchObject({
    reports: [{ message: { body: "Bring me the silver spoon" } }],
    next: null,
  });
  const [flag] =
    await sql`select id from flags where chat_id = ${chat.id} order by opened_at limit 1`;
  await decide(db, flag?.id, { choice: "fine" });
  const again = await listOwnReports(db, chat.buyer, { size: 1 });
  expect(again.reports).toMatchObject([{ message: { body: "Bring me the silver spoon" } }]);
});
