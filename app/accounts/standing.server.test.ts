import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { closeChat } from "~/chats/close.server";
import { editMessage } from "~/chats/revise.server";
import { sendMessage } from "~/chats/send.server";
import { startChat } from "~/chats/start.server";
import { sanctions, users } from "~/db/schema";
import { withOpenCase } from "~/moderation/access/access.server";
import { openDispute } from "~/moderation/disputes/open-dispute.server";
import { imposeSanction } from "~/moderation/people/sanctions.server";
import { db } from "~test/database";
import { makeChat, makeSanction, makeSubject, makeUser } from "~test/factories";
import { say } from "~test/sending";
import { lockPeople } from "./lock-people.server";
import { createSession, endedSessions, findSession, findViewer } from "./sessions.server";

async function signedIn() {
  const user = await makeUser(db);
  const { token, id } = await createSession(db, user.id);
  const look = async () => ({
    standing: (await findSession(db, token))?.standing,
    isViewer: (await findViewer(db, token)) !== null,
    isEnded: (await endedSessions(db, [id])).length > 0,
  });
  return { user, look };
}

const free = { isViewer: true, isEnded: false };
const shut = { standing: "lockedOut", isViewer: false, isEnded: true };

test("who bears nothing is in good standing", async () => {
  const { look } = await signedIn();
  expect(await look()).toEqual({ standing: "good", ...free });
});

test("a warning shuts nobody out, and counts until it is acknowledged or lifted", async () => {
  const { user, look } = await signedIn();
  const { id } = await makeSanction(db, user, { kind: "warning" });
  expect(await look()).toEqual({ standing: "warned", ...free });
  const its = eq(sanctions.id, id);
  await db.update(sanctions).set({ acknowledgedAt: new Date() }).where(its);
  expect(await look()).toEqual({ standing: "good", ...free });
  const { id: other } = await makeSanction(db, user, { kind: "warning" });
  const lifted = { liftedBy: user.id, liftedAt: new Date(), liftReason: "By mistake" };
  await db.update(sanctions).set(lifted).where(eq(sanctions.id, other));
  expect(await look()).toEqual({ standing: "good", ...free });
});

test("who is suspended is signed in nowhere, until it ends by itself", async () => {
  const { user, look } = await signedIn();
  const { id } = await makeSanction(db, user, { kind: "suspension" });
  await makeSanction(db, user, { kind: "warning" });
  expect(await look()).toEqual(shut);
  const past = { endsAt: sql`now() - interval '1 second'` };
  await db.update(sanctions).set(past).where(eq(sanctions.id, id));
  expect(await look()).toEqual({ standing: "warned", ...free });
});

test("who is banned is signed in nowhere, until it is lifted", async () => {
  const { user, look } = await signedIn();
  const { id } = await makeSanction(db, user, { kind: "ban" });
  // Said to be read is not lifted.
  const its = eq(sanctions.id, id);
  await db.update(sanctions).set({ acknowledgedAt: new Date() }).where(its);
  expect(await look()).toEqual(shut);
  const lifted = { liftedBy: user.id, liftedAt: new Date(), liftReason: "Granted" };
  await db.update(sanctions).set(lifted).where(its);
  expect(await look()).toEqual({ standing: "good", ...free });
});

test("who is suspended by the host is signed in nowhere, until it lets him in again", async () => {
  const { user, look } = await signedIn();
  const its = eq(users.id, user.id);
  await db.update(users).set({ hostSuspendedAt: new Date() }).where(its);
  await makeSanction(db, user, { kind: "warning" });
  expect(await look()).toEqual(shut);
  expect((await lockPeople(db, [user.id])).get(user.id)?.isLockedOut).toBe(true);
  await db.update(users).set({ hostSuspendedAt: null }).where(its);
  expect(await look()).toEqual({ standing: "warned", ...free });
});

test("what began before a ban and ends after it changes nothing", async () => {
  const chat = await makeChat(db);
  const { seller, buyer, id: chatId } = chat;
  await say(db, buyer, chatId, "Hello");
  const { reference } = await makeSubject(db, seller);
  const moderator = await makeUser(db, { role: "moderator" });
  const ban = { id: randomUUID(), userId: buyer.id, kind: "ban", reason: "Cash" } as const;
  await imposeSanction(db, moderator, ban);
  const edit = { chatId, seq: 2, body: "Call me", windowMs: 60_000 };
  expect(await editMessage(db, buyer, edit)).toBeNull();
  expect(await closeChat(db, buyer, chatId)).toBeNull();
  expect(await startChat(db, buyer, reference)).toBeNull();
  const wants = { reason: "payment", wish: "refund", statement: "Where is it?" } as const;
  expect(await openDispute(db, buyer, { chatId, ...wants })).toBeNull();
  const draft = { chatId, clientId: randomUUID(), body: "Call me" };
  expect(await sendMessage(db, buyer, draft)).toEqual({ refused: "signedOut" });
  // He who is still there goes on.
  expect(await closeChat(db, seller, chatId)).toEqual({ closed: true });
});

test("a moderator who is banned while he is in a case is out of it", async () => {
  const chat = await makeChat(db);
  const moderator = await makeUser(db, { role: "moderator" });
  const wants = { reason: "payment", wish: "refund", statement: "Where is it?" } as const;
  await openDispute(db, chat.buyer, { chatId: chat.id, ...wants });
  expect(await withOpenCase(db, moderator, chat.id)).not.toBeNull();
  await makeSanction(db, moderator, { kind: "ban" });
  expect(await withOpenCase(db, moderator, chat.id)).toBeNull();
});
