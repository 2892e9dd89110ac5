import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createSession } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import { openPrivateThread } from "~/moderation/access/private-thread.server";
import { serveApi } from "~test/api";
import { makeCase } from "~test/cases";
import { db } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { makeKey } from "~test/hosts";

const claim = { reason: "payment", wish: "refund", statement: "Where is it?" };

async function callerOf({ id }: Pick<Viewer, "id">, origin: string) {
  const { token: cookie } = await createSession(db, id);
  return { cookie, headers: { Origin: origin } };
}

test("a side opens a dispute once, and the other is told that there is one", async () => {
  const { call, origin } = await serveApi();
  const chat = await makeChat(db);
  const [buyer, seller] = [await callerOf(chat.buyer, origin), await callerOf(chat.seller, origin)];
  const path = `/chats/${chat.id}/disputes`;
  const [first, again] = [
    await call("POST", path, { ...buyer, body: claim }),
    await call("POST", path, { ...buyer, body: claim }),
  ];
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(first.body).toMatchObject({ status: "open", openedAs: "buyer", statement: null });
  expect(again.body).toEqual(first.body);
  const other = await call("POST", path, { ...seller, body: claim });
  expect(other).toMatchObject({ status: 409, body: { reason: "openedByOther" } });
  const wishless = { reason: claim.reason, statement: claim.statement };
  const refused = await call("POST", path, { ...buyer, body: wishless });
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ path: "/wish" }] } });
  const stranger = await callerOf(await makeUser(db), origin);
  expect((await call("POST", path, { ...stranger, body: claim })).status).toBe(404);
});

test("the moderator who has a case resolves it, once, and nobody else does", async () => {
  const { call, origin } = await serveApi();
  const { chat, moderator, disputeId } = await makeCase(db);
  const path = `/disputes/${disputeId}`;
  const body = { outcome: "buyer", text: "The parcel was lost" };
  const other = await callerOf(await makeUser(db, { role: "moderator" }), origin);
  expect((await call("PATCH", path, { ...other, body })).body.reason).toBe("notYours");
  const buyer = await callerOf(chat.buyer, origin);
  expect((await call("PATCH", path, { ...buyer, body })).status).toBe(404);
  const decider = await callerOf(moderator, origin);
  const decided = await call("PATCH", path, { ...decider, body });
  expect(decided).toMatchObject({
    status: 200,
    body: { id: disputeId, status: "resolved", outcome: "buyer", decision: body.text },
  });
  const late = await call("PATCH", path, { ...decider, body: { ...body, outcome: "seller" } });
  expect(late).toMatchObject({ status: 409, body: { reason: "resolved" } });
});

test("a moderator exports a chat while a case is open on it, and nobody else does", async () => {
  const { call, origin } = await serveApi();
  const { chat, moderator } = await makeCase(db);
  const path = `/chats/${chat.id}/transcript`;
  const file = await call("GET", path, await callerOf(moderator, origin));
  expect(file.status).toBe(200);
  expect(String(file.headers["content-disposition"])).toMatch(/^attachment; filename=".+\.json"$/);
  expect(JSON.stringify(file.body)).toContain(chat.id);
  const pdf = await call("GET", `${path}?format=pdf`, await callerOf(moderator, origin));
  expect(pdf.headers["content-type"]).toBe("application/pdf");
  for (const person of [chat.buyer, await makeUser(db)]) {
    expect((await call("GET", path, await callerOf(person, origin))).status).toBe(404);
  }
  const quiet = await makeChat(db);
  const none = await call(
    "GET",
    `/chats/${quiet.id}/transcript`,
    await callerOf(moderator, origin),
  );
  expect(none.status).toBe(404);
  const nothing = await call(
    "GET",
    `/chats/${randomUUID()}/transcript`,
    await callerOf(moderator, origin),
  );
  expect(nothing.status).toBe(404);
});

test("a host opens a dispute, sees it and decides it, where no moderator has it", async () => {
  const { call } = await serveApi();
  const { key: as } = await makeKey(db);
  const chat = await makeChat(db);
  const body = { reason: claim.reason, statement: "The bank took the payment back" };
  const opened = await call("POST", `/chats/${chat.id}/disputes`, { as, body });
  expect(opened).toMatchObject({
    status: 201,
    body: { chatId: chat.id, openedAs: "host", wish: null, statement: body.statement },
  });
  const path = `/disputes/${opened.body.id}`;
  expect((await call("GET", path, { as })).body).toEqual(opened.body);
  const decision = { outcome: "seller", text: "The payment stays" };
  const decided = await call("PATCH", path, { as, body: decision });
  expect(decided).toMatchObject({ status: 200, body: { status: "resolved", outcome: "seller" } });
  const taken = await makeCase(db);
  const late = await call("PATCH", `/disputes/${taken.disputeId}`, { as, body: decision });
  expect(late).toMatchObject({ status: 409, body: { reason: "taken" } });
});

test("a host exports a chat with the scope for it, and no private thread of moderators", async () => {
  const { call } = await serveApi();
  const { key: as } = await makeKey(db);
  const { chat, moderator } = await makeCase(db);
  const file = await call("GET", `/chats/${chat.id}/transcript?format=html`, { as });
  expect([file.status, file.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
  expect(file.body).toContain(chat.id);
  const thread = await openPrivateThread(db, moderator, { chatId: chat.id, side: "buyer" });
  expect((await call("GET", `/chats/${thread?.chatId}/transcript`, { as })).status).toBe(404);
  const { key: lesser } = await makeKey(db, ["chats:read"]);
  const refused = await call("GET", `/chats/${chat.id}/transcript`, { as: lesser });
  expect(refused).toMatchObject({ status: 403, body: { reason: "scope" } });
});
