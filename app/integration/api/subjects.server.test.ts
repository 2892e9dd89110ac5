import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { findListing } from "~/subjects/listings.server";
import { serveApi } from "~test/api";
import { db } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { makeKey } from "~test/hosts";

const price = { amount: 12_900, currency: "EUR" };

test("a subject is made, updated and seen under its reference, whatever it is called", async () => {
  const { call } = await serveApi();
  const { key: as } = await makeKey(db);
  const seller = await makeUser(db, { externalId: randomUUID() });
  const reference = `order / 50% ${randomUUID()}`;
  const path = `/subjects/${encodeURIComponent(reference)}`;
  const body = { sellerId: seller.id, title: "Red bicycle", price };
  const made = await call("PUT", path, { as, body });
  expect(made).toMatchObject({ status: 201, body: { reference, stage: "inquiry", price } });
  const moved = await call("PUT", path, { as, body: { ...body, stage: "paid" } });
  expect(moved).toMatchObject({ status: 200, body: { stage: "paid" } });
  expect((await call("GET", path, { as })).body).toEqual(moved.body);
  // An order is no affair of everybody's.
  expect(await findListing(db, await makeUser(db), reference)).toBeNull();
  expect(await findListing(db, seller, reference)).toMatchObject({ stage: "paid" });
});

test("a new stage is a message in the chat, once", async () => {
  const { call } = await serveApi();
  const { key: as } = await makeKey(db);
  const chat = await makeChat(db);
  const path = `/subjects/${encodeURIComponent(chat.reference)}`;
  const body = { title: "A lamp", price, stage: "paid" };
  for (const status of [200, 200]) {
    expect((await call("PUT", path, { as, body })).status).toBe(status);
  }
  const { body: read } = await call("GET", `/chats/${chat.id}/messages`, { as });
  const events = read.data.map(({ event }: { event: { kind: string } | null }) => event);
  const stages = events.filter((event: { kind: string } | null) => event?.kind === "stage_changed");
  expect(stages).toEqual([{ kind: "stage_changed", from: "inquiry", to: "paid" }]);
});

test("what a subject cannot be is said beside the field", async () => {
  const { call } = await serveApi();
  const { key: as } = await makeKey(db);
  const path = `/subjects/${randomUUID()}`;
  const wrong = { title: "", price: { amount: 1.5, currency: "XXXX" }, colour: "red" };
  const { status, body } = await call("PUT", path, { as, body: wrong });
  expect(status).toBe(422);
  const paths = body.errors.map((error: { path: string }) => error.path);
  expect([...new Set(paths)].toSorted()).toEqual([
    "/colour",
    "/price/amount",
    "/price/currency",
    "/title",
  ]);
  const nobody = await call("PUT", path, { as, body: { title: "A lamp", price } });
  expect(nobody).toMatchObject({ status: 422, body: { reason: "sellerMissing" } });
});
