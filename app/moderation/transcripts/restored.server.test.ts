import { expect, test, vi } from "vitest";
import { makeCase } from "~test/cases";
import { db, sql } from "~test/database";
import { makeUser } from "~test/factories";
import { decide, makeFlag } from "~test/flags";
import { documentOf, means } from "~test/transcripts";
import { redactMessage } from "../access/redacting.server";
import { appealDispute } from "../disputes/appeal.server";
import { claimDispute } from "../disputes/claim.server";
import { decideDispute } from "../disputes/decide.server";
import { openCase } from "../disputes/open-dispute.server";
import { appealFlag } from "../flags/appeal-flag.server";
import { exportCase } from "./export.server";

vi.setConfig({ testTimeout: 60_000 });

async function grant(flagId: string, author: { id: string }) {
  const viewer = { ...author, role: "user" as const };
  await appealFlag(db, viewer, { id: flagId, text: "Spoons are what I collect" });
  const [appeal] = await sql`select id from flags where appeal_of = ${flagId}`;
  await decide(db, String(appeal?.id), { choice: "fine" });
}

test("what was removed and came back on appeal breaks no chain that was noted between", async () => {
  const { chat, moderator, disputeId } = await makeCase(db);
  const { id, message } = await makeFlag(db, { chat });
  const { seq } = message;
  await redactMessage(db, moderator, { chatId: chat.id, seq, reason: "Not in this case" });
  await decide(db, id, { choice: "redacted", statement: "No spoons" });
  // Each of these notes where the chain ends: removed by the one, by the other, and back again.
  await decideDispute(db, moderator, disputeId, { outcome: "seller", text: "So be it" });
  const [ofCase] =
    await sql`select id from flags where message_id = ${message.id} and source = 'case'`;
  await grant(String(ofCase?.id), chat.buyer);
  const appealed = await appealDispute(db, chat.buyer, { chatId: chat.id, statement: "No" });
  const appeal = appealed && "disputeId" in appealed ? appealed.disputeId : "";
  await grant(id, chat.buyer);
  const another = await makeUser(db, { role: "moderator" });
  await claimDispute(db, another, appeal);
  await decideDispute(db, another, appeal, { outcome: "buyer", text: "So be that" });

  const open = await openCase(db, moderator, { chatId: chat.id, statement: "To export it" });
  if (!open || !("disputeId" in open)) throw new Error("No case was opened");
  const asked = { disputeId: open.disputeId, format: "json", copy: "full" } as const;
  const document = documentOf(await exportCase(db, moderator, asked, means));
  expect(document.checkpoints.length).toBeGreaterThanOrEqual(4);
  expect(document.checkpoints.filter(({ matches }) => !matches)).toEqual([]);
  const versions = document.messages.filter((record) => record.seq === seq);
  expect(versions.map(({ change }) => change)).toEqual([
    "sent",
    "redacted",
    "redacted",
    "restored",
  ]);
  expect(versions.map(({ redactedBy }) => redactedBy === null)).toEqual([true, false, false, true]);
  const reasons = versions.map(({ parts }) => Object(parts.redactionReason).value);
  expect(reasons).toEqual([undefined, "Not in this case", "No spoons", undefined]);
});
