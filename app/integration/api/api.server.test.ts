import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createSession } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import { apiOrigins, idempotentAnswers } from "~/db/schema";
import { serveApi } from "~test/api";
import { db, sql } from "~test/database";
import { makeChat, makeSanction, makeUser } from "~test/factories";
import { makeKey } from "~test/hosts";
import { revokeKey } from "../keys/keys.server";
import { createUserToken } from "../tokens/create-user-token.server";
import { sweepAnswers } from "./idempotency.server";

const signIn = async ({ id }: Pick<Viewer, "id">) => (await createSession(db, id)).token;

const hello = () => ({ clientId: randomUUID(), body: "Hello there" });

test("a key calls what it has the scope for, until it is revoked", async () => {
  const { call } = await serveApi();
  const { key, id, admin } = await makeKey(db, ["subjects:write"]);
  const body = { userId: randomUUID() };
  const refused = await call("POST", "/tokens", { as: key, body });
  expect(refused).toMatchObject({ status: 403, body: { reason: "scope" } });
  const other = await makeKey(db, ["users:write"]);
  expect((await call("POST", "/tokens", { as: other.key, body })).status).toBe(404);
  await revokeKey(db, admin, id);
  const gone = await call("POST", "/tokens", { as: key, body });
  expect(gone).toMatchObject({ status: 401, headers: { "www-authenticate": "Bearer" } });
});

test("nobody is let in without a key, a token or a cookie, or with a wrong one", async () => {
  const { call } = await serveApi();
  for (const as of [undefined, "pk_wrong", "a.b.c", `pk_${"x".repeat(5_000)}`]) {
    const answer = await call("GET", "/chats", { as });
    expect(answer.status).toBe(401);
    expect(answer.headers["content-type"]).toBe("application/problem+json");
    expect(answer.body).toEqual({
      type: "urn:parley:problem:unauthenticated",
      title: "Nobody is known by these credentials",
      status: 401,
    });
  }
});

test("a wrong key counts even beside a cookie that is right", async () => {
  const { call } = await serveApi();
  const cookie = await signIn(await makeUser(db));
  expect((await call("GET", "/chats", { cookie })).status).toBe(200);
  expect((await call("GET", "/chats", { cookie, as: "pk_wrong" })).status).toBe(401);
});

test("with a cookie alone only a page of ours changes anything", async () => {
  const { call, origin } = await serveApi();
  const chat = await makeChat(db);
  const cookie = await signIn(chat.buyer);
  const path = `/chats/${chat.id}/messages`;
  const elsewhere: Record<string, string>[] = [
    {},
    { Origin: "https://elsewhere.example" },
    { Origin: "null" },
  ];
  for (const headers of elsewhere) {
    const refused = await call("POST", path, { cookie, headers, body: hello() });
    expect(refused).toMatchObject({ status: 403, body: { type: "urn:parley:problem:forbidden" } });
  }
  const sent = await call("POST", path, { cookie, headers: { Origin: origin }, body: hello() });
  expect(sent.status).toBe(201);
});

test("who is suspended is told so, and does nothing", async () => {
  const { call } = await serveApi();
  const user = await makeUser(db);
  const cookie = await signIn(user);
  await makeSanction(db, user, { kind: "suspension", endsAt: new Date(Date.now() + 60_000) });
  expect(await call("GET", "/chats", { cookie })).toMatchObject({
    status: 403,
    body: { reason: "suspended" },
  });
});

test("a user token reads and writes as its user", async () => {
  const { call } = await serveApi();
  const { id: keyId } = await makeKey(db);
  const chat = await makeChat(db);
  await sql`update users set external_id = id::text where id = ${chat.buyer.id}`;
  const made = await createUserToken(db, { keyId, keyName: "" }, { userId: chat.buyer.id });
  if (!made || !("token" in made)) throw new Error("No token was made");
  const sent = await call("POST", `/chats/${chat.id}/messages`, { as: made.token, body: hello() });
  expect(sent).toMatchObject({ status: 201, body: { sender: { id: chat.buyer.id } } });
  const { body } = await call("GET", "/chats", { as: made.token });
  expect(body.data).toMatchObject([{ id: chat.id, lastSeq: sent.body.seq }]);
});

