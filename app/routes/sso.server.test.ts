import { randomUUID } from "node:crypto";
import { eq, like, sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { lockPeople } from "~/accounts/lock-people.server";
import { createSession, endSessionsOf, findSession } from "~/accounts/sessions.server";
import { chats, devices, notifications, rateLimits, ssoTokens, users } from "~/db/schema";
import { changeUser, saveUser } from "~/integration/host/save-user.server";
import { sweepTokens } from "~/integration/sso/use-once.server";
import { createUserToken } from "~/integration/tokens/create-user-token.server";
import { findTokenViewer } from "~/integration/tokens/token-viewer.server";
import { audit } from "~/moderation/audit/audit.server";
import { environment } from "~/operations/environment.server";
import { log, requestLog } from "~/operations/log.server";
import { eraseAccount } from "~/retention/erase/erase-account.server";
import { forgetAccount } from "~/retention/erase/forget-account.server";
import { db } from "~test/database";
import { makeSanction, makeSubject, makeUser } from "~test/factories";
import { makeHost } from "~test/hosts";
import { makeInstance, waitingBackends } from "~test/instances";
import { answerKeys, claimsFor, issuer, secret, serveKeys, signLink } from "~test/sign-in-links";
import { type Answer, pagesOf, send, serveApp } from "~test/web";

const host = await makeHost(db);
const path = (token: string, more = "") => `/sso?token=${encodeURIComponent(token)}${more}`;
const newId = () => `ext-${randomUUID()}`;
let origin = "";

function configure(settings: Partial<ReturnType<typeof environment>>) {
  const before = { ...environment() };
  Object.assign(environment(), settings);
  onTestFinished(() => void Object.assign(environment(), before));
}

let pages: Awaited<ReturnType<typeof pagesOf>>;
beforeAll(async () => {
  pages = await pagesOf({ "routes/sso": { path: "sso", module: await import("./sso") } });
});

beforeEach(async () => {
  configure({ ssoSecret: secret, ssoIssuer: issuer, ssoJwksUrl: undefined });
  await db.delete(rateLimits).where(like(rateLimits.key, "sso%"));
  ({ origin } = await serveApp({ pages }));
});

const get = (address: string, headers: Record<string, string> = {}) =>
  send(origin + address, { headers: { Accept: "text/html", ...headers } });
const come = async (said: Record<string, unknown> = {}, headers = {}) =>
  get(path(await signLink(said)), headers);
const cookiesOf = ({ headers }: Answer) => [headers["set-cookie"] ?? []].flat();

function sessionOf(answer: Answer): string | null {
  const cookie = cookiesOf(answer).find((one) => one.startsWith("session="));
  return /^session=([\w-]{43});/.exec(cookie ?? "")?.[1] ?? null;
}

const whoIs = async (answer: Answer) => (await findSession(db, sessionOf(answer)))?.viewer;
const personOf = (externalId: string) =>
  db.query.users.findFirst({ where: eq(users.externalId, externalId) });
const headingOf = ({ body }: Answer) => /<h1[^>]*>(.*?)<\/h1>/s.exec(body)?.[1];

function expectOut(answer: Answer, status: number, heading: string) {
  expect([answer.status, headingOf(answer)]).toEqual([status, heading]);
  expect(sessionOf(answer)).toBeNull();
  expect(answer.headers["cache-control"]).toContain("no-store");
}

test("who comes with a link is made, signed in and led to his chats, without the token", async () => {
  const sub = newId();
  const said = { sub, name: "Mira", email: "mira@test.example", verified: true, deals_done: 7 };
  const answer = await come(said);
  expect(answer).toMatchObject({ status: 303, body: "" });
  expect(answer.headers.location).toBe("/chats");
  expect(answer.headers["referrer-policy"]).toBe("no-referrer");
  expect(answer.headers["cache-control"]).toContain("no-store");
  const person = await personOf(sub);
  expect(person).toMatchObject({
    ...{ name: "Mira", email: "mira@test.example", isVerified: true, dealsDone: 7 },
    ...{ role: "user", passwordHash: null, hostSuspendedAt: null },
  });
  expect((await whoIs(answer))?.id).toBe(person?.id);
  expect(cookiesOf(answer).find((one) => one.startsWith("session="))).toMatch(
    /HttpOnly.*SameSite=Lax/,
  );
});

test("who comes again is the same person, as the host says he is now", async () => {
  const sub = newId();
  const first = await whoIs(await come({ sub, name: "Mira", verified: true, deals_done: 7 }));
  const second = await whoIs(await come({ sub, name: "Mira K.", deals_done: 8 }));
  expect(second).toMatchObject({ id: first?.id, name: "Mira K." });
  // What a link leaves out stays.
  expect(await personOf(sub)).toMatchObject({ isVerified: true, dealsDone: 8 });
  const third = await whoIs(await come({ sub, name: undefined, verified: null }));
  expect(third).toMatchObject({ id: first?.id, name: "Mira K." });
  expect(await personOf(sub)).toMatchObject({ isVerified: null, dealsDone: 8 });
});

test("what the host said last counts, whichever link comes last", async () => {
  const sub = newId();
  const said = { sub, exp: Math.floor(Date.now() / 1_000) + 60 };
  const ago = (seconds: number) => Math.floor(Date.now() / 1_000) - seconds;
  await come({ ...said, name: "Mira", verified: false, iat: ago(40) });
  await come({ ...said, name: "Mira K.", verified: true, iat: ago(20) });
  const late = await come({ ...said, name: "Mira", verified: false, iat: ago(30) });
  expect(await whoIs(late)).toMatchObject({ name: "Mira K." });
  expect(await personOf(sub)).toMatchObject({ name: "Mira K.", isVerified: true });
  // The API says it when it is called.
  const made = await signLink({ ...said, name: "Mira", verified: false, iat: ago(10) });
  await changeUser(db, host, (await personOf(sub))?.id ?? "", { name: "Mira L." });
  expect(await whoIs(await get(path(made)))).toMatchObject({ name: "Mira L." });
  expect(await personOf(sub)).toMatchObject({ name: "Mira L.", isVerified: true });
  expect(await whoIs(await come({ ...said, name: "Mira M." }))).toMatchObject({ name: "Mira M." });
});

test("what the host said again counts as said last: an older link does not bring back what was between", async () => {
  const sub = newId();
  const said = { sub, exp: Math.floor(Date.now() / 1_000) + 60 };
  const ago = (seconds: number) => Math.floor(Date.now() / 1_000) - seconds;
  await come({ ...said, name: "Mira", iat: ago(50) });
  const between = await signLink({ ...said, name: "Mira K.", iat: ago(40) });
  await come({ ...said, name: "Mira", iat: ago(30) });
  expect(await whoIs(await get(path(between)))).toMatchObject({ name: "Mira" });
  // The same where the API said it again, and a link that says nothing of the person says nothing later.
  const later = await signLink({ ...said, name: "Mira L.", iat: ago(10) });
  await come({ ...said, name: undefined, iat: ago(5) });
  expect(await whoIs(await get(path(later)))).toMatchObject({ name: "Mira L." });
  const last = await signLink({ ...said, name: "Mira M.", iat: ago(5) });
  await changeUser(db, host, (await personOf(sub))?.id ?? "", { name: "Mira L." });
  expect(await whoIs(await get(path(last)))).toMatchObject({ name: "Mira L." });
});

test("a new person needs a name", async () => {
  const sub = newId();
  expectOut(await come({ sub, name: undefined }), 400, "This link is not complete");
  expect(await personOf(sub)).toBeUndefined();
});

test("two new links of a new person at once are one person", async () => {
  const sub = newId();
  const answers = await Promise.all(Array.from({ length: 6 }, () => come({ sub })));
  const people = await Promise.all(answers.map(whoIs));
  expect(people.map((person) => person?.id)).toEqual(Array(6).fill((await personOf(sub))?.id));
});

test("a link lets in once, also when it comes ten times at once", async () => {
  const address = path(await signLink());
  const answers = await Promise.all(Array.from({ length: 10 }, () => get(address)));
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  for (const answer of answers.filter(({ status }) => status !== 303)) {
    expectOut(answer, 401, "This link was used already");
  }
  expectOut(await get(address), 401, "This link was used already");
});

test("who comes back to his link while he is signed in goes on, and gets no other session", async () => {
  const address = path(await signLink(), "&redirectTo=/settings");
  const first = await get(address);
  const Cookie = `session=${sessionOf(first)}`;
  const again = await get(address, { Cookie });
  expect(again).toMatchObject({ status: 303, headers: { location: "/settings" } });
  expect(cookiesOf(again)).toEqual([]);
  const { token } = await createSession(db, (await makeUser(db)).id);
  expectOut(await get(address, { Cookie: `session=${token}` }), 401, "This link was used already");
});

test("a link that failed half way is not used up", async () => {
  const sub = newId();
  const token = await signLink({ sub });
  const failing =
    "create function fail() returns trigger language plpgsql as $$ begin raise 'no'; end $$";
  await db.execute(sql.raw(failing));
  await db.execute(
    sql.raw("create trigger fail before insert on sessions for each row execute function fail()"),
  );
  try {
    const answer = await get(path(token));
    expect(answer.status).toBe(500);
    expect(answer.body).not.toMatch(/sign-in\.server|node_modules|raise/);
  } finally {
    await db.execute(sql`drop function fail() cascade`);
  }
  expect(await personOf(sub)).toBeUndefined();
  expect((await get(path(token))).status).toBe(303);
});

test("used links are forgotten when they would have expired, not before", async () => {
  const { jti } = claimsFor();
  await come({ jti, exp: Math.floor(Date.now() / 1_000) + 60 });
  const kept = () =>
    db
      .select()
      .from(ssoTokens)
      .where(eq(ssoTokens.id, String(jti)));
  expect((await kept())[0]?.expiresAt.getTime()).toBeGreaterThan(Date.now() + 90_000);
  await sweepTokens(db);
  expect(await kept()).toHaveLength(1);
  await db
    .update(ssoTokens)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(ssoTokens.id, String(jti)));
  await sweepTokens(db);
  expect(await kept()).toEqual([]);
});

