import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { type Fields, serveAdminPages } from "~test/admin-pages";
import { db, sql } from "~test/database";
import { makeHost, makeHostUser } from "~test/hosts";
import { send } from "~test/web";

const path = "/admin/integrations";
const serve = () => serveAdminPages("routes/admin/integrations");
type Admin = Awaited<ReturnType<Awaited<ReturnType<typeof serve>>["as"]>>;

const newKey = (more: object = {}) => ({
  intent: "createKey",
  id: randomUUID(),
  name: "Shop <server>",
  scopes: ["users:write", "chats:read"],
  expiresInDays: "",
  ...more,
});

const keyIn = (html: string) => /pk_[\w-]{43}/.exec(html)?.[0];

async function makeByPage(admin: Admin, form = newKey()) {
  const { html } = await admin.post(path, form);
  return { id: form.id, key: keyIn(html) ?? "" };
}

/** What the API says to a key that asks for a token of somebody of the host's. */
async function called(origin: string, key: string) {
  const { id: userId } = await makeHostUser(db);
  const headers = { Authorization: `Bearer ${key}`, "Content-Type": "application/json" };
  const body = JSON.stringify({ userId });
  return (await send(`${origin}/api/v1/tokens`, { method: "POST", headers, body })).status;
}

const rowOf = async (id: string) =>
  (await sql`select row_to_json(api_keys) as row from api_keys where id = ${id}`)[0]?.row;

test("a key is shown once, in the answer to its form, and kept as a hash alone", async () => {
  const { origin, as } = await serve();
  const admin = await as("admin");
  const form = newKey();
  const made = await admin.post(path, form);
  expect([made.status, made.to, made.headers["set-cookie"]]).toEqual([200, undefined, undefined]);
  expect(made.headers["cache-control"]).toBe("private, no-store");
  const key = keyIn(made.html) ?? "";
  expect(made.html).toContain("The key Shop &lt;server&gt; is made");
  expect(await called(origin, key)).toBe(201);
  const row = await rowOf(form.id);
  expect(row).toMatchObject({
    name: "Shop <server>",
    scopes: ["users:write", "chats:read"],
    prefix: key.slice(0, 9),
    created_by: admin.user.id,
    expires_at: null,
  });
  expect(JSON.stringify(row)).not.toContain(key.slice(9));
  const [{ details } = { details: "" }] = await sql`
    select details from audit_log where action = 'key.created' and details like ${`%${form.id}%`}`;
  expect(details).not.toContain(key.slice(3, 9));
  const { html } = await admin.read(path);
  expect(html).toContain(`${key.slice(0, 9)}…`);
  expect(keyIn(html)).toBeUndefined();
});

test("a form that is sent again, or twice at the same time, makes one key, and says so", async () => {
  const { as } = await serve();
  const admin = await as("admin");
  const form = newKey();
  const answers = await Promise.all([admin.post(path, form), admin.post(path, form)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expect(answers.filter(({ html }) => keyIn(html))).toHaveLength(1);
  const again = await admin.post(path, { ...form, name: "Another" });
  expect(again.status).toBe(409);
  expect(again.html).toContain("was made already; it is shown once only");
  // What the page offers then is the form of another key.
  expect(again.html.split('id="new-key"')[1]).not.toContain(form.id);
  const [{ n } = { n: 0 }] = await sql`
    select count(*)::int as n from audit_log
    where action = 'key.created' and details like ${`%${form.id}%`}`;
  expect(n).toBe(1);
});

test("what a form has wrong is said beside it, and what was typed is kept", async () => {
  const { as } = await serve();
  const admin = await as("admin");
  const { status, html } = await admin.post(path, newKey({ name: " ", expiresInDays: "1.5" }));
  expect(status).toBe(422);
  expect(html).toContain("Please give it a name.");
  expect(html).toContain("Give whole days from 1 to 3,650");
  expect(html).toMatch(/value="1.5"/);
  const ticked = html
    .match(/<input[^>]*name="scopes"[^>]*>/g)
    ?.filter((box) => /checked/.test(box));
  expect(ticked?.map((box) => /value="([^"]+)"/.exec(box)?.[1])).toEqual([
    "users:write",
    "chats:read",
  ]);
  const one = await admin.post(path, newKey({ scopes: "chats:write", expiresInDays: "soon" }));
  expect(one.html).toMatch(/<input[^>]*checked=""[^>]*value="chats:write"/);
  const none = await admin.post(path, newKey({ scopes: [] }));
  expect(none.html).toContain("Tick at least one thing that it may do.");
  const unknown = await admin.post(path, newKey({ scopes: ["chats:read", "everything"] }));
  expect(unknown.html).toContain("There is no such permission any more.");
  for (const wrong of [{ id: "x" }, { name: "x".repeat(101) }, { expiresInDays: "4000" }]) {
    expect((await admin.post(path, newKey(wrong))).status).toBe(422);
  }
  expect((await admin.post(path, { intent: "everything" })).status).toBe(422);
});

