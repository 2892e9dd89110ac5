import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { startChat } from "~/chats/start.server";
import { makeDispute } from "~test/cases";
import { db, sql } from "~test/database";
import { makeSanction, makeSubject, makeUser } from "~test/factories";
import { makeHost } from "~test/hosts";
import { hostChatStart, startChatFor } from "./start-chat.server";

const twenty = Array.from({ length: 20 });

async function makeListing() {
  const [seller, buyer] = [await makeUser(db), await makeUser(db)];
  return { seller, buyer, ...(await makeSubject(db, seller)), host: await makeHost(db) };
}

const chatsOf = (buyerId: string) => sql`select id from chats where buyer_id = ${buyerId}`;

test("asked twenty times at once, by the host and by the buyer himself, there is one chat", async () => {
  const { host, buyer, reference } = await makeListing();
  const started = await Promise.all(
    twenty.map((_, at) =>
      at % 4 === 0
        ? startChat(db, buyer, reference)
        : startChatFor(db, host, { reference, buyerId: buyer.id }),
    ),
  );
  const [chat, ...others] = await chatsOf(buyer.id);
  expect(others).toEqual([]);
  const created = started.filter((one) => one && "created" in one && one.created);
  expect(created).toEqual([{ chatId: chat?.id, created: true }]);
  expect(new Set(started.map((one) => one && "chatId" in one && one.chatId))).toEqual(
    new Set([chat?.id]),
  );
});

test("the chat is as one that the buyer started, and the log has the host’s key", async () => {
  const { host, buyer, reference } = await makeListing();
  const started = await startChatFor(db, host, { reference, buyerId: buyer.id });
  if (!started || !("chatId" in started)) throw new Error("No chat was started");
  const { chatId } = started;
  const [message, ...more] =
    await sql`select type, event from chat_messages where chat_id = ${chatId}`;
  expect([message, more]).toEqual([{ type: "system", event: { kind: "chat_started" } }, []]);
  const positions = await sql`select role, read_seq::int from chat_participants
    where chat_id = ${chatId} order by role`;
  expect(positions.map(({ role, read_seq }) => [role, read_seq])).toEqual([
    ["buyer", 1],
    ["seller", 1],
  ]);
  await startChatFor(db, host, { reference, buyerId: buyer.id });
  const entries = await sql`select action, actor_role, person_id, details::jsonb from audit_log
    where chat_id = ${chatId}`;
  expect(entries).toEqual([
    {
      action: "chat.started",
      actor_role: "host",
      person_id: buyer.id,
      details: { key: { id: host.keyId, name: host.keyName } },
    },
  ]);
});

test("who blocks or is blocked gets no chat by the host either", async () => {
  const { host, seller, buyer, reference } = await makeListing();
  const asked = { reference, buyerId: buyer.id };
  const block = (by: string, whom: string) =>
    sql`insert into blocks (blocker_id, blocked_id) values (${by}, ${whom})`;
  await block(seller.id, buyer.id);
  expect(await startChatFor(db, host, asked)).toEqual({ refused: "notDelivered" });
  await block(buyer.id, seller.id);
  expect(await startChatFor(db, host, asked)).toEqual({ refused: "blocking" });
  expect(await chatsOf(buyer.id)).toEqual([]);
});

test("nobody gets a chat about his own listing, and nobody about none", async () => {
  const { host, seller, buyer, reference } = await makeListing();
  const own = await startChatFor(db, host, { reference, buyerId: seller.id });
  expect(own).toEqual({ refused: "ownListing" });
  const asked = { reference: `T-${randomUUID()}`, buyerId: buyer.id };
  expect(await startChatFor(db, host, asked)).toBeNull();
});

test("who is erased, unknown, suspended here or by the host gets none", async () => {
  const { host, buyer, reference } = await makeListing();
  const start = (buyerId: string) => startChatFor(db, host, { reference, buyerId });
  expect(await start(randomUUID())).toEqual({ refused: "unknownBuyer" });
  await sql`update users set erased_at = now() where id = ${buyer.id}`;
  expect(await start(buyer.id)).toEqual({ refused: "unknownBuyer" });
  const suspended = await makeUser(db);
  await makeSanction(db, suspended, { kind: "suspension" });
  expect(await start(suspended.id)).toEqual({ refused: "buyerLockedOut" });
  const out = await makeUser(db);
  await sql`update users set host_suspended_at = now() where id = ${out.id}`;
  expect(await start(out.id)).toEqual({ refused: "buyerLockedOut" });
});

test("a seller who is gone gets no new chat, and one that is there is found", async () => {
  const { host, seller, buyer, reference } = await makeListing();
  const other = await makeUser(db);
  const before = await startChatFor(db, host, { reference, buyerId: other.id });
  await sql`update users set erased_at = now() where id = ${seller.id}`;
  const refused = await startChatFor(db, host, { reference, buyerId: buyer.id });
  expect(refused).toEqual({ refused: "notDelivered" });
  expect(await startChatFor(db, host, { reference, buyerId: other.id })).toEqual({
    ...before,
    created: false,
  });
});

test("what the host starts is not counted as the buyer’s, whose own limit stays", async () => {
  const { host, seller, buyer } = await makeListing();
  for (const _ of twenty.slice(0, 3)) {
    const { reference } = await makeSubject(db, seller);
    const started = await startChatFor(db, host, { reference, buyerId: buyer.id });
    expect(started).toMatchObject({ created: true });
  }
  const again = async () => startChat(db, buyer, (await makeSubject(db, seller)).reference, 1);
  expect(await again()).toMatchObject({ created: true });
  expect(await again()).toMatchObject({ refused: "tooMany" });
});

test("a private thread of moderators is not found in place of the chat", async () => {
  const { host, buyer, reference } = await makeListing();
  const started = await startChat(db, buyer, reference);
  if (!started || !("chatId" in started)) throw new Error("No chat was started");
  const chat = { id: started.chatId, reference, buyer, seller: buyer };
  const disputeId = await makeDispute(db, chat);
  await sql`insert into chats (id, subject_id, buyer_id, dispute_id, private_to)
    select ${randomUUID()}, subject_id, buyer_id, ${disputeId}, buyer_id from chats
    where id = ${chat.id}`;
  expect(await startChatFor(db, host, { reference, buyerId: buyer.id })).toEqual({
    chatId: chat.id,
    created: false,
  });
});

test.each([
  {},
  { reference: "", buyerId: randomUUID() },
  { reference: "x".repeat(201), buyerId: randomUUID() },
  { reference: "T-1", buyerId: "'; drop table chats" },
  { reference: ["T-1"], buyerId: randomUUID() },
])("what is no reference or no id is refused before anything is asked: %#", (input) => {
  expect(hostChatStart.safeParse(input).success).toBe(false);
});

test("nobody who moderates here is made a buyer", async () => {
  const { host, reference } = await makeListing();
  for (const role of ["moderator", "admin"] as const) {
    const { id: buyerId } = await makeUser(db, { role });
    expect(await startChatFor(db, host, { reference, buyerId })).toEqual({
      refused: "unknownBuyer",
    });
  }
});