test("a message that is sent again with its client id is answered as the first, with 200", async () => {
  const { call, origin } = await serveApi();
  const chat = await makeChat(db);
  const asked = { cookie: await signIn(chat.buyer), headers: { Origin: origin }, body: hello() };
  const path = `/chats/${chat.id}/messages`;
  const first = await call("POST", path, asked);
  const again = await call("POST", path, asked);
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(again.body).toEqual(first.body);
});

test("history pages forth and back, without a gap or an overlap, and ends", async () => {
  const { call, origin } = await serveApi();
  const chat = await makeChat(db);
  const cookie = await signIn(chat.buyer);
  for (let count = 0; count < 7; count++) {
    const body = { clientId: randomUUID(), body: `Line ${count}` };
    await call("POST", `/chats/${chat.id}/messages`, { cookie, headers: { Origin: origin }, body });
  }
  const { body: whole } = await call("GET", `/chats/${chat.id}`, { cookie });
  const all = Array.from({ length: whole.lastSeq }, (_, at) => at + 1);
  const walk = async (by: "before" | "after", from: string) => {
    const seqs: number[] = [];
    for (let place: string | null = from; place !== null; ) {
      const query = place ? `&${by}=${place}` : "";
      const path = `/chats/${chat.id}/messages?limit=3${query}`;
      const { body } = await call("GET", path, { cookie });
      expect(body.data.length).toBeLessThanOrEqual(3);
      seqs.push(...body.data.map(({ seq }: { seq: number }) => seq));
      place = body.next;
    }
    return seqs;
  };
  expect(await walk("after", "0")).toEqual(all);
  expect(await walk("before", "")).toEqual(all.toReversed());
  const path = `/chats/${chat.id}/messages`;
  const beyond = await call("GET", `${path}?after=${whole.lastSeq}`, { cookie });
  expect(beyond.body).toEqual({ data: [], next: null });
  const nothing = await call("GET", `${path}?before=1`, { cookie });
  expect(nothing.body).toEqual({ data: [], next: null });
});

test("strangers, ids of nothing and ids that are none are answered alike", async () => {
  const { call } = await serveApi();
  const chat = await makeChat(db);
  const cookie = await signIn(await makeUser(db));
  const bodies = [];
  for (const id of [chat.id, randomUUID(), "x", "%00", "..%2f"]) {
    const answer = await call("GET", `/chats/${id}`, { cookie });
    expect(answer.status).toBe(404);
    bodies.push(answer.body);
  }
  expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
});

test("what is wrong with the input is said beside it", async () => {
  const { call, origin } = await serveApi();
  const chat = await makeChat(db);
  const asked = { cookie: await signIn(chat.buyer), headers: { Origin: origin } };
  const path = `/chats/${chat.id}/messages`;
  const wrong = { clientId: "x", body: " ", replyTo: "one", more: 1 };
  const { status, body } = await call("POST", path, { ...asked, body: wrong });
  expect(status).toBe(422);
  const paths = body.errors.map((error: { path: string }) => error.path);
  expect(paths.toSorted()).toEqual(["/body", "/clientId", "/more", "/replyTo"]);
  const nul = await call("POST", path, { ...asked, body: { ...hello(), body: "a\0b" } });
  expect(nul).toMatchObject({ status: 422, body: { errors: [{ path: "/body" }] } });
  expect((await call("POST", path, { ...asked, body: "{" })).status).toBe(400);
  const text = { ...asked.headers, "Content-Type": "text/plain" };
  expect((await call("POST", path, { ...asked, headers: text, body: "x" })).status).toBe(415);
  const { status: unknown } = await call("GET", "/chats?nothing=1", asked);
  expect(unknown).toBe(422);
  const { status: twice } = await call("GET", "/chats?limit=1&limit=2", asked);
  expect(twice).toBe(422);
});

