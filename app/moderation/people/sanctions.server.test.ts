import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { createSession, findSession, findViewer } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import { auditLog, users } from "~/db/schema";
import { db, sql } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { holdOpen, makeInstance, waitingBackends } from "~test/instances";
import { openDispute } from "../disputes/open-dispute.server";
import type { Sanction } from "./sanction";
import { sanctionHistory } from "./sanction-history.server";
import { imposeSanction, liftSanction, type SanctionDraft } from "./sanctions.server";

const moderator = () => makeUser(db, { role: "moderator", name: "Mo" });
const admin = () => makeUser(db, { role: "admin" });

function draft(person: Pick<Viewer, "id">, more: Partial<SanctionDraft> = {}): SanctionDraft {
  return { id: randomUUID(), userId: person.id, kind: "ban", reason: "Asked for cash", ...more };
}

async function impose(by: Viewer, person: Viewer, more: Partial<SanctionDraft> = {}) {
  const imposed = await imposeSanction(db, by, draft(person, more));
  if (!imposed || !("sanction" in imposed)) throw new Error("Was not imposed");
  return imposed.sanction;
}

const entriesOf = async (person: Viewer) =>
  (await db.select().from(auditLog).where(eq(auditLog.personId, person.id))).map(
    ({ action, actorId, actorRole, details }) => ({
      action,
      actorId,
      actorRole,
      details: JSON.parse(details),
    }),
  );

test("a suspension has its reason and its end, and signs the person out everywhere", async () => {
  const [mo, person] = [await moderator(), await makeUser(db)];
  const sessions = [await createSession(db, person.id), await createSession(db, person.id)];
  const sanction = await impose(mo, person, { kind: "suspension", days: 3 });
  expect(sanction).toMatchObject({
    kind: "suspension",
    reason: "Asked for cash",
    imposedBy: { id: mo.id, name: "Mo" },
    isActive: true,
    lifted: null,
    appeal: null,
  } satisfies Partial<Sanction>);
  const ms = Date.parse(sanction.endsAt ?? "") - Date.parse(sanction.createdAt);
  expect(ms / 86_400_000).toBeCloseTo(3, 5);
  for (const { token } of sessions) expect(await findSession(db, token)).toBeNull();
  expect(await sanctionHistory(db, person.id)).toEqual([sanction]);
  expect(await entriesOf(person)).toEqual([
    {
      action: "sanction.imposed",
      actorId: mo.id,
      actorRole: "moderator",
      details: {
        sanctionId: sanction.id,
        kind: "suspension",
        reason: "Asked for cash",
        endsAt: sanction.endsAt,
      },
    },
  ]);
});

test("who is banned can sign in, and finds the sanction alone", async () => {
  const person = await makeUser(db);
  const { id } = await impose(await moderator(), person);
  const { token } = await createSession(db, person.id);
  expect(await findViewer(db, token)).toBeNull();
  const session = await findSession(db, token);
  expect(session?.standing).toBe("lockedOut");
  expect(await sanctionHistory(db, session?.viewer.id ?? "")).toMatchObject([{ id }]);
});

test("a warning signs nobody out", async () => {
  const person = await makeUser(db);
  const { token } = await createSession(db, person.id);
  await impose(await moderator(), person, { kind: "warning" });
  expect(await findSession(db, token)).toMatchObject({ standing: "warned" });
});

test("of a form that is sent twice, also at once, comes one sanction", async () => {
  const [mo, person] = [await moderator(), await makeUser(db)];
  const twice = draft(person);
  const [a, b] = await Promise.all([
    imposeSanction(db, mo, twice),
    imposeSanction(makeInstance(), mo, twice),
  ]);
  const repeated = [a, b].map((one) => one && "repeated" in one && one.repeated);
  expect(repeated.sort()).toEqual([false, true]);
  expect(await imposeSanction(db, mo, twice)).toMatchObject({ repeated: true });
  expect(await sanctionHistory(db, person.id)).toHaveLength(1);
  expect(await entriesOf(person)).toHaveLength(1);
  expect(await imposeSanction(db, mo, { ...twice, userId: (await makeUser(db)).id })).toBeNull();
});

describe("nobody sanctions somebody of a higher role, or himself", () => {
  test.each([
    ["a moderator an admin", moderator, admin],
    ["a moderator another", moderator, moderator],
    ["an admin a moderator", admin, moderator],
    ["an admin another", admin, admin],
  ] as const)("%s", async (_, makeActor, makePerson) => {
    const [actor, person] = [await makeActor(), await makePerson()];
    const isHigher = actor.role === "moderator" && person.role === "admin";
    const imposed = await imposeSanction(db, actor, draft(person));
    expect(imposed).toMatchObject(isHigher ? { refused: "notAllowed" } : { repeated: false });
  });

  test.each([moderator, admin])("himself", async (make) => {
    const self = await make();
    expect(await imposeSanction(db, self, draft(self))).toEqual({ refused: "notAllowed" });
    const { id } = await impose(await admin(), self, { kind: "warning" });
    expect(await liftSanction(db, self, { id, reason: "Nothing" })).toEqual({
      refused: "notAllowed",
    });
  });

  test("and a user nobody, whatever his session says of him", async () => {
    const [user, person] = [await makeUser(db), await makeUser(db)];
    expect(await imposeSanction(db, user, draft(person))).toBeNull();
    expect(await imposeSanction(db, { ...user, role: "admin" }, draft(person))).toBeNull();
    const { id } = await impose(await moderator(), person);
    expect(await liftSanction(db, user, { id, reason: "Please" })).toBeNull();
    expect(await sanctionHistory(db, person.id)).toMatchObject([{ lifted: null }]);
  });
});

