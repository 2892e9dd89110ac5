import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { serveAdminPages } from "~test/admin-pages";
import { db, sql } from "~test/database";
import { makeUser } from "~test/factories";
import { send } from "~test/web";
import { addOrigin, listOrigins, removeOrigin } from "./origins.server";

const path = "/admin/integrations";
const newOrigin = () => `https://${randomUUID()}.example`;

async function serve() {
  const { origin: ours, as } = await serveAdminPages("routes/admin/integrations");
  /** Whether a browser would let a page of that origin read the API. */
  const maySee = async (Origin: string) => {
    const asked = { Origin, "Access-Control-Request-Method": "GET" };
    const { headers } = await send(`${ours}/api/v1/chats`, { method: "OPTIONS", headers: asked });
    return headers["access-control-allow-origin"] === Origin;
  };
  return { admin: await as("admin"), maySee };
}

const entriesOf = (origin: string) => sql`
  select action from audit_log where details like ${`%${origin}%`} order by seq`;

test("pages of an origin read the API from when an admin lists it until it is removed", async () => {
  const { admin, maySee } = await serve();
  const origin = newOrigin();
  expect(await maySee(origin)).toBe(false);
  const added = await admin.post(path, {
    intent: "addOrigin",
    origin: ` ${origin.toUpperCase()}/`,
  });
  expect([added.status, added.to]).toEqual([303, `${path}?done=addOrigin#origins`]);
  expect(await maySee(origin)).toBe(true);
  expect((await admin.read(path)).html).toContain(origin);
  expect((await admin.post(path, { intent: "removeOrigin", origin })).status).toBe(303);
  expect(await maySee(origin)).toBe(false);
  expect(await entriesOf(origin)).toMatchObject([
    { action: "origin.added" },
    { action: "origin.removed" },
  ]);
});

test("what is no origin is refused beside the field, with what was typed", async () => {
  const { admin } = await serve();
  const refused = { intent: "addOrigin", origin: "https://shop.example/basket?x=<b>" };
  const { status, html } = await admin.post(path, refused);
  expect(status).toBe(422);
  expect(html).toContain("This is no origin.");
  expect(html).toContain('value="https://shop.example/basket?x=&lt;b&gt;"');
  const insecure = await admin.post(path, { ...refused, origin: "http://shop.example" });
  expect(insecure.html).toContain("This has to start with https://");
  for (const origin of ["null", "", "*", `https://${"a".repeat(5_000)}.example`]) {
    expect((await admin.post(path, { ...refused, origin })).status).toBe(422);
  }
});

test("listing and removing twice, or at the same time, is done and noted once", async () => {
  const admin = await makeUser(db, { role: "admin" });
  const origin = newOrigin();
  await Promise.all([addOrigin(db, admin, { origin }), addOrigin(db, admin, { origin })]);
  const listed = await listOrigins(db, admin);
  expect(listed?.filter((one) => one.origin === origin)).toHaveLength(1);
  await Promise.all([removeOrigin(db, admin, origin), removeOrigin(db, admin, origin)]);
  expect(await entriesOf(origin)).toHaveLength(2);
});

test("whoever is no admin lists and changes none", async () => {
  const moderator = await makeUser(db, { role: "moderator" });
  const origin = newOrigin();
  expect(await listOrigins(db, moderator)).toBeNull();
  expect(await addOrigin(db, moderator, { origin })).toBeNull();
  expect(await removeOrigin(db, moderator, origin)).toBeNull();
  expect(await entriesOf(origin)).toHaveLength(0);
});