test("whoever was signed in in this browser is not any more", async () => {
  const other = await makeUser(db);
  const { token } = await createSession(db, other.id);
  const answer = await come({}, { Cookie: `session=${token}` });
  expect((await whoIs(answer))?.id).not.toBe(other.id);
  expect(await findSession(db, token)).toBeNull();
});

test("whoever was signed in in this browser can be suspended or erased at that moment", async () => {
  for (const end of [endSessionsOf, forgetAccount]) {
    const former = await makeUser(db);
    const { token } = await createSession(db, former.id);
    // The locks of a suspension, and of an erasure, in their order.
    const { coming } = await makeInstance().transaction(async (tx) => {
      await lockPeople(tx, [former.id]);
      await end(tx, former.id);
      const coming = come({}, { Cookie: `session=${token}` });
      await vi.waitFor(async () => expect(await waitingBackends()).toHaveLength(1), 15_000);
      await audit(tx, host, { action: "user.suspended", personId: former.id });
      return { coming };
    });
    const answer = await coming;
    expect(answer.status).toBe(303);
    expect(await whoIs(answer)).toBeDefined();
    expect(await findSession(db, token)).toBeNull();
  }
});

test.each([
  ["an expired one", { iat: 1, exp: 60 }, 401, "This link has expired"],
  ["another issuer's", { iss: "https://evil.test" }, 401, "This link does not work"],
  ["one for somebody else", { aud: "https://evil.test" }, 401, "This link does not work"],
  ["one with odd claims", { deals_done: "many" }, 400, "This link is not complete"],
  ["one with NUL", { sub: "a\0b" }, 400, "This link is not complete"],
  ["one without an id", { jti: undefined }, 400, "This link is not complete"],
])("%s lets nobody in, and says why", async (_name, said, status, heading) => {
  const sub = newId();
  expectOut(await come({ sub, ...said }), status, heading);
  expect(await personOf(sub)).toBeUndefined();
});

