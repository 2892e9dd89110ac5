import { expect, test } from "vitest";
import { db, sql } from "~test/database";
import { makeSubject, makeUser } from "~test/factories";
import { readHistory } from "./history.server";
import { startChat } from "./start.server";

async function makeListing() {
  const seller = await makeUser(db);
  return { seller, ...(await makeSubject(db, seller)) };
}

const twenty = Array.from({ length: 20 });

function chatIdOf(started: Awaited<ReturnType<typeof startChat>>): string {
  if (!started || !("chatId" in started)) throw new Error("No chat was started");
  return started.chatId;
}

test("pressed twenty times at once, the button makes one chat that says once that it began", async () => {
  const { reference, seller } = await makeListing();
  const buyer = await makeUser(db);
  const started = await Promise.all(twenty.map(() => startChat(db, buyer, reference)));
  expect(started.filter((one) => one && "created" in one && one.created)).toHaveLength(1);
  const [chatId, ...others] = new Set(started.map(chatIdOf));
  expect(others).toEqual([]);
  for (const viewer of [buyer, seller]) {
    const history = await readHistory(db, viewer, { chatId: chatId ?? "", size: 40 });
    expect(history?.messages).toMatchObject([{ seq: 1, event: { kind: "chat_started" } }]);
    expect(history?.chat).toMatchObject({ lastSeq: 1, version: 2, status: "open" });
  }
});

test("later it finds the same chat, also a closed one", async () => {
  const { reference } = await makeListing();
  const buyer = await makeUser(db);
  const chatId = chatIdOf(await startChat(db, buyer, reference));
  await sql`update chats set status = 'closed', closed_at = now() where id = ${chatId}`;
  expect(await startChat(db, buyer, reference)).toEqual({ chatId, created: false });
});

test("two buyers at once get a chat each", async () => {
  const { reference } = await makeListing();
  const buyers = await Promise.all([makeUser(db), makeUser(db)]);
  const started = await Promise.all(
    twenty.flatMap(() => buyers.map((buyer) => startChat(db, buyer, reference))),
  );
  const ids = buyers.map(
    (_, at) => new Set(started.filter((_, of) => of % 2 === at).map(chatIdOf)),
  );
  expect(ids.map((of) => of.size)).toEqual([1, 1]);
  expect(new Set(ids.flatMap((of) => [...of])).size).toBe(2);
});

test("who starts a chat has read that it began, and so has the one who was not asked", async () => {
  const { reference, seller } = await makeListing();
  const buyer = await makeUser(db);
  const chatId = chatIdOf(await startChat(db, buyer, reference));
  const history = await readHistory(db, buyer, { chatId, size: 40 });
  expect(history?.chat.participants).toEqual([
    { id: buyer.id, name: buyer.name, role: "buyer", readSeq: 1, deliveredSeq: 1 },
    { id: seller.id, name: seller.name, role: "seller", readSeq: 1, deliveredSeq: 1 },
  ]);
});

test("a seller cannot message himself", async () => {
  const { reference, seller } = await makeListing();
  expect(await startChat(db, seller, reference)).toEqual({ refused: "ownListing" });
  const rows = await sql`select 1 from chat_participants where user_id = ${seller.id}`;
  expect(rows).toHaveLength(0);
});

test.each(["T-nothing", "", "'; drop table chats; --", "x".repeat(10_000)])(
  "an unknown reference is null: %#",
  async (reference) => {
    expect(await startChat(db, await makeUser(db), reference)).toBeNull();
  },
);

test("a start that is rolled back leaves nothing, and the next one makes the chat", async () => {
  const { reference } = await makeListing();
  const buyer = await makeUser(db);
  const failing = db.transaction(async (tx) => {
    await startChat(tx, buyer, reference);
    throw new Error("Out of luck");
  });
  await expect(failing).rejects.toThrow("Out of luck");
  expect(await startChat(db, buyer, reference)).toMatchObject({ created: true });
});
