import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createSession } from "~/accounts/sessions.server";
import { openPrivateThread } from "~/moderation/access/private-thread.server";
import { readCaseChat } from "~/moderation/access/read-case-chat.server";
import { appealDispute } from "~/moderation/disputes/appeal.server";
import { claimDispute, releaseDispute } from "~/moderation/disputes/claim.server";
import { decideDispute } from "~/moderation/disputes/decide.server";
import { openDisputeAsHost } from "~/moderation/disputes/open-dispute.server";
import { makeCase, makeDispute } from "~test/cases";
import { db, sql } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { makeHost } from "~test/hosts";
import { readRouteTable } from "~test/route-table";
import { pagesOf, send, serveApp } from "~test/web";
import {
  findHostDispute,
  hostDecision,
  hostDispute,
  resolveDisputeAsHost,
} from "./disputes.server";

const claim = { reason: "payment", statement: "The bank took it back" } as const;
const decision = { outcome: "buyer", text: "The money goes back" } as const;
const actionsIn = (chatId: string) =>
  sql`select action, actor_role, details::jsonb -> 'key' ->> 'id' as key
    from audit_log where chat_id = ${chatId} order by seq`;
const saidOf = (chatId: string) => sql`select event from chat_messages
  where chat_id = ${chatId} and event ->> 'kind' like 'dispute%' order by seq`;

async function opened() {
  const [host, chat] = [await makeHost(db), await makeChat(db)];
  const made = await openDisputeAsHost(db, host, { chatId: chat.id, ...claim });
  if (!made || !("disputeId" in made)) throw new Error("No dispute was opened");
  return { host, chat, disputeId: made.disputeId };
}

test("opened many times at once by the host and a side, there is one dispute", async () => {
  const [host, chat] = [await makeHost(db), await makeChat(db)];
  const all = await Promise.all(
    Array.from({ length: 10 }, () => openDisputeAsHost(db, host, { chatId: chat.id, ...claim })),
  );
  expect(new Set(all.map((one) => one && "disputeId" in one && one.disputeId)).size).toBe(1);
  expect(all.filter((one) => one && "isNew" in one && one.isNew)).toHaveLength(1);
  expect(await saidOf(chat.id)).toEqual([{ event: { kind: "dispute_opened", by: "host" } }]);
  expect(await actionsIn(chat.id)).toEqual([
    { action: "dispute.opened", actor_role: "host", key: host.keyId },
  ]);
});

test("the host sees a dispute, but not what a side wrote to moderators", async () => {
  const { host, chat, disputeId } = await opened();
  expect(await findHostDispute(db, host, disputeId)).toMatchObject({
    ...{ id: disputeId, chatId: chat.id, status: "open", openedAs: "host", wish: null },
    ...claim,
  });
  const other = await makeChat(db);
  const seen = await findHostDispute(db, host, await makeDispute(db, other));
  expect(seen).toMatchObject({ openedAs: "buyer", wish: "refund", statement: null });
  expect(await findHostDispute(db, host, randomUUID())).toBeNull();
});

test("what the host decides both sides are told, and can appeal to a moderator alone", async () => {
  const { host, chat, disputeId } = await opened();
  expect(await resolveDisputeAsHost(db, host, disputeId, decision)).toEqual({ done: true });
  expect(await resolveDisputeAsHost(db, host, disputeId, decision)).toEqual({ done: true });
  expect(await findHostDispute(db, host, disputeId)).toMatchObject({
    ...{ status: "resolved", outcome: "buyer", decision: decision.text },
    appealUntil: expect.stringMatching(/Z$/),
  });
  const [, said, ...more] = await saidOf(chat.id);
  expect([said?.event, more]).toEqual([
    { kind: "dispute_decided", outcome: "buyer", text: decision.text, by: "host" },
    [],
  ]);
  const told = await sql`select user_id from notifications where subject_id = ${disputeId}
    and data ->> 'what' = 'decided'`;
  expect(new Set(told.map(({ user_id }) => user_id))).toEqual(
    new Set([chat.buyer.id, chat.seller.id]),
  );
  expect(await openDisputeAsHost(db, host, { chatId: chat.id, ...claim })).toEqual({
    refused: "appealInstead",
  });
  const appeal = await appealDispute(db, chat.seller, { chatId: chat.id, statement: "Not so" });
  if (!appeal || !("disputeId" in appeal)) throw new Error("Nothing was appealed");
  const other = await makeHost(db, "Another key");
  expect(await resolveDisputeAsHost(db, other, appeal.disputeId, decision)).toEqual({
    refused: "ownDecision",
  });
  const moderator = await makeUser(db, { role: "moderator" });
  await claimDispute(db, moderator, appeal.disputeId);
  expect(await decideDispute(db, moderator, appeal.disputeId, decision)).toEqual({ done: true });
  const actions = await actionsIn(chat.id);
  expect(actions).toContainEqual({
    ...{ action: "dispute.decided", actor_role: "host", key: host.keyId },
  });
});