test("it says which claim it was, and nothing else that the link says", async () => {
  const { body } = await come({ deals_done: "<script>alert(1)</script>" });
  expect(body).toContain("<code");
  expect(body).toContain("deals_done");
  expect(body).not.toContain("alert(1)");
});

test.each([
  "/sso",
  "/sso?token=",
  "/sso?token=x",
  "/sso?token=%00",
  "/sso?token[]=x",
  "/sso?Token=x",
])("%s lets nobody in", async (address) => {
  expectOut(await get(address), 401, "This link does not work");
});

test("what is far too long is no address", async () => {
  expect(await get(path("x".repeat(5_000)))).toMatchObject({ status: 414 });
  expect(await get(path("x".repeat(16_384)))).toMatchObject({ status: 431 });
});

test("the page that refuses a link does not repeat it, and our forms on it still say where from", async () => {
  const token = await signLink({ aud: "x" });
  const { body, headers } = await get(path(token));
  for (const part of token.split(".")) expect(body).not.toContain(part);
  expect(headers["referrer-policy"]).toBe("no-referrer");
  expect(body).toContain('<meta name="referrer" content="strict-origin"/>');
});

test("nobody can go elsewhere by a link", async () => {
  for (const redirectTo of ["https://evil.test/", "//evil.test", "/\\evil.test", "/\t/evil.test"]) {
    expect((await come({ redirectTo })).headers.location).toBe("/chats");
    const more = `&redirectTo=${encodeURIComponent(redirectTo)}`;
    expect((await get(path(await signLink(), more))).headers.location).toBe("/chats");
  }
});

