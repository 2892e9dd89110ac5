import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import { type Fields, serveAdminPages } from "~test/admin-pages";
import { db, sql } from "~test/database";
import { makeChat } from "~test/factories";
import { startReceiver } from "~test/webhook-receiver";
import { endPauses, makeEndpoint, tellAll } from "~test/webhooks";
import { findEndpoint } from "./endpoints.server";

const path = "/admin/integrations/webhooks";
const serve = () => serveAdminPages("routes/admin/webhooks", "routes/admin/webhook");
const url = "https://shop.example/parley";
const newEndpoint = (more: object = {}) => ({
  ...{ intent: "create", id: randomUUID(), url, eventTypes: ["chat.created", "chat.closed"] },
  ...more,
});
const secretIn = (html: string) => /whsec_[A-Za-z0-9+/]{43}=/.exec(html)?.[0];

beforeEach(async () => {
  await sql`delete from webhook_endpoints`;
});

test("an endpoint is made once for its form, and its secret is shown in that answer alone", async () => {
  const { as } = await serve();
  const admin = await as("admin");
  const form = newEndpoint();
  const answers = await Promise.all([admin.post(path, form), admin.post(path, form)]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const secrets = answers.flatMap(({ html }) => secretIn(html) ?? []);
  expect(secrets).toHaveLength(1);
  expect((await admin.post(path, form)).html).toContain("This endpoint was made already");
  expect(await sql`select from webhook_endpoints`).toHaveLength(1);
  const list = await admin.read(path);
  expect(list.html).toContain(url);
  const page = await admin.read(`${path}/${form.id}`);
  expect([page.status, secretIn(page.html), secretIn(list.html)]).toEqual([
    200,
    undefined,
    undefined,
  ]);
  const ticked = page.html.match(/<input[^>]*checked=""[^>]*>/g)?.map((box) => {
    return /value="([^"]+)"/.exec(box)?.[1];
  });
  expect(ticked).toEqual(["chat.created", "chat.closed"]);
});

test("what a form has wrong is said beside it, and what was typed is kept", async () => {
  const { as } = await serve();
  const admin = await as("admin");
  const wrong = { url: "http://10.0.0.1/<x>", eventTypes: [] };
  const made = await admin.post(path, newEndpoint(wrong));
  expect(made.status).toBe(422);
  expect(made.html).toContain("This has to start with https://");
  expect(made.html).toContain("Tick at least one thing that it is told of.");
  expect(made.html).toContain('value="http://10.0.0.1/&lt;x&gt;"');
  expect(made.html).not.toMatch(/<input[^>]*checked=""/);
  const inside = await admin.post(path, newEndpoint({ url: "https://127.1/" }));
  expect(inside.html).toContain("This is an address inside of a network.");
  const { id } = await makeEndpoint(db, url);
  const saved = { intent: "save", url: "nowhere", eventTypes: ["chat.closed", "everything"] };
  const refused = await admin.post(`${path}/${id}`, saved);
  expect(refused.status).toBe(422);
  expect(refused.html).toContain("This is no address of the web.");
  expect(refused.html).toContain("There is no such event.");
  const good = await admin.post(`${path}/${id}`, { ...saved, url, eventTypes: "chat.closed" });
  expect([good.status, good.to]).toEqual([303, `${path}/${id}?done=save`]);
  const changed = await findEndpoint(db, admin.user, id);
  expect(changed).toMatchObject({ url, eventTypes: ["chat.closed"] });
});

test("a new secret is made once for its form", async () => {
  const { as } = await serve();
  const admin = await as("admin");
  const { id } = await makeEndpoint(db, url);
  const form = { intent: "rotate", previousSecretUntil: "" };
  const answers = await Promise.all([
    admin.post(`${path}/${id}`, form),
    admin.post(`${path}/${id}`, form),
  ]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  expect(answers.filter(({ html }) => secretIn(html))).toHaveLength(1);
  expect((await admin.post(`${path}/${id}`, form)).html).toContain("A new secret was made already");
  // Whoever saw that may make another.
  const { html } = await admin.read(`${path}/${id}`);
  const seen = /name="previousSecretUntil" value="([^"]+)"/.exec(html)?.[1] ?? "";
  const next = await admin.post(`${path}/${id}`, { ...form, previousSecretUntil: seen });
  expect(secretIn(next.html)).toBeDefined();
});