test("what a moderator has is his, until he puts it back", async () => {
  const { chat, moderator, disputeId } = await makeCase(db);
  const host = await makeHost(db);
  expect(await resolveDisputeAsHost(db, host, disputeId, decision)).toEqual({ refused: "taken" });
  const thread = await openPrivateThread(db, moderator, { chatId: chat.id, side: "buyer" });
  await releaseDispute(db, moderator, disputeId);
  expect(await resolveDisputeAsHost(db, host, disputeId, decision)).toEqual({ done: true });
  const [private_] = await sql`select status from chats where id = ${thread?.chatId ?? ""}`;
  expect(private_?.status).toBe("closed");
  const look = await readCaseChat(db, moderator, { chatId: chat.id, size: 10 });
  expect(look).toBeNull();
});

test("what is over is not decided again", async () => {
  const host = await makeHost(db);
  const { moderator, disputeId } = await makeCase(db);
  await decideDispute(db, moderator, disputeId, decision);
  expect(await resolveDisputeAsHost(db, host, disputeId, decision)).toEqual({
    refused: "resolved",
  });
  const own = await opened();
  await resolveDisputeAsHost(db, host, own.disputeId, decision);
  const other = { ...decision, outcome: "seller" } as const;
  expect(await resolveDisputeAsHost(db, host, own.disputeId, other)).toEqual({
    refused: "resolved",
  });
  expect(await decideDispute(db, moderator, own.disputeId, other)).toEqual({
    refused: "resolved",
  });
  expect(await resolveDisputeAsHost(db, host, randomUUID(), decision)).toBeNull();
});

test("the host and a moderator at the same moment: one of them decides", async () => {
  for (let round = 0; round < 5; round++) {
    const { host, chat, disputeId } = await opened();
    const moderator = await makeUser(db, { role: "moderator" });
    const [byHost, byModerator] = await Promise.all([
      resolveDisputeAsHost(db, host, disputeId, decision),
      claimDispute(db, moderator, disputeId).then(() =>
        decideDispute(db, moderator, disputeId, { outcome: "seller", text: "It was delivered" }),
      ),
    ]);
    const done = [byHost, byModerator].filter((one) => one && "done" in one);
    expect(done).toHaveLength(1);
    const decided = (await saidOf(chat.id)).filter(({ event }) => event.kind === "dispute_decided");
    expect(decided).toHaveLength(1);
  }
});

test("twice at once with two outcomes, one of them stands", async () => {
  const { host, chat, disputeId } = await opened();
  const outcomes = ["buyer", "seller", "both", "closed"] as const;
  const all = await Promise.all(
    outcomes.map((outcome) => resolveDisputeAsHost(db, host, disputeId, { ...decision, outcome })),
  );
  expect(all.filter((one) => one && "done" in one)).toHaveLength(1);
  const decided = (await saidOf(chat.id)).filter(({ event }) => event.kind === "dispute_decided");
  expect(decided).toHaveLength(1);
});

test("pages say that the marketplace closed it, and moderators see whose decision it was", async () => {
  const { host, chat, disputeId } = await opened();
  const moderator = await makeUser(db, { role: "moderator" });
  await resolveDisputeAsHost(db, host, disputeId, { outcome: "closed", text: "Solved by phone" });
  const { origin } = await serveApp({ pages: await pagesOf(await readRouteTable()) });
  const page = async (viewer: { id: string }, path: string) => {
    const Cookie = `session=${(await createSession(db, viewer.id)).token}`;
    return (await send(origin + path, { headers: { Cookie } })).body;
  };
  const shown = await page(chat.buyer, `/chats/${chat.id}`);
  expect(shown).toContain("The marketplace closed the dispute");
  expect(shown).toContain("Solved by phone");
  expect(await page(moderator, `/admin/disputes/${disputeId}`)).toMatch(
    /Marketplace<!-- --> ·|Marketplace ·/,
  );
});

test.each([
  { reason: "boredom", statement: "So" },
  { reason: "payment" },
  { reason: "payment", statement: "x".repeat(4_001) },
  { reason: "payment", statement: "So", wish: "a pony" },
])("what opens no dispute is refused: %#", (input) => {
  expect(hostDispute.safeParse(input).success).toBe(false);
});

test.each([
  { outcome: "buyer" },
  { outcome: "withdrawn", text: "So" },
  { outcome: "both", text: " " },
])("what decides nothing is refused: %#", (input) => {
  expect(hostDecision.safeParse(input).success).toBe(false);
});
