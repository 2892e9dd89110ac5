import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { closeChat } from "~/chats/close.server";
import { sendMessage } from "~/chats/send.server";
import { freezeChat } from "~/moderation/access/freezing.server";
import { openPrivateThread } from "~/moderation/access/private-thread.server";
import { makeCase } from "~test/cases";
import { databaseUrl, db, sql } from "~test/database";
import { makeChat } from "~test/factories";
import { makeHost } from "~test/hosts";
import { startLiveServer } from "~test/live-server";
import { hostChatStatus, setChatStatus } from "./set-chat-status.server";

const close = { status: "closed" } as const;
const closings = (chatId: string) => sql`select event ->> 'by' as by from chat_messages
  where chat_id = ${chatId} and event ->> 'kind' = 'chat_closed'`;

test("the host closes a chat: it says by whom, nobody can write, and the log has the key", async () => {
  const [host, chat] = [await makeHost(db), await makeChat(db)];
  const server = await startLiveServer(db, databaseUrl);
  const reader = await server.open(chat.seller);
  expect(await setChatStatus(db, host, chat.id, close)).toEqual({ done: true });
  expect(await closings(chat.id)).toEqual([{ by: "host" }]);
  const [row] = await sql`select status, closed_at is not null as has_time from chats
    where id = ${chat.id}`;
  expect(row).toEqual({ status: "closed", has_time: true });
  const draft = { chatId: chat.id, clientId: randomUUID(), body: "Still there?" };
  expect(await sendMessage(db, chat.buyer, draft)).toEqual({ refused: "notOpen" });
  await expect
    .poll(() => reader.events.filter(({ event }) => event === "chat.updated"), { timeout: 10_000 })
    .toMatchObject([{ data: { chat: { status: "closed" } } }]);
  const entries = await sql`select action, details::jsonb -> 'key' ->> 'id' as key from audit_log
    where chat_id = ${chat.id}`;
  expect(entries).toEqual([{ action: "chat.closed", key: host.keyId }]);
});

test("closed many times at once, by host and side, it is closed once", async () => {
  const [host, chat] = [await makeHost(db), await makeChat(db)];
  await Promise.all(
    Array.from({ length: 12 }, (_, at) =>
      at % 3 ? setChatStatus(db, host, chat.id, close) : closeChat(db, chat.buyer, chat.id),
    ),
  );
  expect(await closings(chat.id)).toHaveLength(1);
});

test("nobody opens a closed chat again, the host neither", async () => {
  const [host, chat] = [await makeHost(db), await makeChat(db)];
  expect(await setChatStatus(db, host, chat.id, { status: "open" })).toEqual({ done: true });
  await closeChat(db, chat.buyer, chat.id);
  expect(await setChatStatus(db, host, chat.id, { status: "open" })).toEqual({
    refused: "noReopening",
  });
  expect(await setChatStatus(db, host, chat.id, close)).toEqual({ done: true });
  expect(await closings(chat.id)).toEqual([{ by: "buyer" }]);
});

test("what moderators froze is theirs, and their private threads are not there", async () => {
  const host = await makeHost(db);
  const { chat, moderator } = await makeCase(db);
  const thread = await openPrivateThread(db, moderator, { chatId: chat.id, side: "seller" });
  await freezeChat(db, moderator, chat.id, "To look at it in peace");
  for (const status of ["open", "closed"] as const) {
    expect(await setChatStatus(db, host, chat.id, { status })).toEqual({ refused: "notOpen" });
    expect(await setChatStatus(db, host, thread?.chatId ?? "", { status })).toBeNull();
    expect(await setChatStatus(db, host, randomUUID(), { status })).toBeNull();
  }
});

test.each([{}, { status: "frozen" }, { status: "archived" }, { status: null }])(
  "the host makes nothing else of a chat: %#",
  (input) => {
    expect(hostChatStatus.safeParse(input).success).toBe(false);
  },
);
