import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { notifications } from "~/db/schema";
import { redactMessage } from "~/moderation/access/redacting.server";
import { writeInCase } from "~/moderation/access/writing.server";
import { appealDispute } from "~/moderation/disputes/appeal.server";
import { claimDispute, releaseDispute } from "~/moderation/disputes/claim.server";
import { decideDispute } from "~/moderation/disputes/decide.server";
import { openDisputeAsHost } from "~/moderation/disputes/open-dispute.server";
import { withdrawDispute } from "~/moderation/disputes/withdraw.server";
import { appealFlag } from "~/moderation/flags/appeal-flag.server";
import { appealSanction, decideSanctionAppeal } from "~/moderation/people/sanction-appeals.server";
import { imposeSanction, liftSanction } from "~/moderation/people/sanctions.server";
import { makeCase, makeDispute } from "~test/cases";
import { db } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { decide, makeFlag, makeReport, makeReported } from "~test/flags";
import { makeHost } from "~test/hosts";
import { say } from "~test/sending";
import { markNotificationsRead } from "./mark-read.server";

/** What somebody was told, in its order, as `case opened`. */
async function toldTo({ id }: Pick<Viewer, "id">) {
  const rows = await rowsOf(id);
  return rows.map(({ kind, data }) => `${kind} ${data.what}`);
}

const rowsOf = (userId: string) =>
  db
    .select()
    .from(notifications)
    .where(eq(notifications.userId, userId))
    .orderBy(asc(notifications.version));

const moderator = () => makeUser(db, { role: "moderator" });

test("both sides hear what becomes of a case, and nobody of what he did himself", async () => {
  const { chat, moderator: first, disputeId } = await makeCase(db);
  await decideDispute(db, first, disputeId, { outcome: "seller", text: "It was sent" });
  const statement = "It was never sent";
  const appeal = await appealDispute(db, chat.buyer, { chatId: chat.id, statement });
  if (!appeal || !("disputeId" in appeal)) throw new Error("Not appealed");
  const second = await moderator();
  await claimDispute(db, second, appeal.disputeId);
  await decideDispute(db, second, appeal.disputeId, { outcome: "buyer", text: "It was not" });
  // That it was taken again is news only to who has read that it was.
  expect(await toldTo(chat.buyer)).toEqual(["case taken", "case decided", "case appealDecided"]);
  expect(await toldTo(chat.seller)).toEqual([
    "case opened",
    "case taken",
    "case decided",
    "case appealed",
    "case appealDecided",
  ]);
  const subjects = new Set((await rowsOf(chat.seller.id)).map(({ subjectId }) => subjectId));
  expect(subjects, "an appeal is the same case").toEqual(new Set([disputeId]));
  expect(await toldTo(first)).toEqual([]);
});

test("who takes a case back and forth tells its sides once until they have read it", async () => {
  const { chat, moderator: first, disputeId } = await makeCase(db);
  const taken = async (person: Viewer) =>
    (await toldTo(person)).filter((told) => told === "case taken").length;
  await releaseDispute(db, first, disputeId);
  await claimDispute(db, await moderator(), disputeId);
  expect([await taken(chat.buyer), await taken(chat.seller)]).toEqual([1, 1]);
});

test("a dispute that is withdrawn, and one of the host, are told to the sides", async () => {
  const chat = await makeChat(db);
  await makeDispute(db, chat);
  await withdrawDispute(db, chat.buyer, chat.id);
  expect(await toldTo(chat.buyer)).toEqual([]);
  expect(await toldTo(chat.seller)).toEqual(["case opened", "case withdrawn"]);
  const other = await makeChat(db);
  const reason = "other" as const;
  await openDisputeAsHost(db, await makeHost(db), {
    chatId: other.id,
    reason,
    statement: "The payment was disputed",
  });
  expect(await toldTo(other.buyer)).toEqual(["case opened"]);
  expect(await toldTo(other.seller)).toEqual(["case opened"]);
});