test("of two admins who ban each other at once one stays", async () => {
  const [a, b] = [await admin(), await admin()];
  const outcomes = await Promise.all([
    imposeSanction(db, a, draft(b)),
    imposeSanction(makeInstance(), b, draft(a)),
  ]);
  expect(outcomes.filter((one) => one === null)).toHaveLength(1);
  expect(outcomes.filter((one) => one && "sanction" in one)).toHaveLength(1);
});

test("a moderator who is made a user while he waits sanctions nobody", async () => {
  const [mo, person] = [await moderator(), await makeUser(db)];
  const other = await holdOpen((tx) => tx`update users set role = 'user' where id = ${mo.id}`);
  const imposing = imposeSanction(db, mo, draft(person));
  await expect.poll(waitingBackends).toHaveLength(1);
  await other.commit();
  expect(await imposing).toBeNull();
});

test("a session that is made at that very moment is worth nothing", async () => {
  const [mo, person] = [await moderator(), await makeUser(db)];
  const [made, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const signingIn = db.transaction(async (tx) => {
    await createSession(tx, person.id);
    made.resolve();
    await go.promise;
  });
  await made.promise;
  const imposing = imposeSanction(db, mo, draft(person));
  await expect.poll(waitingBackends).toHaveLength(1);
  go.resolve();
  await signingIn;
  expect(await imposing).toMatchObject({ repeated: false });
  expect(await sql`select from sessions where user_id = ${person.id}`).toHaveLength(0);
});

test("what is refused or fails leaves no trace", async () => {
  const [mo, person] = [await moderator(), await makeUser(db)];
  const { token } = await createSession(db, person.id);
  const nobody = { id: randomUUID() };
  expect(await imposeSanction(db, mo, draft(nobody))).toBeNull();
  await expect(imposeSanction(db, mo, draft(person, { days: 3 }))).rejects.toThrow();
  await expect(imposeSanction(db, mo, draft(person, { kind: "suspension" }))).rejects.toThrow();
  expect(await imposeSanction(db, mo, draft(person, { disputeId: randomUUID() }))).toBeNull();
  expect(await findViewer(db, token)).not.toBeNull();
  expect(await sanctionHistory(db, person.id)).toEqual([]);
  expect(await entriesOf(person)).toEqual([]);
});

test("a sanction names the case that it comes from, of which the person is a side", async () => {
  const [mo, chat] = [await moderator(), await makeChat(db)];
  const wants = { reason: "payment", wish: "refund", statement: "Where is it?" } as const;
  const opened = await openDispute(db, chat.buyer, { chatId: chat.id, ...wants });
  if (!opened || !("disputeId" in opened)) throw new Error("No dispute was opened");
  const { disputeId } = opened;
  const other = draft(await makeUser(db), { disputeId });
  expect(await imposeSanction(db, mo, other)).toBeNull();
  const sanction = await impose(mo, chat.seller, { disputeId });
  expect(sanction.disputeId).toBe(disputeId);
  const [entry] = await db.select().from(auditLog).where(eq(auditLog.personId, chat.seller.id));
  expect(entry).toMatchObject({ chatId: chat.id, disputeId });
});

test("a lifted sanction lets the person in again, and says who lifted it and why", async () => {
  const [mo, person] = [await moderator(), await makeUser(db)];
  const { id } = await impose(mo, person);
  const { token } = await createSession(db, person.id);
  const other = await moderator();
  const lifted = await liftSanction(db, other, { id, reason: "It was somebody else" });
  const expected = { by: { id: other.id }, reason: "It was somebody else" };
  expect(lifted).toMatchObject({ sanction: { isActive: false, lifted: expected } });
  expect(await findViewer(db, token)).toMatchObject({ id: person.id });
  // Twice is once.
  const again = await liftSanction(db, mo, { id, reason: "Again" });
  expect(again).toMatchObject({ sanction: { lifted: expected } });
  expect((await entriesOf(person)).map(({ action }) => action)).toEqual([
    "sanction.imposed",
    "sanction.lifted",
  ]);
  expect(await liftSanction(db, mo, { id: randomUUID(), reason: "None" })).toBeNull();
});

test("of two sanctions the lifting of one leaves the other", async () => {
  const [mo, person] = [await moderator(), await makeUser(db)];
  const ban = await impose(mo, person);
  await impose(mo, person, { kind: "suspension", days: 1 });
  await liftSanction(db, mo, { id: ban.id, reason: "Too much" });
  const { token } = await createSession(db, person.id);
  expect(await findViewer(db, token)).toBeNull();
  expect(
    (await sanctionHistory(db, person.id)).map(({ kind, isActive }) => [kind, isActive]),
  ).toEqual([
    ["suspension", true],
    ["ban", false],
  ]);
});

test("the moderator's name is that of today", async () => {
  const [mo, person] = [await moderator(), await makeUser(db)];
  await impose(mo, person);
  await db.update(users).set({ name: "Maureen" }).where(eq(users.id, mo.id));
  expect(await sanctionHistory(db, person.id)).toMatchObject([{ imposedBy: { name: "Maureen" } }]);
});
