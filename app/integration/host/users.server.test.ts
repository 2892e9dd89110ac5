import { randomUUID } from "node:crypto";
import { asc, eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { startChat } from "~/chats/start.server";
import { auditLog, users } from "~/db/schema";
import { eraseAccount } from "~/retention/erase/erase-account.server";
import { databaseUrl, db } from "~test/database";
import { makeSubject, makeUser } from "~test/factories";
import { makeHost, makeHostUser } from "~test/hosts";
import { makeInstance } from "~test/instances";
import { startLiveServer } from "~test/live-server";
import { findUser, findUserByExternalId } from "./find-user.server";
import { signInLink } from "./host";
import { changeUser, saveUser } from "./save-user.server";
import { userInput, userPatch } from "./user-input.server";

const host = await makeHost(db);

async function save(input: object) {
  const saved = await saveUser(db, host, userInput.parse(input));
  if ("refused" in saved) throw new Error("Was refused");
  return saved;
}

const entriesOf = async (personId: string) =>
  (
    await db
      .select()
      .from(auditLog)
      .where(eq(auditLog.personId, personId))
      .orderBy(asc(auditLog.seq))
  ).map(({ action, actorRole, actorId, details }) => ({
    action,
    actorRole,
    actorId,
    details: JSON.parse(details),
  }));

test("who is said for the first time is made, and changed from then on", async () => {
  const externalId = `user ${randomUUID()}`;
  const { user, created } = await save({
    ...{ externalId, name: "  Mira K. ", email: " Mira@Example.com ", isVerified: true },
    dealsDone: 37,
  });
  expect(created).toBe(true);
  const said = { externalId, name: "Mira K.", email: "mira@example.com", isVerified: true };
  expect(user).toMatchObject({ ...said, dealsDone: 37, isSuspended: false });
  expect(await findUser(db, host, user.id)).toEqual(user);
  expect(await findUserByExternalId(db, host, externalId)).toEqual(user);

  // What is left out stays; null takes it back.
  const again = await save({ externalId, name: "Mira Kay", email: null, dealsDone: 38 });
  expect(again).toEqual({
    created: false,
    user: { ...user, name: "Mira Kay", email: null, dealsDone: 38 },
  });
  const patch = userPatch.parse({ isVerified: null });
  expect(await changeUser(db, host, user.id, patch)).toMatchObject({
    ...{ name: "Mira Kay", isVerified: null, dealsDone: 38 },
  });
});

test("the audit log says with which key, and nothing of what was said", async () => {
  const { user } = await save({ externalId: randomUUID(), name: "Zeb Main", email: "z@e.example" });
  await changeUser(db, host, user.id, { name: "Zeb Other", dealsDone: 3, isSuspended: true });
  await changeUser(db, signInLink, user.id, { isSuspended: false });
  const by = { actorRole: "host", actorId: null };
  const key = { id: host.keyId, name: "The shop" };
  expect(await entriesOf(user.id)).toEqual([
    { action: "user.created", ...by, details: { key } },
    { action: "user.changed", ...by, details: { key, fields: "dealsDone,name" } },
    { action: "user.suspended", ...by, details: { key } },
    { action: "user.reinstated", ...by, details: { key: { id: "sso", name: "Sign-in link" } } },
  ]);
});

test("saying the same again changes nothing but when it was said", async () => {
  const input = { externalId: randomUUID(), name: "Somebody", dealsDone: 3, isSuspended: true };
  const { user } = await save(input);
  const [before] = await db.select().from(users).where(eq(users.id, user.id));
  expect(await save(input)).toEqual({ user, created: false });
  expect(await changeUser(db, host, user.id, {})).toEqual(user);
  const [after] = await db.select().from(users).where(eq(users.id, user.id));
  expect(after).toEqual({ ...before, hostSaidAt: after?.hostSaidAt });
  expect(await entriesOf(user.id)).toHaveLength(1);
});

test("twenty who say it at once on two instances make one person", async () => {
  const externalId = randomUUID();
  const other = makeInstance();
  const all = await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      saveUser(at % 2 ? db : other, host, { externalId, name: `Name ${at}` }),
    ),
  );
  const made = all.flatMap((one) => ("user" in one ? [one] : []));
  expect(new Set(made.map(({ user }) => user.id)).size).toBe(1);
  expect(made.filter(({ created }) => created)).toHaveLength(1);
  expect(await db.select().from(users).where(eq(users.externalId, externalId))).toHaveLength(1);
});

