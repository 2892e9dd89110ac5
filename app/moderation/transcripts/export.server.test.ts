import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { unsendMessage } from "~/chats/revise.server";
import { users } from "~/db/schema";
import { makeCase } from "~test/cases";
import { db } from "~test/database";
import { makeUser, pay } from "~test/factories";
import { aReason, makeFlag } from "~test/flags";
import { say } from "~test/sending";
import { documentOf, means } from "~test/transcripts";
import { verifyTranscript } from "../../../bin/transcript/verify.mjs";
import { redactMessage } from "../access/redacting.server";
import { withdrawDispute } from "../disputes/withdraw.server";
import { exportCase, exportOwnChat } from "./export.server";

const hour = 3_600_000;
const asFull = { format: "json", copy: "full" } as const;

test("a moderator exports the chat of a case while it is open, and the audit log knows", async () => {
  const { chat, moderator, disputeId } = await makeCase(db);
  const { messages, actions, disputes } = documentOf(
    await exportCase(db, moderator, { disputeId, ...asFull }, means),
  );
  expect(messages[0]?.event).toEqual({ kind: "chat_started" });
  expect(actions.map(({ action }) => action)).toContain("dispute.claimed");
  expect(disputes).toMatchObject([{ id: disputeId, statement: "It never came." }]);
  const [entry] = await db.execute(sql`
    select details::jsonb as details, actor_id from audit_log
    where action = 'transcript.exported' and dispute_id = ${disputeId}`);
  expect(entry).toEqual({ details: { format: "json", copy: "full" }, actor_id: moderator.id });

  await withdrawDispute(db, chat.buyer, chat.id);
  expect(await exportCase(db, moderator, { disputeId, ...asFull }, means)).toBeNull();
});

test("nobody exports a case who is no moderator, or is a side of it", async () => {
  const { chat, disputeId } = await makeCase(db);
  const stranger = await makeUser(db);
  await db.update(users).set({ role: "moderator" }).where(eq(users.id, chat.seller.id));
  for (const viewer of [stranger, chat.buyer, { ...chat.seller, role: "moderator" as const }]) {
    expect(await exportCase(db, viewer, { disputeId, ...asFull }, means)).toBeNull();
  }
});

test("strangers and moderators get no copy of a side", async () => {
  const { chat, moderator } = await makeCase(db);
  for (const viewer of [moderator, await makeUser(db)]) {
    const asked = { chatId: chat.id, format: "json" } as const;
    expect(await exportOwnChat(db, viewer, asked, means)).toBeNull();
  }
});

test("a copy for one side holds nothing of the other’s private data, and verifies", async () => {
  const { chat, moderator, disputeId } = await makeCase(db);
  const { id: chatId, buyer, seller } = chat;
  await db.update(users).set({ name: "Zebulon Quist" }).where(eq(users.id, seller.id));
  await pay(db, chat);
  await say(db, seller, chatId, "Call me at +44 20 7946 0000 or zq@mail.example, it costs 1200");
  const unsent = await say(db, seller, chatId, "my secret plan");
  await unsendMessage(db, seller, { chatId, seq: unsent.seq, windowMs: hour });
  const rude = await say(db, seller, chatId, "an insult");
  await redactMessage(db, moderator, { chatId, seq: rude.seq, reason: "a rule was broken" });

  const bytes = (await exportOwnChat(db, buyer, { chatId, format: "json" }, means))?.bytes;
  const text = bytes?.toString() ?? "";
  // Each has a letter or a sign that no hash and no id has: four digits alone stand in some.
  for (const hidden of ["Zebulon", "20 7946", "zq@mail", "secret plan", "insult", "was broken"]) {
    expect(text).not.toContain(hidden);
  }
  expect(text).toContain("it costs ");
  const masked = documentOf({ bytes: Buffer.from(text) });
  expect(masked.people.map(({ role, name }) => [role, name])).toContainEqual(["seller", null]);

  const full = documentOf(await exportCase(db, moderator, { disputeId, ...asFull }, means));
  expect(masked.head, "the chain is the same").toEqual(full.head);
  const words = full.messages.map(({ parts }) => parts.body);
  expect(words).toContainEqual(expect.objectContaining({ value: "my secret plan" }));
});

test("the seller does not learn what the buyer wrote to moderators", async () => {
  const { chat } = await makeCase(db);
  const asked = { chatId: chat.id, format: "json" } as const;
  const ofSeller = documentOf(await exportOwnChat(db, chat.seller, asked, means));
  expect(ofSeller.disputes).toMatchObject([{ statement: null, reason: "not_received" }]);
  const ofBuyer = documentOf(await exportOwnChat(db, chat.buyer, asked, means));
  expect(ofBuyer.disputes).toMatchObject([{ statement: "It never came." }]);
});

test("messages that were changed in the database after a case was opened show", async () => {
  const { chat, moderator, disputeId } = await makeCase(db);
  await db.execute(sql`update chat_messages set created_at = created_at - interval '1 day'
    where chat_id = ${chat.id} and seq = 1`);
  const file = await exportCase(db, moderator, { disputeId, ...asFull }, means);
  expect(verifyTranscript(file?.bytes ?? Buffer.alloc(0))).toMatchObject({
    faults: [],
    broken: [expect.objectContaining({ matches: false })],
  });
});

test("verdicts of filters stand in the full record under its signature, and in no copy", async () => {
  const { chat, moderator, disputeId } = await makeCase(db);
  const without = documentOf(await exportCase(db, moderator, { disputeId, ...asFull }, means));
  expect(without.verdicts).toEqual([]);
  const { message } = await makeFlag(db, { chat, reason: { ...aReason, isDisguised: true } });
  const { seq, version } = message;
  const asked = { disputeId, copy: "full" } as const;
  for (const format of ["json", "html", "pdf"] as const) {
    const file = await exportCase(db, moderator, { ...asked, format }, means);
    const bytes = file?.bytes ?? Buffer.alloc(0);
    expect(verifyTranscript(bytes)).toMatchObject({ faults: [], broken: [] });
    if (format === "html")
      expect(bytes.toString()).toContain("Scam phrase · “silver spoon” · disgu");
  }
  const full = documentOf(await exportCase(db, moderator, { disputeId, ...asFull }, means));
  expect(full.verdicts).toMatchObject([
    { seq, version, action: "flag", stage: "inquiry", reasons: [{ kind: "scam" }] },
  ]);
  for (const copy of ["buyer", "seller"] as const) {
    const sealed = await exportCase(db, moderator, { disputeId, format: "json", copy }, means);
    expect(documentOf(sealed)).toMatchObject({ verdicts: [], head: full.head });
  }
  const ofBuyer = { chatId: chat.id, format: "html" } as const;
  const html = (await exportOwnChat(db, chat.buyer, ofBuyer, means))?.bytes.toString();
  expect(html).not.toContain("Scam phrase");
});

test("a verdict that was changed in a transcript shows", async () => {
  const { chat, moderator, disputeId } = await makeCase(db);
  await makeFlag(db, { chat });
  const file = await exportCase(db, moderator, { disputeId, ...asFull }, means);
  const forged = file?.bytes.toString().replace('"kind":"scam"', '"kind":"slur"') ?? "";
  const found = verifyTranscript(Buffer.from(forged));
  expect(JSON.stringify(found?.faults)).toContain("verdicts");
});