test("what the filters refuse says why, and what confirms it where that is enough", async () => {
  const { call, origin } = await serveApi();
  const chat = await makeChat(db);
  const asked = { cookie: await signIn(chat.buyer), headers: { Origin: origin } };
  const body = { clientId: randomUUID(), body: "Call me on +44 20 7946 0018" };
  const path = `/chats/${chat.id}/messages`;
  const warned = await call("POST", path, { ...asked, body });
  expect(warned).toMatchObject({
    status: 422,
    body: { reason: "warn", filter: { action: "warn", reasons: [{ kind: "phone" }] } },
  });
  const { confirm } = warned.body.filter;
  const confirmed = await call("POST", path, { ...asked, body: { ...body, confirm } });
  expect(confirmed.status).toBe(201);
});

test("an unknown address is a 404, an unknown method a 405 that names those there are", async () => {
  const { call } = await serveApi();
  expect((await call("GET", "/nothing")).body.type).toBe("urn:parley:problem:not-found");
  const answer = await call("DELETE", "/chats", { as: "pk_x" });
  expect(answer).toMatchObject({ status: 405, headers: { allow: "POST, GET" } });
});

test("a POST with an Idempotency-Key takes effect once, however often and however fast it comes", async () => {
  const { call } = await serveApi();
  const { key } = await makeKey(db);
  const user = await makeUser(db, { externalId: randomUUID() });
  const asked = {
    as: key,
    headers: { "Idempotency-Key": "token-1" },
    body: { userId: user.id },
  };
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => call("POST", "/tokens", asked)),
  );
  const made = answers.filter(({ status }) => status === 201);
  const waiting = answers.filter(({ status }) => status === 409);
  expect(made.length + waiting.length).toBe(8);
  for (const { body, headers } of waiting) {
    expect([body.reason, headers["retry-after"]]).toEqual(["inProgress", "1"]);
  }
  const again = await call("POST", "/tokens", asked);
  expect(again.headers["idempotency-replayed"]).toBe("true");
  expect(new Set([...made, again].map(({ body }) => body.token)).size).toBe(1);
  const [sessions] = await sql`
    select count(*)::int as count from sessions where user_id = ${user.id} and is_fixed`;
  expect(sessions?.count).toBe(1);
});

test("the same key with something else is refused, and another caller's key is another", async () => {
  const { call } = await serveApi();
  const [one, other] = [await makeKey(db), await makeKey(db)];
  const user = await makeUser(db, { externalId: randomUUID() });
  const headers = { "Idempotency-Key": "k" };
  const body = { userId: user.id };
  expect((await call("POST", "/tokens", { as: one.key, headers, body })).status).toBe(201);
  const reused = await call("POST", "/tokens", {
    as: one.key,
    headers,
    body: { ...body, expiresInSeconds: 60 },
  });
  expect(reused).toMatchObject({ status: 422, body: { reason: "idempotencyKeyReused" } });
  const others = await call("POST", "/tokens", { as: other.key, headers, body });
  expect(others.headers["idempotency-replayed"]).toBeUndefined();
  expect(others.status).toBe(201);
});

test("a first answer is kept for 24 hours, and nobody reads it in the table", async () => {
  const { call } = await serveApi();
  const { key } = await makeKey(db);
  const user = await makeUser(db, { externalId: randomUUID() });
  const asked = { as: key, headers: { "Idempotency-Key": "day" }, body: { userId: user.id } };
  const first = await call("POST", "/tokens", asked);
  const rows = await db.select().from(idempotentAnswers);
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.some(({ body }) => body?.includes(first.body.token))).toBe(false);
  const age = (hours: number) =>
    sql`update idempotent_answers set created_at = now() - ${hours} * interval '1 hour'`;
  await age(23);
  expect((await call("POST", "/tokens", asked)).body).toEqual(first.body);
  await age(25);
  const later = await call("POST", "/tokens", asked);
  expect(later.status).toBe(201);
  expect(later.body.token).not.toBe(first.body.token);
});

