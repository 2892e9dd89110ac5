import { createHmac, randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { SignJWT, UnsecuredJWT } from "jose";
import { expect, onTestFinished, test } from "vitest";
import { createSession, endSessionsOf, findSession, viewerOf } from "~/accounts/sessions.server";
import { sessions, users } from "~/db/schema";
import { imposeSanction } from "~/moderation/people/sanctions.server";
import { environment } from "~/operations/environment.server";
import { db } from "~test/database";
import { makeSanction, makeUser } from "~test/factories";
import { createUserToken } from "./create-user-token.server";
import { findTokenViewer, readBearer } from "./token-viewer.server";

const host = { keyId: randomUUID(), keyName: "A market" };
const makeGuest = () => makeUser(db, { externalId: randomUUID(), email: null });

async function tokenFor(userId: string, expiresInSeconds?: number) {
  const made = await createUserToken(db, host, { userId, expiresInSeconds });
  if (!made || !("token" in made)) throw new Error("No token was made");
  return made;
}

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
const fixedOf = (userId: string) =>
  db.select().from(sessions).where(sql`${sessions.userId} = ${userId} and ${sessions.isFixed}`);
const minutesFromNow = (at: Date) => (at.getTime() - Date.now()) / 60_000;

test("a person of the host is who his token says, for a quarter of an hour", async () => {
  const guest = await makeGuest();
  const { token, expiresAt } = await tokenFor(guest.id);
  const [row] = await fixedOf(guest.id);
  expect(await findTokenViewer(db, token)).toEqual({
    viewer: { id: guest.id, name: guest.name, role: "user", sessionId: row?.id },
    standing: "good",
  });
  expect(minutesFromNow(expiresAt)).toBeCloseTo(15, 0);
  expect(claimsOf(token).exp * 1_000).toBe(expiresAt.getTime());
  expect(row?.expiresAt).toEqual(expiresAt);
});

test("no token lasts longer than an hour or less than a minute", async () => {
  const guest = await makeGuest();
  expect(minutesFromNow((await tokenFor(guest.id, 86_400)).expiresAt)).toBeCloseTo(60, 0);
  expect(minutesFromNow((await tokenFor(guest.id, -5)).expiresAt)).toBeCloseTo(1, 0);
});

test("nobody else gets one: staff, who has a password here, who was erased, nobody", async () => {
  const people = [
    await makeUser(db),
    await makeUser(db, { role: "admin" }),
    await makeUser(db, { externalId: randomUUID(), role: "moderator" }),
    await makeUser(db, { externalId: randomUUID(), erasedAt: new Date() }),
    { id: randomUUID() },
  ];
  for (const { id: userId } of people) {
    expect(await createUserToken(db, host, { userId })).toBeNull();
    expect(await fixedOf(userId)).toEqual([]);
  }
});

test("who is suspended gets none, and the one that he has lets him in nowhere", async () => {
  const guest = await makeGuest();
  const { token } = await tokenFor(guest.id);
  await makeSanction(db, guest, { kind: "suspension" });
  expect(await createUserToken(db, host, { userId: guest.id })).toEqual({ refused: "lockedOut" });
  const session = await findTokenViewer(db, token);
  expect(session?.standing).toBe("lockedOut");
  expect(viewerOf(session)).toBeNull();
});

test("signing out everywhere and a ban end it", async () => {
  const guest = await makeGuest();
  const { token } = await tokenFor(guest.id);
  await db.transaction((tx) => endSessionsOf(tx, guest.id));
  expect(await findTokenViewer(db, token)).toBeNull();

  const other = await tokenFor(guest.id);
  const moderator = await makeUser(db, { role: "moderator" });
  const ban = { id: randomUUID(), userId: guest.id, kind: "ban", reason: "Cash" } as const;
  await imposeSanction(db, moderator, ban);
  expect(viewerOf(await findTokenViewer(db, other.token))).toBeNull();
});

test("using it does not prolong it", async () => {
  const guest = await makeGuest();
  const { token, expiresAt } = await tokenFor(guest.id);
  for (let at = 0; at < 3; at += 1) await findTokenViewer(db, token);
  expect((await fixedOf(guest.id))[0]?.expiresAt).toEqual(expiresAt);
});

test("its session ends when it does, whatever the token says", async () => {
  const guest = await makeGuest();
  const { token } = await tokenFor(guest.id);
  const past = { expiresAt: sql`now() - interval '1 second'` };
  await db.update(sessions).set(past).where(eq(sessions.userId, guest.id));
  expect(await findTokenViewer(db, token)).toBeNull();
});

test("of twenty at once the oldest goes, and other sessions stay", async () => {
  const guest = await makeGuest();
  const cookie = await createSession(db, guest.id);
  const first = await tokenFor(guest.id);
  const tokens = [];
  for (let at = 0; at < 20; at += 1) tokens.push((await tokenFor(guest.id)).token);
  expect(await findTokenViewer(db, first.token)).toBeNull();
  for (const token of tokens) expect(await findTokenViewer(db, token)).not.toBeNull();
  expect(await findSession(db, cookie.token)).not.toBeNull();

  await Promise.all(tokens.map(() => tokenFor(guest.id)));
  expect(await fixedOf(guest.id)).toHaveLength(20);
});

test("a token opens nothing as a cookie, and a cookie nothing as a token", async () => {
  const guest = await makeGuest();
  const { token } = await tokenFor(guest.id);
  expect(await findSession(db, token)).toBeNull();
  expect(await findSession(db, claimsOf(token).sid)).toBeNull();
  expect(await findTokenViewer(db, (await createSession(db, guest.id)).token)).toBeNull();
});

test("a row that a cookie would find opens nothing while it is a token's", async () => {
  const guest = await makeGuest();
  const { token, id } = await createSession(db, guest.id);
  expect(await findSession(db, token)).not.toBeNull();
  await db.update(sessions).set({ isFixed: true }).where(eq(sessions.id, id));
  expect(await findSession(db, token)).toBeNull();
});

test("what we did not sign, or not as a user token, is nobody's", async () => {
  const guest = await makeGuest();
  const { token } = await tokenFor(guest.id);
  const claims = claimsOf(token);
  const [head = "", body = "", seal = ""] = token.split(".");
  const { sessionSecret } = environment();
  const bare = new UnsecuredJWT(claims).encode();
  const sign = (secret: string, header: object = {}, alg = "HS256") =>
    new SignJWT(claims)
      .setProtectedHeader({ alg, typ: "parley-user+jwt", ...header })
      .sign(new TextEncoder().encode(secret));
  const recoded = Buffer.from(JSON.stringify({ ...claims, sub: randomUUID() })).toString(
    "base64url",
  );
  const forged = [
    bare,
    `${bare}${seal}`,
    await sign(sessionSecret),
    await sign("another secret of at least 32 characters"),
    await sign(sessionSecret.padEnd(64, "x"), {}, "HS512"),
    `${head}.${recoded}.${seal}`,
    `${head}.${body}.${createHmac("sha256", sessionSecret).update(`${head}.${body}`).digest("base64url")}`,
    `${head}.${body}.`,
    `${token}x`,
    "a.b.c",
    "",
    "x".repeat(100_000),
  ];
  for (const one of [null, ...forged]) expect(await findTokenViewer(db, one)).toBeNull();
  expect(await findTokenViewer(db, token)).not.toBeNull();
});

test("another secret ends all tokens", async () => {
  const { token } = await tokenFor((await makeGuest()).id);
  const { sessionSecret } = environment();
  onTestFinished(() => void Object.assign(environment(), { sessionSecret }));
  Object.assign(environment(), { sessionSecret: "another secret of at least 32 characters" });
  expect(await findTokenViewer(db, token)).toBeNull();
});

test("a session moved to another person is nobody's", async () => {
  const [guest, other] = [await makeGuest(), await makeGuest()];
  const { token } = await tokenFor(guest.id);
  await db
    .update(sessions)
    .set({ userId: other.id })
    .where(eq(sessions.id, claimsOf(token).sid));
  expect(await findTokenViewer(db, token)).toBeNull();
});

test("the token of somebody who is gone is nobody's", async () => {
  const guest = await makeGuest();
  const { token } = await tokenFor(guest.id);
  await db.delete(users).where(eq(users.id, guest.id));
  expect(await findTokenViewer(db, token)).toBeNull();
});

test.each([
  [undefined, null],
  ["", null],
  ["Bearer", null],
  ["Basic abc", null],
  ["Bearer a b", null],
  ["Bearer abc", "abc"],
  ["bearer  abc", "abc"],
])("the header %j names the token %j", (header, bearer) => {
  expect(readBearer(header)).toBe(bearer);
});
