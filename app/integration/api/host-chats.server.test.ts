import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createSession } from "~/accounts/sessions.server";
import { serveApi } from "~test/api";
import { db } from "~test/database";
import { makeChat, makeSubject, makeUser } from "~test/factories";
import { makeKey } from "~test/hosts";
import { say } from "~test/sending";

test("a host starts a chat for a buyer, sees it, lists it, and reads what is said in it", async () => {
  const { call } = await serveApi();
  const { key: as } = await makeKey(db);
  const [seller, buyer] = [await makeUser(db), await makeUser(db, { externalId: randomUUID() })];
  const { reference } = await makeSubject(db, seller);
  const body = { reference, buyerId: buyer.id };
  const [first, again] = [
    await call("POST", "/chats", { as, body }),
    await call("POST", "/chats", { as, body }),
  ];
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(again.body.id).toBe(first.body.id);
  await say(db, buyer, first.body.id, "Is it still there?");
  const seen = await call("GET", `/chats/${first.body.id}`, { as });
  expect(seen.body).toMatchObject({ lastSeq: 2, subject: { reference } });
  const listed = await call("GET", `/chats?subject=${reference}`, { as });
  expect(listed.body).toEqual({ data: [seen.body], next: null });
  const read = await call("GET", `/chats/${first.body.id}/messages`, { as });
  expect(read.body.data.map(({ seq, body }: { seq: number; body: string }) => [seq, body])).toEqual(
    [
      [2, "Is it still there?"],
      [1, null],
    ],
  );
});

test("fields that are for the other kind of caller are refused, and not passed over", async () => {
  const { call } = await serveApi();
  const { key: as } = await makeKey(db);
  const { buyer } = await makeChat(db);
  const cookie = (await createSession(db, buyer.id)).token;
  const host = await call("GET", "/chats?filter=unread", { as });
  expect(host).toMatchObject({ status: 422, body: { errors: [{ path: "/query/filter" }] } });
  const user = await call("GET", `/chats?userId=${buyer.id}`, { cookie });
  expect(user).toMatchObject({ status: 422, body: { errors: [{ path: "/query/userId" }] } });
  const nobody = await call("POST", "/chats", { as, body: { reference: "x" } });
  expect(nobody).toMatchObject({ status: 422, body: { errors: [{ path: "/buyerId" }] } });
});

test("why a chat cannot be started is a word for programs", async () => {
  const { call } = await serveApi();
  const { key: as } = await makeKey(db);
  const seller = await makeUser(db, { externalId: randomUUID() });
  const { reference } = await makeSubject(db, seller);
  const own = await call("POST", "/chats", { as, body: { reference, buyerId: seller.id } });
  expect(own).toMatchObject({ status: 409, body: { reason: "ownListing" } });
  const unknown = await call("POST", "/chats", { as, body: { reference, buyerId: randomUUID() } });
  expect(unknown).toMatchObject({ status: 409, body: { reason: "unknownBuyer" } });
  const nothing = { reference: "nothing", buyerId: seller.id };
  expect((await call("POST", "/chats", { as, body: nothing })).status).toBe(404);
});

test("a host says something in a chat once, and closes it", async () => {
  const { call } = await serveApi();
  const { key: as } = await makeKey(db);
  const chat = await makeChat(db);
  const path = `/chats/${chat.id}/messages`;
  const body = { clientId: randomUUID(), type: "system", body: "The parcel is on its way" };
  const [first, again] = [
    await call("POST", path, { as, body }),
    await call("POST", path, { as, body }),
  ];
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(again.body).toEqual(first.body);
  expect(first.body).toMatchObject({ type: "system", sender: null, body: body.body });
  const text = await call("POST", path, { as, body: { ...body, type: "text" } });
  expect(text).toMatchObject({ status: 422, body: { errors: [{ path: "/type" }] } });
  const closing = { as, body: { status: "closed" } };
  for (const status of [200, 200]) {
    const closed = await call("PATCH", `/chats/${chat.id}`, closing);
    expect(closed).toMatchObject({ status, body: { status: "closed" } });
  }
  const late = await call("POST", path, { as, body: { ...body, clientId: randomUUID() } });
  expect(late).toMatchObject({ status: 409, body: { reason: "notOpen" } });
});
