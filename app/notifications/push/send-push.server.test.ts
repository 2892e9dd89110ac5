import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { endSession } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import { deliveries, pushSubscriptions, sessions } from "~/db/schema";
import { db } from "~test/database";
import { makeUser } from "~test/factories";
import { startPushService } from "~test/push-service";
import type { PushPayload } from "./payload";
import { retryTime } from "./retry-after";
import { type Push, sendPush } from "./send-push.server";
import {
  listDevices,
  revoke,
  subscribe,
  subscriptionsOf,
  unsubscribe,
} from "./subscriptions.server";

const noon = new Date("2026-06-01T12:00:00Z");
const later = (minutes: number) => new Date(noon.getTime() + minutes * 60_000);
const named = { browser: "Chrome", system: "Android" };

/** A person with one device, and the service that it is pushed to through. */
async function makeScene() {
  const [person, service] = [await makeUser(db), await startPushService()];
  const browser = service.newBrowser();
  await subscribe(db, person, { ...browser, ...named });
  const read = async () => (await subscriptionsOf(db, person.id))[0];
  const send = async (push: Push, now = noon) => {
    const subscription = await read();
    return subscription && sendPush(db, subscription, push, now);
  };
  return { person, service, browser, read, send };
}

function makePush(): Push {
  const payload: PushPayload = {
    kind: "notification",
    notificationId: randomUUID(),
    title: "Parley",
    body: "News",
    path: "/notifications",
    tag: "news",
    lang: "en",
  };
  return { key: randomUUID(), payload, topic: "news", urgency: "normal", ttlSeconds: 60 };
}

const devicesOf = async (person: Viewer) =>
  (await listDevices(db, person)).map(({ browser, isThis }) => ({ browser, isThis }));

test.each([404, 410])("an answer of %i ends a subscription", async (status) => {
  const { service, read, send } = await makeScene();
  service.answer = { status };
  expect(await send(makePush())).toBeNull();
  expect(await read()).toBeUndefined();
});

test.each([429, 500, 503])(
  "an answer of %i is waited out, longer each time, and the push is for later",
  async (status) => {
    const { service, browser, send } = await makeScene();
    const push = makePush();
    service.answer = { status };
    const first = await send(push);
    expect(first?.retryAt.getTime()).toBeGreaterThanOrEqual(later(0.5).getTime());
    expect(first?.retryAt.getTime()).toBeLessThan(later(1).getTime());
    expect(await send(push, later(0.2))).toEqual(first);
    expect(service.asked).toBe(1);
    const second = await send(push, later(2));
    expect(second?.retryAt.getTime()).toBeGreaterThanOrEqual(later(3).getTime());
    service.answer = undefined;
    expect(await send(push, later(10))).toBeNull();
    expect(service.of(browser)).toHaveLength(1);
  },
);

test("a service that says when to come back is left alone until then", async () => {
  const { service, send } = await makeScene();
  service.answer = { status: 429, headers: { "Retry-After": "3600" } };
  expect(await send(makePush())).toEqual({ retryAt: later(60) });
  await send(makePush(), later(59));
  expect(service.asked).toBe(1);
});

test("a time to come back is seconds or a date, and never longer than a day", () => {
  expect(retryTime("120", noon)).toEqual(later(2));
  expect(retryTime("Mon, 01 Jun 2026 12:05:00 GMT", noon)).toEqual(later(5));
  expect(retryTime("Mon, 01 Jun 2020 12:05:00 GMT", noon)).toEqual(noon);
  expect(retryTime("99999999999", noon)).toEqual(later(24 * 60));
  for (const nonsense of [undefined, "", "soon", "-5x"]) {
    expect(retryTime(nonsense, noon)).toBeNull();
  }
});

test("a service that only fails ends the subscription after some days", async () => {
  const { service, read, send } = await makeScene();
  service.answer = { status: 500 };
  let now = noon;
  for (let tries = 0; tries < 30 && (await read()); tries++) {
    now = (await send(makePush(), now))?.retryAt ?? now;
  }
  expect(await read()).toBeUndefined();
  const hours = (now.getTime() - noon.getTime()) / 3_600_000;
  expect(hours).toBeGreaterThan(48);
});

test("where nobody listens the push is for later", async () => {
  const { service, send } = await makeScene();
  service.close();
  expect((await send(makePush()))?.retryAt.getTime()).toBeGreaterThan(noon.getTime());
});

test("a redirect is followed nowhere, and the push is for later", async () => {
  const { service, send } = await makeScene();
  service.answer = { status: 307, headers: { Location: `${service.origin}/elsewhere` } };
  expect((await send(makePush()))?.retryAt).toBeInstanceOf(Date);
  expect(service.asked).toBe(1);
});

test("a push that is too large for its service is given up", async () => {
  const { service, send } = await makeScene();
  service.answer = { status: 413 };
  expect(await send(makePush())).toBeNull();
});

test("a push that was taken is not sent again, whatever its sender heard of it", async () => {
  const { service, browser, send } = await makeScene();
  const push = makePush();
  service.isCutting = true;
  await send(push);
  service.isCutting = false;
  await send(push, later(60));
  await send(push, later(120));
  expect(service.of(browser)).toHaveLength(1);
});