test("a key with an end is refused from then on", async () => {
  const { origin, as } = await serve();
  const admin = await as("admin");
  const { id, key } = await makeByPage(admin, newKey({ expiresInDays: "30" }));
  const { created_at, expires_at } = await rowOf(id);
  expect(Date.parse(expires_at) - Date.parse(created_at)).toBe(30 * 86_400_000);
  expect(await called(origin, key)).toBe(201);
  await sql`update api_keys set expires_at = now() - interval '1 second' where id = ${id}`;
  expect(await called(origin, key)).toBe(401);
  expect((await admin.read(path)).html).toMatch(/Ended on/);
});

test("a revoked key is refused by the next call, and revoking it again changes nothing", async () => {
  const { origin, as } = await serve();
  const admin = await as("admin");
  const { id, key } = await makeByPage(admin);
  expect(await called(origin, key)).toBe(201);
  const revoke = { intent: "revokeKey", id };
  const done = await admin.post(path, revoke);
  expect([done.status, done.to]).toEqual([303, `${path}?done=revokeKey#keys`]);
  expect(await called(origin, key)).toBe(401);
  const { revoked_at } = await rowOf(id);
  expect((await admin.post(path, revoke)).status).toBe(303);
  expect((await rowOf(id)).revoked_at).toBe(revoked_at);
  expect((await admin.post(path, { ...revoke, id: randomUUID() })).status).toBe(404);
  const [{ n } = { n: 0 }] = await sql`
    select count(*)::int as n from audit_log
    where action = 'key.revoked' and details like ${`%${id}%`}`;
  expect(n).toBe(1);
});

test("the list says when a key was last used", async () => {
  const { origin, as } = await serve();
  const admin = await as("admin");
  const { id, key } = await makeByPage(admin);
  const entry = async () =>
    (await admin.read(path)).html.split("<li").find((item) => item.includes(id));
  expect(await entry()).toContain("Never used");
  await called(origin, key);
  expect(await entry()).toContain("Last used on");
});

test("a moderator sees and does nothing there", async () => {
  const { as } = await serve();
  const moderator = await as("moderator");
  const { keyId } = await makeHost(db);
  expect((await moderator.read(path)).status).toBe(404);
  const origin = "https://moderators.example";
  const forms: Fields[] = [
    newKey(),
    { intent: "revokeKey", id: keyId },
    { intent: "addOrigin", origin },
  ];
  for (const form of forms) {
    expect((await moderator.post(path, form)).status).toBe(404);
  }
  expect(await rowOf(keyId)).toMatchObject({ revoked_at: null });
  expect(await sql`select from api_keys where created_by = ${moderator.user.id}`).toHaveLength(0);
  expect(await sql`select from api_origins where origin = ${origin}`).toHaveLength(0);
});