test("two people of the host, and one who joined here, may have the same address", async () => {
  const email = `${randomUUID()}@test.example`;
  await makeUser(db, { email });
  const [one, other] = [await makeHostUser(db, { email }), await makeHostUser(db, { email })];
  expect(one.id).not.toBe(other.id);
});

test("who was erased while he was being saved is made anew, under the same name at the host", async () => {
  const { id, externalId } = await makeHostUser(db);
  const [, saved] = await Promise.all([
    eraseAccount(db, host, { userId: id }),
    saveUser(db, host, { externalId, name: "Back again" }),
  ]);
  const again = await save({ externalId, name: "Back again" });
  expect("user" in saved && [id, again.user.id]).toContain("user" in saved && saved.user.id);
  expect(again.user.id).not.toBe(id);
  expect(await findUser(db, host, id)).toBeNull();
});

describe("the host neither sees nor changes", () => {
  test.each([
    ["who joined here", async () => (await makeUser(db)).id],
    [
      "one of its people who is staff here",
      async () => (await makeUser(db, { externalId: randomUUID(), role: "moderator" })).id,
    ],
    ["nobody", async () => randomUUID()],
  ])("%s", async (_, make) => {
    const id = await make();
    const look = () => db.select().from(users).where(eq(users.id, id));
    const before = await look();
    expect(await findUser(db, host, id)).toBeNull();
    expect(await changeUser(db, host, id, { name: "Other", isSuspended: true })).toBeNull();
    expect(await look()).toEqual(before);
  });

  test("staff by the name that it knows", async () => {
    const externalId = randomUUID();
    await makeUser(db, { externalId, role: "admin" });
    const saved = await saveUser(db, host, { externalId, name: "Other", isSuspended: true });
    expect(saved).toEqual({ refused: "staff" });
    expect(await findUserByExternalId(db, host, externalId)).toBeNull();
  });
});

describe("what cannot be said", () => {
  const right = { externalId: "user-1", name: "Somebody" };
  test.each<[string, object]>([
    ["no externalId", { name: "Somebody" }],
    ["an empty externalId", { ...right, externalId: "" }],
    ["a long externalId", { ...right, externalId: "x".repeat(201) }],
    ["NUL in the externalId", { ...right, externalId: "a\0b" }],
    ["half a character in the externalId", { ...right, externalId: "a\ud800" }],
    ["a name of nothing that shows", { ...right, name: " \u200b " }],
    ["a name on two lines", { ...right, name: "Some\nbody" }],
    ["a name that turns the text around it", { ...right, name: "Some\u202ebody" }],
    ["a long name", { ...right, name: "x".repeat(81) }],
    ["an address that is none", { ...right, email: "somebody" }],
    ["deals below zero", { ...right, dealsDone: -1 }],
    ["half a deal", { ...right, dealsDone: 1.5 }],
    ["more deals than PostgreSQL counts", { ...right, dealsDone: 2 ** 31 }],
    ["words for a yes", { ...right, isVerified: "yes" }],
  ])("%s", (_, input) => {
    expect(userInput.safeParse(input).success).toBe(false);
  });

  test("nothing of it beside what can", () => {
    expect(userInput.parse(right)).toEqual(right);
    expect(userPatch.parse({})).toEqual({});
  });
});

test("a changed name has all pages read again that show it, and nobody else's", async () => {
  const live = await startLiveServer(makeInstance(), databaseUrl);
  const [seller, buyer, stranger] = [
    await makeHostUser(db),
    await makeUser(db),
    await makeUser(db),
  ];
  const { reference } = await makeSubject(db, seller);
  await startChat(db, buyer, reference);
  const [own, others, elsewhere] = [
    await live.open(seller),
    await live.open(buyer),
    await live.open(stranger),
  ];
  for (const reader of [own, others, elsewhere]) await reader.start();
  const resyncs = () => [own, others, elsewhere].map((reader) => reader.named("resync").length);
  await changeUser(db, host, seller.id, { dealsDone: 4 });
  await changeUser(db, host, seller.id, { name: "Another name" });
  await expect.poll(resyncs, { timeout: 15_000 }).toEqual([1, 1, 0]);
  expect(live.errors).toEqual([]);
});
