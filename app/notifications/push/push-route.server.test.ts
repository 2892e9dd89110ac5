import { expect, test } from "vitest";
import { createSession } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import { db } from "~test/database";
import { makeUser } from "~test/factories";
import { startPushService } from "~test/push-service";
import { pagesOf, send, serveApp } from "~test/web";
import { listDevices } from "./subscriptions.server";

/** A person's browser at `/settings/push`. */
async function makeScene() {
  const module = await import("~/routes/push");
  const pages = await pagesOf({ push: { path: "settings/push", module } });
  const [{ origin }, service, user] = [
    await serveApp({ pages }),
    await startPushService(),
    await makeUser(db),
  ];
  const { token, id: sessionId } = await createSession(db, user.id);
  const person: Viewer = { ...user, sessionId };
  const ask = (fields?: Record<string, string>, headers: Record<string, string> = {}) =>
    send(`${origin}/settings/push`, {
      method: fields ? "POST" : "GET",
      headers: {
        cookie: `session=${token}`,
        origin,
        "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
        ...(fields && { "content-type": "application/x-www-form-urlencoded" }),
        ...headers,
      },
      body: fields && new URLSearchParams(fields).toString(),
    });
  return { service, person, ask, fields: { intent: "subscribe", ...service.newBrowser() } };
}

test("a browser asks for the key, subscribes, and unsubscribes", async () => {
  const { person, ask, fields } = await makeScene();
  const before = JSON.parse((await ask()).body);
  expect(before).toEqual({ publicKey: expect.stringMatching(/^B[\w-]{86}$/), isOn: false });
  expect((await ask(fields)).status).toBe(200);
  expect((await ask(fields)).status).toBe(200);
  expect(JSON.parse((await ask()).body)).toEqual({ ...before, isOn: true });
  expect(await listDevices(db, person)).toMatchObject([
    { browser: "Firefox", system: "Linux", isThis: true },
  ]);
  expect((await ask({ intent: "unsubscribe", endpoint: fields.endpoint })).status).toBe(200);
  expect(await listDevices(db, person)).toEqual([]);
});

test("what is no subscription, or at no known service, is refused", async () => {
  const { person, ask, fields } = await makeScene();
  const wrong: Record<string, string>[] = [
    { endpoint: "https://push.evil.example/a" },
    { endpoint: "http://169.254.169.254/latest/meta-data" },
    { endpoint: "not an address" },
    { endpoint: `${fields.endpoint}/${"x".repeat(2_048)}` },
    { p256dh: "AAAA" },
    // Of the right length, and no point of the curve.
    { p256dh: Buffer.alloc(65, 4).toString("base64url") },
    { auth: "AAAA" },
    { auth: "" },
    { former: "nowhere" },
  ];
  for (const one of wrong) {
    expect((await ask({ ...fields, ...one })).status, JSON.stringify(one)).toBe(422);
  }
  expect((await ask({ intent: "anything" })).status).toBe(422);
  expect(await listDevices(db, person)).toEqual([]);
});

test("nobody subscribes a browser from another site, or signed out", async () => {
  const { ask, fields, person } = await makeScene();
  expect((await ask(fields, { origin: "https://evil.example" })).status).toBe(403);
  expect((await ask(fields, { cookie: "" })).status).toBe(303);
  expect((await ask(undefined, { cookie: "" })).status).toBe(303);
  expect(await listDevices(db, person)).toEqual([]);
});
