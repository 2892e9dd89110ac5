import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { auditLog, chatArchives, legalHolds } from "~/db/schema";
import { openPrivateThread } from "~/moderation/access/private-thread.server";
import { appealDispute } from "~/moderation/disputes/appeal.server";
import { claimDispute } from "~/moderation/disputes/claim.server";
import { decideDispute } from "~/moderation/disputes/decide.server";
import { makeCase } from "~test/cases";
import { db } from "~test/database";
import { makeChat, makeSanction, makeUser } from "~test/factories";
import { decide, makeFlag } from "~test/flags";
import { holdOpen, makeInstance, waitingBackends } from "~test/instances";
import {
  heldChat,
  heldPerson,
  holdsOfChat,
  holdsOfLockedPerson,
  holdsOfPerson,
} from "./holds.server";
import { type HoldTarget, liftHold, listLegalHolds, placeHold } from "./legal-holds.server";
import { endRun, listRuns } from "./run/ledger.server";

let admin: Viewer;
beforeEach(async () => {
  admin = await makeUser(db, { role: "admin", name: "Ada" });
  for (const run of await listRuns(db, 10)) await endRun(db, run.id, "stopped");
});

const reason = "A claim before a court";
const place = (target: HoldTarget, endsAt: Date | null = null, by = admin, id = randomUUID()) =>
  placeHold(db, by, { id, reason, endsAt, ...target });

const kindsOf = async (chatId: string, now = new Date()) => {
  const kinds = (await holdsOfChat(db, chatId, now)).map(({ kind }) => kind);
  const [row] = await db.execute<{ held: boolean }>(
    sql`select ${heldChat(sql`c.id`, now)} as held from chats c where c.id = ${chatId}`,
  );
  // A statement about many says the same.
  expect(row?.held).toBe(kinds.length > 0);
  return kinds;
};

const kindsOfPerson = async (userId: string, now = new Date()) => {
  const kinds = (await holdsOfPerson(db, userId, now)).map(({ kind }) => kind);
  const [row] = await db.execute<{ held: boolean }>(
    sql`select ${heldPerson(sql`u.id`, now)} as held from users u where u.id = ${userId}`,
  );
  expect(row?.held).toBe(kinds.length > 0);
  return kinds;
};

const days = (count: number) => new Date(Date.now() + count * 86_400_000);

describe("what holds a chat, and both of its sides", () => {
  test("nothing, as a rule", async () => {
    const chat = await makeChat(db);
    expect(await kindsOf(chat.id)).toEqual([]);
    expect(await kindsOfPerson(chat.buyer.id)).toEqual([]);
  });

  test("a dispute, its decision while it can be appealed, and an appeal until it is decided", async () => {
    const { chat, moderator, disputeId } = await makeCase(db);
    expect(await kindsOf(chat.id)).toEqual(["dispute"]);
    expect(await kindsOfPerson(chat.seller.id)).toEqual(["dispute"]);
    expect(await kindsOfPerson(moderator.id)).toEqual([]);
    await decideDispute(db, moderator, disputeId, { outcome: "buyer", text: "Send it back" });
    expect(await kindsOf(chat.id)).toEqual(["decision"]);
    const [hold] = await holdsOfChat(db, chat.id, new Date());
    expect(Date.parse(hold?.until ?? "")).toBeGreaterThan(days(13).getTime());
    expect(await kindsOf(chat.id, days(15))).toEqual([]);
    const statement = "That is not what happened";
    const appealed = await appealDispute(db, chat.seller, { chatId: chat.id, statement });
    if (!appealed || !("disputeId" in appealed)) throw new Error("Not appealed");
    expect(await kindsOf(chat.id, days(400))).toEqual(["appeal"]);
    const other = await makeUser(db, { role: "moderator" });
    await claimDispute(db, other, appealed.disputeId);
    await decideDispute(db, other, appealed.disputeId, { outcome: "seller", text: "Keep it" });
    expect(await kindsOf(chat.id)).toEqual([]);
  });

  test("a flag until it is decided", async () => {
    const { id, chat } = await makeFlag(db);
    expect(await kindsOf(chat.id)).toEqual(["flag"]);
    await decide(db, id, { choice: "fine" });
    expect(await kindsOf(chat.id)).toEqual([]);
  });

  test("an appeal of a sanction that came from its case; of any other only the person's", async () => {
    const { chat, moderator, disputeId } = await makeCase(db);
    await decideDispute(db, moderator, disputeId, { outcome: "closed", text: "Nothing" });
    const appealed = { appeal: "I did not", appealedAt: new Date() };
    await makeSanction(db, chat.buyer, { disputeId, ...appealed });
    expect(await kindsOf(chat.id)).toEqual(["appeal"]);
    expect(await kindsOfPerson(chat.seller.id)).toEqual(["appeal"]);
    const alone = await makeChat(db);
    await makeSanction(db, alone.buyer, appealed);
    expect(await kindsOf(alone.id)).toEqual([]);
    expect(await kindsOfPerson(alone.buyer.id)).toEqual(["appeal"]);
    expect(await kindsOfPerson(alone.seller.id)).toEqual([]);
  });

  test("what is in a private thread holds the chat of its case, and the thread is held with it", async () => {
    const { chat, moderator, disputeId } = await makeCase(db);
    const opened = await openPrivateThread(db, moderator, { chatId: chat.id, side: "buyer" });
    if (!opened || !("chatId" in opened)) throw new Error("No thread was opened");
    await decideDispute(db, moderator, disputeId, { outcome: "closed", text: "Nothing" });
    await db.insert(legalHolds).values({ chatId: opened.chatId, reason, placedBy: admin.id });
    expect(await kindsOf(chat.id)).toEqual(["legal"]);
    expect((await holdsOfChat(db, opened.chatId, new Date())).map(({ kind }) => kind)).toEqual([
      "legal",
    ]);
  });
});