test("what the link says of where to go comes before the address", async () => {
  const token = () => signLink({ redirectTo: "/settings?x=1" });
  expect((await get(path(await token(), "&redirectTo=/reports"))).headers.location).toBe(
    "/settings?x=1",
  );
  expect((await get(path(await signLink(), "&redirectTo=/reports"))).headers.location).toBe(
    "/reports",
  );
});

test("a link about a subject leads to the chat with its seller, the same one each time", async () => {
  const seller = await makeUser(db);
  const { reference: subject } = await makeSubject(db, seller);
  const sub = newId();
  const { location } = (await come({ sub, subject, redirectTo: "/settings" })).headers;
  expect(location).toMatch(/^\/chats\/[\da-f-]{36}$/);
  expect((await come({ sub, subject })).headers.location).toBe(location);
  const [chat] = await db
    .select()
    .from(chats)
    .where(eq(chats.buyerId, (await personOf(sub))?.id ?? ""));
  expect(location).toBe(`/chats/${chat?.id}`);
});

test("where there can be no chat it leads to the list", async () => {
  const sub = newId();
  const person = await whoIs(await come({ sub }));
  if (!person) throw new Error("Nobody was signed in");
  const { reference: own } = await makeSubject(db, person);
  expect((await come({ sub, subject: own })).headers.location).toBe("/chats");
  expect((await come({ sub, subject: "none" })).headers.location).toBe("/chats");
  expect((await come({ sub, subject: "none", redirectTo: "/settings" })).headers.location).toBe(
    "/settings",
  );
});