test("a moderator's question is told to whom it is for, again only when the last was read", async () => {
  const { chat, moderator: asker } = await makeCase(db);
  const ask = (body: string) =>
    writeInCase(db, asker, { chatId: chat.id, to: "seller", clientId: randomUUID(), body });
  const asked = async (person: Viewer) =>
    (await rowsOf(person.id)).filter(({ data }) => data.what === "asked");
  const thread = await ask("When did you send it?");
  await ask("And with whom?");
  expect(await asked(chat.buyer)).toEqual([]);
  expect(await asked(chat.seller)).toMatchObject([{ data: { chatId: thread?.chatId } }]);
  await markNotificationsRead(db, chat.seller, { asOf: 99 });
  await ask("Do you have a receipt?");
  expect(await asked(chat.seller)).toHaveLength(2);
});

test("a message that is removed under a case is told to who wrote it", async () => {
  const { chat, moderator: by } = await makeCase(db);
  const { seq } = await say(db, chat.seller, chat.id, "It was broken before it left the house");
  const redact = () => redactMessage(db, by, { chatId: chat.id, seq, reason: "An insult" });
  await redact();
  await redact();
  const removals = async (person: Viewer) =>
    (await toldTo(person)).filter((told) => told.startsWith("removal"));
  expect(await removals(chat.seller)).toEqual(["removal removed"]);
  expect(await removals(chat.buyer)).toEqual([]);
});

test("a removed message and its appeal are told to its author, what a report came to to its reporter", async () => {
  const { id, chat } = await makeFlag(db);
  await makeReport(db, id, chat.seller);
  await decide(db, id, { choice: "redacted" });
  expect(await toldTo(chat.buyer)).toEqual(["removal removed"]);
  expect(await toldTo(chat.seller)).toEqual(["report decided"]);
  const text = "It was a joke about cutlery";
  await appealFlag(db, chat.buyer, { id, text });
  const [appeal] = await db.query.flags.findMany({ where: (flag) => eq(flag.appealOf, id) });
  await decide(db, appeal?.id ?? "", { choice: "fine" });
  expect(await toldTo(chat.buyer)).toEqual(["removal removed", "removal restored"]);
  expect(await toldTo(chat.seller)).toEqual(["report decided", "report appealDecided"]);
  const subjects = (await rowsOf(chat.buyer.id)).map(({ subjectId }) => subjectId);
  expect(subjects, "both are of one removal").toEqual([id, id]);
});

test("who is found fine hears nothing of it, and who reported does", async () => {
  const chat = await makeChat(db);
  const { seq } = await say(db, chat.buyer, chat.id, "Is it still for sale?");
  const id = await makeReported(db, chat, seq);
  await decide(db, id, { choice: "fine" });
  expect(await toldTo(chat.buyer)).toEqual([]);
  expect(await toldTo(chat.seller)).toEqual(["report decided"]);
});

test("a sanction, its end and what came of an appeal are told once each", async () => {
  const person = await makeUser(db);
  const by = await moderator();
  const draft = { id: randomUUID(), userId: person.id, kind: "warning", reason: "Rude" } as const;
  await imposeSanction(db, by, draft);
  await imposeSanction(db, by, draft);
  expect(await toldTo(person)).toEqual(["sanction imposed"]);
  await appealSanction(db, person, { id: draft.id, text: "I was not" });
  const answer = { id: draft.id, answer: "You were not", isGranted: true };
  await decideSanctionAppeal(db, await moderator(), answer);
  expect(await toldTo(person)).toEqual(["sanction imposed", "sanction appealDecided"]);
  const second = { ...draft, id: randomUUID(), kind: "suspension", days: 1 } as const;
  await imposeSanction(db, by, second);
  const lift = () => liftSanction(db, by, { id: second.id, reason: "Talked it over" });
  await lift();
  await lift();
  expect((await toldTo(person)).slice(2)).toEqual(["sanction imposed", "sanction lifted"]);
});

test("a flag that ends in a sanction tells of it once, with what it removed", async () => {
  const { id, chat } = await makeFlag(db);
  await decide(db, id, { choice: "warning", alsoRedact: true });
  expect(await toldTo(chat.buyer)).toEqual(["sanction imposed"]);
});