describe("a legal hold", () => {
  test("of a chat is in force until it is lifted, is audited, and lifting asks for a run", async () => {
    const chat = await makeChat(db);
    const id = randomUUID();
    expect(await place({ chatId: chat.id }, null, admin, id)).toEqual({ placed: true });
    expect(await place({ chatId: chat.id }, null, admin, id)).toEqual({ placed: true });
    expect(await kindsOf(chat.id, days(10_000))).toEqual(["legal"]);
    expect(await kindsOfPerson(chat.buyer.id)).toEqual(["legal"]);
    const about = { chatId: chat.id };
    const asked = { id, reason: "It was settled", about };
    expect(await liftHold(db, admin, { ...asked, about: { chatId: randomUUID() } })).toBeNull();
    expect(await liftHold(db, admin, asked)).toEqual({ lifted: true });
    expect(await liftHold(db, admin, asked)).toEqual({ lifted: true });
    expect(await kindsOf(chat.id)).toEqual([]);
    expect(await listLegalHolds(db, about)).toMatchObject([
      { id, reason, placedBy: "Ada", isInForce: false, lifted: { by: "Ada" } },
    ]);
    const entries = await db.select().from(auditLog).where(eq(auditLog.chatId, chat.id));
    const said = entries.filter(({ action }) => action.startsWith("hold."));
    expect(said.map(({ action }) => action)).toEqual(["hold.placed", "hold.lifted"]);
    expect(JSON.parse(said[0]?.details ?? "")).toEqual({ holdId: id, reason });
    const [run] = await listRuns(db, 1);
    expect(run).toMatchObject({ trigger: "admin", state: "running", isDryRun: false });
  });

  test("of a person holds all of his chats, until its end", async () => {
    const chat = await makeChat(db);
    await place({ userId: chat.seller.id }, days(3));
    expect(await kindsOf(chat.id)).toEqual(["legal"]);
    expect(await kindsOfPerson(chat.seller.id)).toEqual(["legal"]);
    expect(await kindsOf(chat.id, days(4))).toEqual([]);
    expect(await kindsOfPerson(chat.seller.id, days(4))).toEqual([]);
  });

  test("is refused for a day that is over, and where the chat is being deleted", async () => {
    const chat = await makeChat(db);
    expect(await place({ chatId: chat.id }, days(-1))).toEqual({ refused: "over" });
    await db.insert(chatArchives).values({
      ...{ chatId: chat.id, state: "deleting", objectKey: randomUUID() },
      ...{ chatVersion: 1, messages: 0, pictures: 0 },
    });
    expect(await place({ chatId: chat.id })).toEqual({ refused: "deleting" });
    expect(await kindsOf(chat.id)).toEqual([]);
  });

  test("is for admins, asked at the moment of the change, and for what there is", async () => {
    const chat = await makeChat(db);
    const moderator = await makeUser(db, { role: "moderator" });
    const target = { chatId: chat.id };
    expect(await place(target, null, moderator)).toBeNull();
    const demotion = await holdOpen(
      (tx) => tx`update users set role = 'user' where id = ${admin.id}`,
    );
    const placing = place(target);
    await expect.poll(waitingBackends).not.toEqual([]);
    await demotion.commit();
    expect(await placing).toBeNull();
    const other = await makeUser(db, { role: "admin" });
    expect(await place({ chatId: randomUUID() }, null, other)).toBeNull();
    expect(await place({ userId: randomUUID() }, null, other)).toBeNull();
    expect(await kindsOf(chat.id)).toEqual([]);
  });

  test("of a person waits for a step that asked before, and is seen by the next", async () => {
    const chat = await makeChat(db);
    const other = makeInstance();
    const { promise: asked, resolve: tellAsked } = Promise.withResolvers<void>();
    const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
    const step = other.transaction(async (tx) => {
      const before = await holdsOfLockedPerson(tx, chat.buyer.id, new Date());
      tellAsked();
      await mayEnd;
      return { before, after: await holdsOfPerson(tx, chat.buyer.id, new Date()) };
    });
    await asked;
    const placing = place({ userId: chat.buyer.id });
    await expect.poll(waitingBackends).not.toEqual([]);
    end();
    expect(await step).toEqual({ before: [], after: [] });
    expect(await placing).toEqual({ placed: true });
    expect(await kindsOf(chat.id)).toEqual(["legal"]);
  });
});