test("the log says what was sent and answered, as text, and what failed is sent again", async () => {
  const host = await startReceiver();
  const endpoint = await makeEndpoint(db, host.url, { eventTypes: ["chat.created"] });
  host.answer = (res) => {
    res.writeHead(503).end("<b>later</b>");
    return true;
  };
  await Promise.all([makeChat(db), makeChat(db)]);
  await tellAll(db, endpoint);
  const { as } = await serve();
  const admin = await as("admin");
  const at = `${path}/${endpoint.id}`;
  const { html } = await admin.read(at);
  expect(html.match(/>1 attempt</g)).toHaveLength(2);
  expect(html).toContain("Failing since");
  const [name = ""] = /msg_[\w-]{36}/.exec(html) ?? [];
  const opened = await admin.read(`${at}?of=${name}`);
  expect(opened.html).toContain("Answered 503");
  expect(opened.html).toContain("&lt;b&gt;later&lt;/b&gt;");
  const message = name.slice("msg_".length);

  expect((await admin.post(at, { intent: "switchOff" })).status).toBe(303);
  const off = await admin.post(at, { intent: "resend", message });
  expect(off.status).toBe(409);
  expect(off.html).toContain("It is switched off. Switch it on first.");
  const count = async (state: string) =>
    (await admin.read(`${at}?state=${state}`)).html.match(/<li[^>]*><p[^>]*><code id="msg_/g)
      ?.length ?? 0;
  expect([await count("waiting"), await count("failed"), await count("")]).toEqual([0, 2, 2]);
  expect((await admin.post(at, { intent: "switchOn" })).status).toBe(303);

  host.answer = () => false;
  const again = await admin.post(at, { intent: "resend", message });
  expect([again.status, again.to]).toEqual([303, `${at}?done=resend#log`]);
  await endPauses(db, endpoint);
  await tellAll(db, endpoint);
  expect([await count("delivered"), await count("failed")]).toEqual([1, 1]);
  expect((await admin.post(at, { intent: "resendFailed" })).status).toBe(303);
  await endPauses(db, endpoint);
  await tellAll(db, endpoint);
  expect([await count("delivered"), await count("failed")]).toEqual([2, 0]);
  const gone = await admin.post(at, { intent: "resend", message: randomUUID() });
  expect(gone.status).toBe(404);
});

test("the log is paged, and what an address asks for in vain is left out", async () => {
  const host = await startReceiver();
  const endpoint = await makeEndpoint(db, host.url, { eventTypes: ["chat.created"] });
  for (let made = 0; made < 32; made += 1) await makeChat(db);
  await tellAll(db, endpoint);
  const { as } = await serve();
  const admin = await as("admin");
  const at = `${path}/${endpoint.id}`;
  const names = (html: string) =>
    [...html.matchAll(/<code id="(msg_[\w-]+)"/g)].map(([, id]) => id);
  const first = await admin.read(at);
  const [, older = ""] = /href="([^"]*before=[^"]*)#log"/.exec(first.html) ?? [];
  const second = await admin.read(older.replaceAll("&amp;", "&"));
  expect([names(first.html).length, names(second.html).length]).toEqual([30, 2]);
  expect(new Set([...names(first.html), ...names(second.html)]).size).toBe(32);
  const odd = await admin.read(`${at}?state=lost&before=x&of=${"x".repeat(500)}`);
  expect([odd.status, names(odd.html).length]).toEqual([200, 30]);
});

test("a deleted endpoint is gone, and a moderator never saw it", async () => {
  const { as } = await serve();
  const [admin, moderator] = [await as("admin"), await as("moderator")];
  const { id } = await makeEndpoint(db, url);
  const at = `${path}/${id}`;
  expect((await moderator.read(path)).status).toBe(404);
  expect((await moderator.read(at)).status).toBe(404);
  expect((await moderator.post(path, newEndpoint())).status).toBe(404);
  const forms: Fields[] = ["switchOff", "rotate", "delete", "resendFailed"].map((intent) => ({
    intent,
  }));
  for (const form of forms) expect((await moderator.post(at, form)).status).toBe(404);
  expect(await findEndpoint(db, admin.user, id)).toMatchObject({ switchedOff: null });
  const deleted = await admin.post(at, { intent: "delete" });
  expect([deleted.status, deleted.to]).toEqual([303, `${path}?done=delete`]);
  expect((await admin.read(at)).status).toBe(404);
  expect((await admin.post(at, { intent: "delete" })).status).toBe(404);
});
