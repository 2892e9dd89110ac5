import { randomBytes } from "node:crypto";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { devices, notifications } from "~/db/schema";
import { readChoices } from "~/notifications/choices.server";
import { db } from "~test/database";
import { makeUser } from "~test/factories";
import { beginSession } from "./begin-session.server";
import { listSignIns, noteDevice } from "./devices.server";

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/** A browser that keeps its cookies and signs in. */
function makeBrowser({ keepsCookies = true } = {}) {
  let cookies = "timeZone=Europe%2FLisbon";
  return async (userId: string) => {
    const headers = { Cookie: cookies, "User-Agent": firefox, "Accept-Language": "en" };
    const answer = await beginSession(db, new Request("http://localhost/login", { headers }), {
      userId,
    });
    const set = answer.headers.getSetCookie();
    if (keepsCookies) cookies = set.map((cookie) => cookie.split(";", 1)[0]).join("; ");
    return set;
  };
}

const toldOf = (userId: string) =>
  db.select().from(notifications).where(eq(notifications.userId, userId));

test("a person is told of a sign-in from a new browser, once", async () => {
  const { id } = await makeUser(db);
  const [own, strange] = [makeBrowser(), makeBrowser()];
  await own(id);
  expect(await toldOf(id)).toEqual([]);
  await strange(id);
  const told = await toldOf(id);
  expect(told).toMatchObject([
    { kind: "sign_in", data: { what: "newDevice", browser: "Firefox", system: "Linux" } },
  ]);
  await strange(id);
  await own(id);
  expect(await toldOf(id)).toEqual(told);
});

test("who signs up is told of nothing, and neither is another who uses the same browser", async () => {
  const [one, two] = [await makeUser(db), await makeUser(db)];
  const shared = makeBrowser();
  for (const { id } of [one, two, one, two]) await shared(id);
  for (const { id } of [one, two]) expect(await toldOf(id)).toEqual([]);
});

test("of two first browsers at once one is told of", async () => {
  const { id } = await makeUser(db);
  await Promise.all([makeBrowser()(id), makeBrowser()(id)]);
  expect(await toldOf(id)).toHaveLength(1);
});

test("the cookie lasts a year, no script reads it, and the table does not hold it", async () => {
  const { id } = await makeUser(db);
  const cookie = (await makeBrowser()(id)).find((one) => one.startsWith("device=")) ?? "";
  expect(cookie).toMatch(/^device=[\w-]{43}; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax/);
  const kept = await db.select().from(devices).where(eq(devices.userId, id));
  expect(kept).toHaveLength(1);
  expect(JSON.stringify(kept)).not.toContain(cookie.slice(7, 50));
});

test("a cookie that is none of ours is a new browser, and never comes back to it", async () => {
  const { id } = await makeUser(db);
  await makeBrowser()(id);
  const headers = { Cookie: "device=%00%0d%0aSet-Cookie:x" };
  const request = new Request("http://localhost/login", { headers });
  const answer = await beginSession(db, request, { userId: id });
  expect(answer.headers.getSetCookie().join()).not.toContain("Set-Cookie:x");
  expect(await toldOf(id)).toHaveLength(1);
});

test("of a browser that keeps no cookies a person is told each time, and his table stays small", async () => {
  const { id } = await makeUser(db);
  const browser = { browser: null, system: null };
  const signIn = () =>
    db.transaction((tx) =>
      noteDevice(tx, id, { token: randomBytes(32).toString("base64url"), ...browser }),
    );
  for (let at = 0; at < 53; at += 1) await signIn();
  expect(await toldOf(id)).toHaveLength(52);
  expect(await db.select().from(devices).where(eq(devices.userId, id))).toHaveLength(50);
});

test("a person sees which browsers he signed in with, the latest first, and which one he looks with", async () => {
  const { id } = await makeUser(db);
  const tokens = ["Safari", "Chrome", "Firefox"].map((browser) => ({
    browser,
    token: randomBytes(32).toString("base64url"),
  }));
  for (const one of [...tokens, ...tokens.slice(0, 1)]) {
    await db.transaction((tx) => noteDevice(tx, id, { ...one, system: null }));
  }
  const seen = await listSignIns(db, { id }, tokens[2]?.token ?? "");
  expect(seen.map(({ browser, isThis }) => [browser, isThis])).toEqual([
    ["Safari", false],
    ["Firefox", true],
    ["Chrome", false],
  ]);
  expect(await listSignIns(db, await makeUser(db), tokens[2]?.token ?? "")).toEqual([]);
});

test("a sign-in that fails tells of nothing and leaves no device", async () => {
  const { id } = await makeUser(db);
  await makeBrowser()(id);
  const token = randomBytes(32).toString("base64url");
  const failing = db.transaction(async (tx) => {
    await noteDevice(tx, id, { token, browser: null, system: null });
    throw new Error("No");
  });
  await expect(failing).rejects.toThrow("No");
  expect(await toldOf(id)).toEqual([]);
  expect(await db.select().from(devices).where(eq(devices.userId, id))).toHaveLength(1);
});

test("with a sign-in the person's language and time zone are kept", async () => {
  const { id } = await makeUser(db);
  await makeBrowser()(id);
  expect(await readChoices(db, id)).toMatchObject({ locale: "en", timeZone: "Europe/Lisbon" });
});
