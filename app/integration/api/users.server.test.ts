import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { serveApi } from "~test/api";
import { db } from "~test/database";
import { makeExport } from "~test/exports";
import { makeUser } from "~test/factories";
import { makeKey } from "~test/hosts";

const person = () => ({ externalId: `person-${randomUUID()}`, name: "Mira K." });

test("a person is made once, and updated by what the marketplace calls him", async () => {
  const { call } = await serveApi();
  const { key: as } = await makeKey(db);
  const body = { ...person(), email: "Mira@Example.com", isVerified: true, dealsDone: 3 };
  const [first, again] = [
    await call("POST", "/users", { as, body }),
    await call("POST", "/users", { as, body: { ...body, dealsDone: 4 } }),
  ];
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(again.body).toEqual({ ...first.body, dealsDone: 4 });
  expect(again.body.email).toBe("mira@example.com");
  const seen = await call("GET", `/users/${first.body.id}`, { as });
  expect(seen.body).toEqual(again.body);
  const query = `externalId=${encodeURIComponent(body.externalId)}`;
  const found = await call("GET", `/users?${query}`, { as });
  expect(found.body).toEqual({ data: [again.body], next: null });
});

test("a change that was made to what somebody else changed meanwhile is refused", async () => {
  const { call } = await serveApi();
  const { key: as } = await makeKey(db);
  const { body, headers } = await call("POST", "/users", { as, body: person() });
  const seen = await call("GET", `/users/${body.id}`, { as });
  expect(headers.etag).toBeUndefined();
  const change = { as, headers: { "If-Match": String(seen.headers.etag) }, body: { dealsDone: 1 } };
  expect((await call("PATCH", `/users/${body.id}`, change)).status).toBe(200);
  const late = await call("PATCH", `/users/${body.id}`, { ...change, body: { dealsDone: 2 } });
  expect(late).toMatchObject({ status: 412, body: { status: 412 } });
});

test("people who did not come from the host are none of its people", async () => {
  const { call } = await serveApi();
  const { key: as } = await makeKey(db);
  for (const { id } of [await makeUser(db), await makeUser(db, { role: "moderator" })]) {
    expect((await call("GET", `/users/${id}`, { as })).status).toBe(404);
    const renamed = await call("PATCH", `/users/${id}`, { as, body: { name: "Other" } });
    expect(renamed.status).toBe(404);
  }
});

test("what a person cannot be called is said beside the field", async () => {
  const { call } = await serveApi();
  const { key: as } = await makeKey(db);
  const body = { externalId: "a\u0007b", name: "", dealsDone: -1, isVerified: "yes" };
  const { status, body: refused } = await call("POST", "/users", { as, body });
  expect(status).toBe(422);
  const errors = Object.fromEntries(
    refused.errors.map(({ path, message }: { path: string; message: string }) => [path, message]),
  );
  expect(Object.keys(errors).toSorted()).toEqual([
    "/dealsDone",
    "/externalId",
    "/isVerified",
    "/name",
  ]);
  expect(errors["/externalId"]).toBe("externalId holds no control characters.");
});

test("who is erased is gone at once, for the host as for all", async () => {
  const { call } = await serveApi();
  const { key: as } = await makeKey(db);
  const { body: made } = await call("POST", "/users", { as, body: person() });
  const path = `/users/${made.id}`;
  expect(await call("DELETE", path, { as })).toMatchObject({
    status: 202,
    body: { isHeld: false },
  });
  expect((await call("GET", path, { as })).status).toBe(404);
  const { body } = await call("POST", "/users", {
    as,
    body: { ...person(), externalId: made.externalId },
  });
  expect(body.id).not.toBe(made.id);
  for (const { id } of [await makeUser(db), await makeUser(db, { role: "moderator" })]) {
    expect((await call("DELETE", `/users/${id}`, { as })).status).toBe(404);
  }
});

test("the host has a person's data gathered, and downloads them", async () => {
  const { call } = await serveApi();
  const { key: as } = await makeKey(db);
  const { body: made } = await call("POST", "/users", { as, body: person() });
  const path = `/users/${made.id}/exports`;
  const [asked, again] = [await call("POST", path, { as }), await call("POST", path, { as })];
  expect([asked.status, again.body]).toEqual([202, asked.body]);
  const { body } = await call("GET", path, { as });
  expect(body.data).toMatchObject([{ id: asked.body.id, state: "waiting", bytes: null }]);
  expect((await call("GET", `${path}/${asked.body.id}`, { as })).status).toBe(404);
  const file = await call("GET", `${path}/${await makeExport(db, made.id)}`, { as });
  expect(file).toMatchObject({
    status: 200,
    body: "PK",
    headers: { "content-type": "application/zip" },
  });
  const stranger = await makeUser(db);
  expect((await call("POST", `/users/${stranger.id}/exports`, { as })).status).toBe(404);
});