test("first answers go after a day also when nobody calls", async () => {
  const [caller, other] = [`user ${randomUUID()}`, `user ${randomUUID()}`];
  await sql`
    insert into idempotent_answers (caller, key, fingerprint, created_at)
    select ${caller}, n::text, '', now() - interval '25 hours' from generate_series(1, 250) n`;
  await sql`insert into idempotent_answers (caller, key, fingerprint) values (${other}, '1', '')`;
  expect(await sweepAnswers(db)).toBeGreaterThanOrEqual(250);
  const left = await sql`
    select caller from idempotent_answers where caller in (${caller}, ${other})`;
  expect(left).toEqual([{ caller: other }]);
});

test("whoever died over a call leaves its key to the next", async () => {
  const { call } = await serveApi();
  const { key } = await makeKey(db);
  const user = await makeUser(db, { externalId: randomUUID() });
  const asked = { as: key, headers: { "Idempotency-Key": "dead" }, body: { userId: user.id } };
  await call("POST", "/tokens", asked);
  await sql`update idempotent_answers set status = null, headers = null, body = null where key = 'dead'`;
  expect((await call("POST", "/tokens", asked)).status).toBe(409);
  await sql`update idempotent_answers set created_at = now() - interval '61 seconds' where key = 'dead'`;
  expect((await call("POST", "/tokens", asked)).status).toBe(201);
});

test("what did not change is not sent again, and what changed is not changed unseen", async () => {
  const { call, origin } = await serveApi();
  const chat = await makeChat(db);
  const cookie = await signIn(chat.buyer);
  const seen = await call("GET", `/chats/${chat.id}`, { cookie });
  const etag = String(seen.headers.etag);
  expect(etag).toMatch(/^"[\w-]{22}"$/);
  const same = await call("GET", `/chats/${chat.id}`, {
    cookie,
    headers: { "If-None-Match": `"x", W/${etag}` },
  });
  expect([same.status, same.body]).toEqual([304, ""]);
  const write = { cookie, headers: { Origin: origin } };
  await call("POST", `/chats/${chat.id}/messages`, { ...write, body: hello() });
  const close = (match: string) =>
    call("PATCH", `/chats/${chat.id}`, {
      cookie,
      headers: { Origin: origin, "If-Match": match },
      body: { status: "closed" },
    });
  expect((await close(etag)).status).toBe(412);
  const now = await call("GET", `/chats/${chat.id}`, { cookie });
  expect(await close(String(now.headers.etag))).toMatchObject({ body: { status: "closed" } });
});

test("every answer says how many calls are left, and too many are told when to come again", async () => {
  const { call } = await serveApi();
  const user = await makeUser(db);
  const cookie = await signIn(user);
  const first = await call("GET", "/chats", { cookie });
  expect(first.headers["ratelimit-policy"]).toBe('"calls";q=600;w=60');
  expect(first.headers.ratelimit).toMatch(/^"calls";r=599;t=\d+$/);
  await sql`update rate_limits set points = 600 where key like ${`api-calls:user ${user.id}`}`;
  const tooMany = await call("GET", "/chats", { cookie });
  expect(tooMany.status).toBe(429);
  expect(Number(tooMany.headers["retry-after"])).toBeGreaterThan(0);
  expect(tooMany.headers.ratelimit).toMatch(/^"calls";r=0;t=\d+$/);
});