test("whom the host suspends is out everywhere, and told so", async () => {
  const sub = newId();
  const first = await come({ sub });
  expectOut(await come({ sub, suspended: true }), 403, "You cannot sign in");
  expect(await findSession(db, sessionOf(first))).toBeNull();
  // What leaves it out does not change it.
  expectOut(await come({ sub }), 403, "You cannot sign in");
  const since = sql`now() - interval '1 minute'`;
  await db.update(users).set({ hostSuspendedAt: since }).where(eq(users.externalId, sub));
  expect((await come({ sub, suspended: false })).status).toBe(303);
});

test("a link from before the suspension does not end it", async () => {
  const sub = newId();
  const person = await whoIs(await come({ sub }));
  const link = await signLink({ sub, suspended: false });
  await changeUser(db, host, person?.id ?? "", { isSuspended: true });
  expectOut(await get(path(link)), 403, "You cannot sign in");
  expect((await personOf(sub))?.hostSuspendedAt).not.toBeNull();
});

test("a new person who is suspended is known, and out", async () => {
  const sub = newId();
  expectOut(await come({ sub, suspended: true }), 403, "You cannot sign in");
  expect((await personOf(sub))?.hostSuspendedAt).not.toBeNull();
});

test("who is suspended here comes in to be told, and no further", async () => {
  const sub = newId();
  const person = await whoIs(await come({ sub }));
  await makeSanction(db, { id: person?.id ?? "" }, { kind: "suspension" });
  const session = await findSession(db, sessionOf(await come({ sub })));
  expect(session).toMatchObject({ viewer: { id: person?.id }, standing: "lockedOut" });
});

test("no link opens the account of staff, or one with a password", async () => {
  const sub = newId();
  const moderator = await makeUser(db, { externalId: sub, role: "moderator" });
  expectOut(await come({ sub, name: "Evil" }), 403, "You cannot sign in this way");
  expectOut(await come({ sub, name: undefined }), 403, "You cannot sign in this way");
  expect((await personOf(sub))?.name).toBe(moderator.name);

  const email = `${randomUUID()}@test.example`;
  const own = await makeUser(db, { email, passwordHash: "x" });
  for (const sub of [own.id, email]) {
    expect((await whoIs(await come({ sub, email })))?.id).not.toBe(own.id);
  }
  const [still] = await db.select().from(users).where(eq(users.id, own.id));
  expect(still).toMatchObject({ name: own.name, externalId: null });
});

test("somebody who was erased comes back as somebody new", async () => {
  const sub = newId();
  const former = await whoIs(await come({ sub, name: "Mira" }));
  await eraseAccount(db, host, { userId: former?.id ?? "" });
  const next = await whoIs(await come({ sub, name: "Mira" }));
  expect(next?.id).toBeDefined();
  expect(next?.id).not.toBe(former?.id);
});

test("a person whom the API made comes in as the same", async () => {
  const externalId = newId();
  const saved = await saveUser(db, host, { externalId, name: "Mira" });
  expect((await whoIs(await come({ sub: externalId, name: undefined })))?.id).toBe(
    "user" in saved ? saved.user.id : "",
  );
});

test("a new browser is noted without an alarm: there is no password that another could have", async () => {
  const sub = newId();
  const person = await whoIs(await come({ sub }));
  await come({ sub }, { "User-Agent": "Another" });
  const userId = person?.id ?? "";
  expect(await db.select().from(devices).where(eq(devices.userId, userId))).toHaveLength(2);
  expect(await db.select().from(notifications).where(eq(notifications.userId, userId))).toEqual([]);
});

test("who only looks or fetches ahead does not use a link up", async () => {
  const address = path(await signLink());
  const head = await send(origin + address, { method: "HEAD" });
  expect(head).toMatchObject({ status: 204, headers: { "referrer-policy": "no-referrer" } });
  const { status } = await get(address, { "Sec-Purpose": "prefetch;prerender" });
  expect(status).toBe(503);
  expect((await get(address)).status).toBe(303);
});

