import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { databaseUrl, db } from "~test/database";
import { listen } from "./listener.server";
import { type Notification, notify, packNotifications, unpackNotifications } from "./notify.server";

function changes(count: number): Notification[] {
  return Array.from({ length: count }, (_, version) => ({
    kind: "change" as const,
    chatId: randomUUID(),
    version,
    userIds: [randomUUID(), randomUUID()],
  }));
}

test("nothing is packed into nothing", () => {
  expect(packNotifications([])).toEqual([]);
});

test("notifications that fit travel as one, the others as few as can be, in order", () => {
  for (const count of [1, 2, 40, 41, 42, 43, 500]) {
    const given = changes(count);
    const payloads = packNotifications(given);
    expect(payloads.flatMap(unpackNotifications)).toEqual(given);
    for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(8_000);
    for (const [at, next] of payloads.slice(1).entries()) {
      const first = JSON.stringify(unpackNotifications(next)[0]);
      expect((payloads[at] ?? "").length + first.length).toBeGreaterThan(7_890);
    }
  }
});

test("PostgreSQL takes what is packed, and listeners get all of it, in order", async () => {
  const given = changes(300);
  const got: Notification[] = [];
  const listener = await listen(databaseUrl, {
    notification: (notification) => got.push(notification),
    listening: () => {},
  });
  await db.transaction((tx) => notify(tx, given));
  await expect.poll(() => got, { timeout: 10_000 }).toEqual(given);
  await listener.close();
});

test("what is rolled back is not told", async () => {
  const got: Notification[] = [];
  const listener = await listen(databaseUrl, {
    notification: (notification) => got.push(notification),
    listening: () => {},
  });
  const [undone, done] = [changes(1), changes(1)];
  const failing = db.transaction(async (tx) => {
    await notify(tx, undone);
    throw new Error("Out of luck");
  });
  await expect(failing).rejects.toThrow("Out of luck");
  await notify(db, done);
  await expect.poll(() => got, { timeout: 10_000 }).toEqual(done);
  await listener.close();
});

test("a listener that cannot connect at first says so, and does not go on by itself", async () => {
  const nowhere = new URL("/no_such_database", databaseUrl).href;
  let called = 0;
  const listening = listen(nowhere, { notification: () => {}, listening: () => called++ });
  await expect(listening).rejects.toThrow("no_such_database");
  expect(called).toBe(0);
});