test("pages of other origins read nothing, but of those that an admin listed", async () => {
  const { call } = await serveApi();
  const admin = await makeUser(db, { role: "admin" });
  await db.insert(apiOrigins).values({ origin: "https://shop.example", createdBy: admin.id });
  const asked = (Origin: string) => ({
    headers: { Origin, "Access-Control-Request-Method": "GET" },
  });
  const strange = await call("OPTIONS", "/chats", asked("https://elsewhere.example"));
  expect([strange.status, strange.headers["access-control-allow-origin"]]).toEqual([
    204,
    undefined,
  ]);
  const known = await call("OPTIONS", "/chats", asked("https://shop.example"));
  expect(known).toMatchObject({
    status: 204,
    headers: {
      "access-control-allow-origin": "https://shop.example",
      "access-control-allow-methods": expect.stringContaining("PATCH"),
    },
  });
  expect(known.headers["access-control-allow-credentials"]).toBeUndefined();
  const { headers } = await call("GET", "/chats", { as: "pk_x", ...asked("https://shop.example") });
  expect(headers["access-control-allow-origin"]).toBe("https://shop.example");
  expect(headers["access-control-expose-headers"]).toContain("Retry-After");
});

test("a body that is too large is refused as a problem", async () => {
  const { call } = await serveApi();
  const { key } = await makeKey(db);
  const answer = await call("POST", "/tokens", { as: key, body: "x".repeat(1_100_000) });
  expect(answer).toMatchObject({ status: 413, body: { type: "urn:parley:problem:too-large" } });
});

test("what is nested deeper than anything here needs is refused before it is looked through", async () => {
  const { call } = await serveApi();
  const { key } = await makeKey(db);
  for (const levels of [100, 100_000]) {
    const body = `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;
    const answer = await call("POST", "/tokens", { as: key, body });
    expect(answer).toMatchObject({ status: 400, body: { type: "urn:parley:problem:unreadable" } });
  }
});

test("a form without a boundary, and JSON that is empty, are refused as such", async () => {
  const { call, origin } = await serveApi();
  const chat = await makeChat(db);
  const cookie = await signIn(chat.buyer);
  const send = (type: string) => {
    const headers = { Origin: origin, "Content-Type": type };
    return call("POST", `/chats/${chat.id}/messages`, { cookie, headers, body: "" });
  };
  expect((await send("multipart/form-data")).status).toBe(415);
  expect((await send("application/json")).status).toBe(400);
});

test("of two forms under one Idempotency-Key each sends what it says, and a repeat sends nothing", async () => {
  const { call, origin } = await serveApi();
  const chat = await makeChat(db);
  const cookie = await signIn(chat.buyer);
  const send = (clientId: string, words: string) => {
    const part = (name: string, value: string) =>
      `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
    const type = "multipart/form-data; boundary=b";
    const headers = { Origin: origin, "Content-Type": type, "Idempotency-Key": "form" };
    const body = `${part("clientId", clientId)}${part("body", words)}--b--\r\n`;
    return call("POST", `/chats/${chat.id}/messages`, { cookie, headers, body });
  };
  const id = randomUUID();
  const first = await send(id, "One");
  expect(first).toMatchObject({ status: 201, body: { body: "One" } });
  expect(await send(randomUUID(), "Two")).toMatchObject({ status: 201, body: { body: "Two" } });
  expect((await send(id, "One")).body).toEqual(first.body);
});

test("a condition on what stands at an address is none on what is added there", async () => {
  const { call } = await serveApi();
  const { key } = await makeKey(db);
  const body = { userId: randomUUID() };
  const headers = { "If-Match": '"x"' };
  expect((await call("POST", "/tokens", { as: key, headers, body })).status).toBe(404);
  const chats = { as: key, headers, body: { reference: "none", buyerId: randomUUID() } };
  expect(await call("POST", "/chats", chats)).toMatchObject({ status: 409 });
});

test("a query that an operation does not ask for is not read", async () => {
  const { call } = await serveApi();
  const chat = await makeChat(db);
  const cookie = await signIn(chat.buyer);
  expect((await call("GET", `/chats/${chat.id}?a=1&a=2`, { cookie })).status).toBe(200);
});