test("nothing but GET is there", async () => {
  for (const method of ["POST", "PUT", "DELETE"]) {
    const answer = await send(origin + path(await signLink()), {
      method,
      headers: { Origin: origin },
    });
    expect(answer.status).toBe(405);
    expect(sessionOf(answer)).toBeNull();
  }
});

test("no line of the log holds a token", async () => {
  const spies = [vi.spyOn(log, "info"), vi.spyOn(log, "warn"), vi.spyOn(requestLog, "info")];
  onTestFinished(() => spies.forEach((spy) => void spy.mockRestore()));
  const tokens = [
    await signLink(),
    await signLink({ aud: "x" }),
    await signLink({ exp: 1, iat: 0 }),
  ];
  for (const token of tokens) await get(path(token));
  await expect.poll(() => spies[2]?.mock.calls.length).toBeGreaterThanOrEqual(tokens.length);
  const lines = JSON.stringify(spies.flatMap(({ mock }) => mock.calls));
  expect(lines).toContain("sign-in from the host refused");
  expect(lines).toContain("/sso");
  for (const token of tokens) {
    for (const part of token.split(".").slice(1)) expect(lines).not.toContain(part);
  }
});

test("where nothing is set up there is no such page", async () => {
  configure({ ssoSecret: undefined, ssoIssuer: undefined });
  expect((await come()).status).toBe(404);
});

test("while the host's keys are away it says so, and to come again", async () => {
  const keys = await serveKeys(answerKeys(() => []));
  keys.close();
  configure({ ssoJwksUrl: keys.url });
  const { generateKeyPair } = await import("jose");
  const { privateKey } = await generateKeyPair("ES256");
  const answer = await get(path(await signLink({}, privateKey, { alg: "ES256", kid: "k" })));
  expectOut(answer, 503, "We cannot reach the marketplace");
  expect(answer.headers["retry-after"]).toBe("5");
});

test("who tries too often waits, and keeps nobody out who has a link", async () => {
  const points = 3;
  configure({ limitSignInFailuresPer15Minutes: points });
  for (let at = 0; at < points; at += 1) expect((await get("/sso?token=x")).status).toBe(401);
  const limited = await get("/sso?token=x");
  expectOut(limited, 429, "Too many attempts");
  expect(Number(limited.headers["retry-after"])).toBeGreaterThan(0);
  expect((await come()).status).toBe(303);
});

test("links that the host signed do not count as tries", async () => {
  configure({ limitSignInFailuresPer15Minutes: 1 });
  const used = path(await signLink());
  for (let at = 0; at < 3; at += 1) await get(used);
  for (let at = 0; at < 3; at += 1) await come({ iat: 1, exp: 60 });
  expect((await get("/sso?token=x")).status).toBe(401);
});

test("a user token is no link, and a link no user token", async () => {
  const sub = newId();
  const link = await signLink({ sub });
  expect(await findTokenViewer(db, link)).toBeNull();
  const person = await whoIs(await get(path(link)));
  const made = await createUserToken(db, host, { userId: person?.id ?? "" });
  if (!made || !("token" in made)) throw new Error("No token was made");
  expectOut(await get(path(made.token)), 401, "This link does not work");
});

test("a forged host does not make a link for another one of ours", async () => {
  const token = await signLink({ aud: "http://other.test" });
  const answer = await get(path(token), { Host: "other.test" });
  expect(answer.status).toBe(401);
  configure({ publicUrl: new URL("http://other.test") });
  expect((await get(path(token))).status).toBe(303);
});

test("a page in the look of ours comes with a fetch of data, too", async () => {
  const answer = await send(`${origin}/sso.data?token=x`);
  expect(answer.status).toBe(401);
  expect(answer.headers["referrer-policy"]).toBe("no-referrer");
  const lookedAt = `${origin}/sso.data?token=${await signLink()}`;
  expect(await send(lookedAt)).toMatchObject({ status: 202 });
  expect(sessionOf(await send(lookedAt))).toBeNull();
});
