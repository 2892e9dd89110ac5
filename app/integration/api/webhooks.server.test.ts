import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { serveApi } from "~test/api";
import { db, sql } from "~test/database";
import { makeKey } from "~test/hosts";

const url = "https://market.example.com/webhooks/parley";

test("an endpoint is made with a secret that is shown once, changed, listed and deleted", async () => {
  const { call } = await serveApi();
  const { key: as } = await makeKey(db);
  const body = { url, eventTypes: ["message.created"] };
  const { status, body: made } = await call("POST", "/webhooks", { as, body });
  expect([status, made.secret]).toEqual([201, expect.stringMatching(/^whsec_/)]);
  const { secret, ...endpoint } = made;
  expect((await call("GET", "/webhooks", { as })).body).toEqual({ data: [endpoint], next: null });
  const path = `/webhooks/${made.id}`;
  expect((await call("GET", path, { as })).body).toEqual(endpoint);
  const off = await call("PATCH", path, { as, body: { isEnabled: false } });
  expect(off.body).toMatchObject({ switchedOff: { reason: "asked" } });
  expect(off.body.secret).toBeUndefined();
  const rotated = await call("PATCH", path, { as, body: { rotateSecret: true } });
  expect(rotated.body.secret).not.toBe(secret);
  expect((await call("DELETE", path, { as })).status).toBe(204);
  for (const method of ["GET", "DELETE"]) {
    expect((await call(method, path, { as })).status).toBe(404);
  }
});

test("a repeat with its Idempotency-Key gets the same secret, and makes no second endpoint", async () => {
  const { call } = await serveApi();
  const { key: as } = await makeKey(db);
  const asked = { as, headers: { "Idempotency-Key": randomUUID() }, body: { url } };
  const [first, again] = [
    await call("POST", "/webhooks", asked),
    await call("POST", "/webhooks", asked),
  ];
  expect(again.body).toEqual(first.body);
  const { body } = await call("GET", "/webhooks", { as });
  expect(body.data.filter(({ id }: { id: string }) => id === first.body.id)).toHaveLength(1);
  // Who answered died before the answer was stored.
  await sql`delete from idempotent_answers where key = ${asked.headers["Idempotency-Key"]}`;
  const third = await call("POST", "/webhooks", asked);
  expect(third).toMatchObject({ status: 409, body: { reason: "made" } });
});

test("addresses of no public host are refused beside the field", async () => {
  const { call } = await serveApi();
  const { key: as } = await makeKey(db);
  for (const wrong of ["http://127.0.0.1/", "https://[::1]/", "https://localhost/", "ftp://x.y/"]) {
    const { status, body } = await call("POST", "/webhooks", { as, body: { url: wrong } });
    expect([status, body.errors[0].path]).toEqual([422, "/url"]);
  }
});
