import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { createSession, findViewer } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import { findChat } from "~/chats/clock.server";
import { auditLog, users } from "~/db/schema";
import { db, sql } from "~test/database";
import { makeChat, makeSanction, makeUser } from "~test/factories";
import { makeInstance } from "~test/instances";
import { joinChat } from "../access/joining.server";
import { openDispute } from "../disputes/open-dispute.server";
import { changeRole, endSessions } from "./roles.server";

const admin = () => makeUser(db, { role: "admin" });
const roleOf = async ({ id }: Pick<Viewer, "id">) =>
  (await db.select({ role: users.role }).from(users).where(eq(users.id, id)))[0]?.role;
const entriesOf = async (person: Viewer) =>
  (await db.select().from(auditLog).where(eq(auditLog.personId, person.id))).map((entry) => ({
    action: entry.action,
    by: entry.actorId,
    details: JSON.parse(entry.details),
  }));

test("an admin gives and takes roles, and it counts with the next request", async () => {
  const [boss, person] = [await admin(), await makeUser(db)];
  const { token } = await createSession(db, person.id);
  await changeRole(db, boss, { userId: person.id, role: "moderator" });
  expect((await findViewer(db, token))?.role).toBe("moderator");
  await changeRole(db, boss, { userId: person.id, role: "user" });
  expect((await findViewer(db, token))?.role).toBe("user");
  // The same once more is nothing.
  expect(await changeRole(db, boss, { userId: person.id, role: "user" })).toEqual({ role: "user" });
  expect(await entriesOf(person)).toEqual([
    { action: "user.role_changed", by: boss.id, details: { from: "user", to: "moderator" } },
    { action: "user.role_changed", by: boss.id, details: { from: "moderator", to: "user" } },
  ]);
});

test("nobody else does, whatever his session says of him", async () => {
  const person = await makeUser(db);
  const moderator = await makeUser(db, { role: "moderator" });
  const banned = await admin();
  await makeSanction(db, banned, { kind: "ban" });
  for (const viewer of [moderator, { ...moderator, role: "admin" as const }, banned, person]) {
    expect(await changeRole(db, viewer, { userId: person.id, role: "admin" })).toBeNull();
  }
  const boss = await admin();
  expect(await changeRole(db, boss, { userId: randomUUID(), role: "admin" })).toBeNull();
  expect(await roleOf(person)).toBe("user");
});

test("the last admin stays one, also when all step down at once", async () => {
  await sql`update users set role = 'user' where role = 'admin'`;
  const all = [await admin(), await admin(), await admin()];
  const pools = all.map(() => makeInstance());
  const outcomes = await Promise.all(
    all.map((self, at) => changeRole(pools[at] ?? db, self, { userId: self.id, role: "user" })),
  );
  expect(outcomes.filter((one) => one && "refused" in one)).toEqual([{ refused: "lastAdmin" }]);
  const left = await sql`select from users where role = 'admin'`;
  expect(left).toHaveLength(1);
});

test("who is banned is no admin that could stay", async () => {
  await sql`update users set role = 'user' where role = 'admin'`;
  const [boss, banned] = [await admin(), await admin()];
  await makeSanction(db, banned, { kind: "ban" });
  const down = { userId: boss.id, role: "moderator" } as const;
  expect(await changeRole(db, boss, down)).toEqual({ refused: "lastAdmin" });
  await admin();
  expect(await changeRole(db, boss, down)).toEqual({ role: "moderator" });
});

test("of two admins who unmake each other at once one stays", async () => {
  const [a, b] = [await admin(), await admin()];
  const outcomes = await Promise.all([
    changeRole(db, a, { userId: b.id, role: "user" }),
    changeRole(makeInstance(), b, { userId: a.id, role: "user" }),
  ]);
  expect(outcomes.filter((one) => one === null)).toHaveLength(1);
});

test("who is no moderator any more is out of every chat that he joined as one", async () => {
  const [boss, chat] = [await admin(), await makeChat(db)];
  const moderator = await makeUser(db, { role: "moderator" });
  const wants = { reason: "payment", wish: "refund", statement: "Where is it?" } as const;
  await openDispute(db, chat.buyer, { chatId: chat.id, ...wants });
  expect(await joinChat(db, moderator, chat.id)).toEqual({ joined: true });
  expect(await findChat(db, moderator, chat.id)).not.toBeNull();
  await changeRole(db, boss, { userId: moderator.id, role: "user" });
  expect(await findChat(db, moderator, chat.id)).toBeNull();
  expect((await entriesOf(moderator)).map(({ action }) => action)).toEqual([
    "user.role_changed",
    "chat.left",
  ]);
});

test("ending somebody's sessions signs him out everywhere, and says how many there were", async () => {
  const [moderator, person] = [await makeUser(db, { role: "moderator" }), await makeUser(db)];
  const { token } = await createSession(db, person.id);
  expect(await endSessions(db, moderator, person.id)).toEqual({ ended: 2 });
  expect(await findViewer(db, token)).toBeNull();
  expect(await entriesOf(person)).toEqual([
    { action: "user.sessions_ended", by: moderator.id, details: { ended: 2 } },
  ]);
  const boss = await admin();
  expect(await endSessions(db, moderator, boss.id)).toEqual({ refused: "notAllowed" });
  expect(await endSessions(db, person, moderator.id)).toBeNull();
  expect(await endSessions(db, moderator, randomUUID())).toBeNull();
});