test("a push that its process was killed with before it was handed over is sent by the next, and after that not", async () => {
  const { service, browser, read, send } = await makeScene();
  const [before, after] = [makePush(), makePush()];
  const id = (await read())?.id;
  await db.insert(deliveries).values({ key: `push:${id}:${before.key}`, state: "begun" });
  await db.insert(deliveries).values({
    key: `push:${id}:${after.key}`,
    state: "handed_over",
    at: sql`now() - interval '10 minutes'`,
  });
  await send(before);
  await send(after, later(60));
  expect(service.of(browser)).toEqual([before.payload]);
});

test("a subscription at a service that is not in the list any more ends unasked", async () => {
  const { browser, service: former, read, person } = await makeScene();
  const service = await startPushService();
  const subscription = await read();
  expect(subscription && (await sendPush(db, subscription, makePush(), noon))).toBeNull();
  expect([former.asked, service.asked]).toEqual([0, 0]);
  expect(await read()).toBeUndefined();
  expect(await subscribe(db, person, { ...browser, ...named })).toEqual({ refused: true });
});

test("what is no push service, or leads to a private address, is not subscribed", async () => {
  const { person, service } = await makeScene();
  const keys = { ...service.newBrowser(), ...named };
  for (const endpoint of ["https://127.0.0.1/a", "https://evil.example/a", "http://localhost/a"]) {
    expect(await subscribe(db, person, { ...keys, endpoint })).toEqual({ refused: true });
  }
  expect(await devicesOf(person)).toHaveLength(1);
});

test("each device is shown to its owner, and ends from any of them", async () => {
  const { person, service } = await makeScene();
  const stranger = await makeUser(db);
  const phone = { ...person, sessionId: await anotherSession(person) };
  await subscribe(db, phone, { ...service.newBrowser(), browser: "Safari", system: "iOS" });
  expect(await devicesOf(person)).toEqual([
    { browser: "Safari", isThis: false },
    { browser: "Chrome", isThis: true },
  ]);
  const [first] = await listDevices(db, person);
  await revoke(db, stranger, first?.id ?? "");
  expect(await devicesOf(person)).toHaveLength(2);
  await revoke(db, person, first?.id ?? "");
  expect(await devicesOf(person)).toEqual([{ browser: "Chrome", isThis: true }]);
});

test.each(["signs out", "leaves the browser to another"])(
  "nothing is handed over any more when somebody %s while his push is under way",
  async (what) => {
    const { person, browser, service, read } = await makeScene();
    const subscription = await read();
    const next = await makeUser(db);
    if (what === "signs out") await endSession(db, person.sessionId);
    else await subscribe(db, next, { ...browser, ...named });
    expect(subscription && (await sendPush(db, subscription, makePush(), noon))).toBeNull();
    expect(service.taken).toEqual([]);
  },
);

test("signing out ends the pushes of that browser, and no others", async () => {
  const { person, service } = await makeScene();
  const phone = { ...person, sessionId: await anotherSession(person) };
  await subscribe(db, phone, { ...service.newBrowser(), browser: "Safari", system: "iOS" });
  await endSession(db, person.sessionId);
  expect((await listDevices(db, phone)).map(({ browser }) => browser)).toEqual(["Safari"]);
});

test("nothing is pushed to a browser whose session expired, and nobody signed out subscribes one", async () => {
  const { person, browser, send, service } = await makeScene();
  await db
    .update(sessions)
    .set({ expiresAt: sql`now() - interval '1 minute'` })
    .where(eq(sessions.id, person.sessionId));
  await send(makePush());
  expect(service.asked).toBe(0);
  expect(await subscribe(db, person, { ...browser, ...named })).toBeNull();
});

test("a browser in which another person subscribes is pushed to for that person alone", async () => {
  const { person, browser, service, send } = await makeScene();
  const next = await makeUser(db);
  const failing = makePush();
  service.answer = { status: 500 };
  await send(failing);
  await subscribe(db, next, { ...browser, ...named });
  service.answer = undefined;
  expect(await devicesOf(person)).toEqual([]);
  const [subscription] = await subscriptionsOf(db, next.id);
  expect(subscription).toMatchObject({ failures: 0, pausedUntil: null });
  // The same words to somebody else are another push.
  expect(subscription && (await sendPush(db, subscription, failing, noon))).toBeNull();
  expect(service.of(browser)).toHaveLength(1);
  await unsubscribe(db, person, browser.endpoint);
  expect(await devicesOf(next)).toHaveLength(1);
});

test("a browser whose service gave it another endpoint keeps one device", async () => {
  const { person, browser, service } = await makeScene();
  await subscribe(db, person, { ...service.newBrowser(), ...named, former: browser.endpoint });
  await subscribe(db, person, { ...service.newBrowser(), ...named, former: "https://a.example/" });
  expect(await devicesOf(person)).toHaveLength(2);
  const rows = await db
    .select()
    .from(pushSubscriptions)
    .where(eq(pushSubscriptions.endpoint, browser.endpoint));
  expect(rows).toEqual([]);
});

test("nobody has more than twenty devices: the oldest ends", async () => {
  const { person, browser, service } = await makeScene();
  for (let more = 0; more < 20; more++) {
    await subscribe(db, person, { ...service.newBrowser(), ...named });
  }
  const endpoints = (await subscriptionsOf(db, person.id)).map(({ endpoint }) => endpoint);
  expect(endpoints).toHaveLength(20);
  expect(endpoints).not.toContain(browser.endpoint);
});

async function anotherSession({ id: userId }: Viewer): Promise<string> {
  const id = randomUUID();
  await db.insert(sessions).values({ id, userId, expiresAt: sql`now() + interval '1 day'` });
  return id;
}
