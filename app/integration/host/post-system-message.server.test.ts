import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { closeChat } from "~/chats/close.server";
import { countUnread } from "~/chats/list.server";
import { freezeChat } from "~/moderation/access/freezing.server";
import { openPrivateThread } from "~/moderation/access/private-thread.server";
import { makeCase } from "~test/cases";
import { databaseUrl, db, sql } from "~test/database";
import { makeChat } from "~test/factories";
import { makeHost } from "~test/hosts";
import { makeSmallChat, meansOf, run } from "~test/kept-chats";
import { startLiveServer } from "~test/live-server";
import { say } from "~test/sending";
import { makeDiskStorage } from "~test/storages";
import { hostMessage, postSystemMessage } from "./post-system-message.server";

vi.setConfig({ testTimeout: 60_000 });

const text = "The parcel was handed to the carrier";
const draft = (body = text) => ({ clientId: randomUUID(), body });

async function setUp() {
  const { storage } = makeDiskStorage();
  return { storage, host: await makeHost(db), chat: await makeChat(db) };
}

const saidIn = (chatId: string) => sql`select seq::int, type, sender_id, body, event
  from chat_messages where chat_id = ${chatId} and event ->> 'kind' = 'host' order by seq`;

test("the same client id by the same key is one message, also twenty times at once", async () => {
  const { storage, host, chat } = await setUp();
  const one = draft();
  const posted = await Promise.all(
    Array.from({ length: 20 }, () => postSystemMessage(db, storage, host, chat.id, one)),
  );
  expect(await saidIn(chat.id)).toEqual([
    { seq: 2, type: "system", sender_id: null, body: text, event: { kind: "host" } },
  ]);
  const [first] = posted;
  for (const other of posted) {
    expect(other).toMatchObject({ message: first && "message" in first && first.message });
  }
  expect(posted.filter((one) => one && "repeated" in one && !one.repeated)).toHaveLength(1);
  expect(first).toMatchObject({ message: { seq: 2, clientId: one.clientId, type: "system" } });
  const other = await makeHost(db, "Another");
  const again = await postSystemMessage(db, storage, other, chat.id, one);
  expect(again).toMatchObject({ repeated: false, message: { seq: 3 } });
  const entries = await sql`select action, details::jsonb from audit_log
    where chat_id = ${chat.id} order by seq`;
  expect(entries.map(({ action, details }) => [action, details.seq, details.key.name])).toEqual([
    ["chat.written", 2, "The shop"],
    ["chat.written", 3, "Another"],
  ]);
});

test("a repeat finds its message in a closed chat and in an archived one", async () => {
  const { storage, host } = await setUp();
  const one = draft();
  const chat = await makeChat(db);
  const first = await postSystemMessage(db, storage, host, chat.id, one);
  await closeChat(db, chat.buyer, chat.id);
  expect(await postSystemMessage(db, storage, host, chat.id, one)).toEqual({
    ...first,
    repeated: true,
  });
  await run(db, meansOf(storage), chat.id, "archive");
  const [row] = await sql`select status from chats where id = ${chat.id}`;
  expect(row?.status).toBe("archived");
  expect(await postSystemMessage(db, storage, host, chat.id, one)).toMatchObject({
    repeated: true,
    message: { body: text, seq: 2, clientId: one.clientId },
  });
  expect(await postSystemMessage(db, storage, host, chat.id, draft())).toEqual({
    refused: "notOpen",
  });
  await run(db, meansOf(storage), chat.id, "delete");
  expect(await postSystemMessage(db, storage, host, chat.id, one)).toBeNull();
  expect(await sql`select 1 from host_messages where chat_id = ${chat.id}`).toHaveLength(0);
});

test("the host speaks in a frozen chat, but in no closed one, nor in a private thread", async () => {
  const { storage, host } = await setUp();
  const { chat, moderator } = await makeCase(db);
  const thread = await openPrivateThread(db, moderator, { chatId: chat.id, side: "buyer" });
  await freezeChat(db, moderator, chat.id, "To look at it in peace");
  const post = (chatId: string) => postSystemMessage(db, storage, host, chatId, draft());
  expect(await post(chat.id)).toMatchObject({ repeated: false });
  expect(await post(thread?.chatId ?? "")).toBeNull();
  expect(await post(randomUUID())).toBeNull();
  const closed = await makeSmallChat(db, storage);
  expect(await post(closed.id)).toEqual({ refused: "notOpen" });
  expect(await saidIn(closed.id)).toEqual([]);
});

test("it is unread for both, at its place between what they say at the same time", async () => {
  const { storage, host, chat } = await setUp();
  await postSystemMessage(db, storage, host, chat.id, draft());
  expect([await countUnread(db, chat.buyer), await countUnread(db, chat.seller)]).toEqual([1, 1]);
  await Promise.all([
    ...Array.from({ length: 5 }, () => say(db, chat.buyer, chat.id, "Where is it?")),
    ...Array.from({ length: 5 }, () => postSystemMessage(db, storage, host, chat.id, draft())),
  ]);
  const rows =
    await sql`select seq::int from chat_messages where chat_id = ${chat.id} order by seq`;
  expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1));
});

test("it reaches open pages of both at once", async () => {
  const { storage, host, chat } = await setUp();
  const server = await startLiveServer(db, databaseUrl);
  const readers = await Promise.all([server.open(chat.buyer), server.open(chat.seller)]);
  await postSystemMessage(db, storage, host, chat.id, draft());
  for (const reader of readers) {
    await expect
      .poll(() => reader.events.filter(({ event }) => event === "message.created"), {
        timeout: 10_000,
      })
      .toMatchObject([
        { data: { message: { seq: 2, type: "system", body: text, event: { kind: "host" } } } },
      ]);
  }
});

test("when the transaction fails, nothing was said", async () => {
  const { storage, host, chat } = await setUp();
  const one = draft();
  const failing = db.transaction(async (tx) => {
    await postSystemMessage(tx, storage, host, chat.id, one);
    throw new Error("Out of luck");
  });
  await expect(failing).rejects.toThrow("Out of luck");
  expect(await saidIn(chat.id)).toEqual([]);
  expect(await postSystemMessage(db, storage, host, chat.id, one)).toMatchObject({
    repeated: false,
  });
});

test.each([
  { clientId: "mine", body: text },
  { clientId: randomUUID(), body: "" },
  { clientId: randomUUID(), body: " \u200b " },
  { clientId: randomUUID(), body: "a\0b" },
  { clientId: randomUUID(), body: "x".repeat(4_001) },
  { clientId: randomUUID(), body: { text } },
])("what says nothing, too much or what no database takes is refused: %#", (input) => {
  expect(hostMessage(4_000).safeParse(input).success).toBe(false);
});
