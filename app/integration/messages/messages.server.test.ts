import { randomUUID } from "node:crypto";
import { sql as statement } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import type { Message } from "~/chats/message";
import { unsendMessage } from "~/chats/revise.server";
import { joinChat } from "~/moderation/access/joining.server";
import { openPrivateThread } from "~/moderation/access/private-thread.server";
import { redactMessage } from "~/moderation/access/redacting.server";
import { withdrawDispute } from "~/moderation/disputes/withdraw.server";
import { diskStorage } from "~/storage/disk.server";
import { makeCase } from "~test/cases";
import { db, sql } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { makeHost } from "~test/hosts";
import { makeLongChat, makeWholeChat, meansOf, run } from "~test/kept-chats";
import { say } from "~test/sending";
import { makeDiskStorage } from "~test/storages";
import { readHostMessages } from "../host/read-messages.server";
import { type MessagePage, messagesQuery } from "./message-page";
import { readMessages } from "./read-messages.server";

vi.setConfig({ testTimeout: 60_000 });

/** Nothing lies in it: of chats that are not archived nothing is asked of it. */
const storage = diskStorage({ folder: "/nowhere" });
const asked = (query: object) => messagesQuery.parse(query);
const seqs = (page: MessagePage | null) => page?.messages.map(({ seq }) => seq);

type Read = (query: object) => Promise<MessagePage | null>;

/** The same for somebody in the chat and for the host. */
async function readersOf(chat: Awaited<ReturnType<typeof makeChat>>): Promise<Read[]> {
  const host = await makeHost(db);
  return [
    (query) => readMessages(db, storage, chat.buyer, chat.id, asked(query)),
    (query) => readHostMessages(db, storage, host, chat.id, asked(query)),
  ];
}

test("history goes back from the newest, and on from the oldest, without a gap", async () => {
  const chat = await makeLongChat(db, 11);
  for (const read of await readersOf(chat)) {
    const newest = await read({ limit: 5 });
    expect([seqs(newest), newest?.next]).toEqual([[12, 11, 10, 9, 8], 8]);
    const before = await read({ limit: 5, before: newest?.next });
    expect([seqs(before), before?.next]).toEqual([[7, 6, 5, 4, 3], 3]);
    const first = await read({ limit: 5, before: before?.next });
    expect([seqs(first), first?.next]).toEqual([[2, 1], null]);
    const after = await read({ limit: 8, after: 0 });
    expect([seqs(after), after?.next]).toEqual([[1, 2, 3, 4, 5, 6, 7, 8], 8]);
    const last = await read({ limit: 8, after: after?.next });
    expect([seqs(last), last?.next]).toEqual([[9, 10, 11, 12], null]);
  }
});

test("beyond the ends there is nothing, whatever a page would show", async () => {
  const chat = await makeLongChat(db, 11);
  for (const read of await readersOf(chat)) {
    for (const query of [{ before: 1 }, { before: 0 }, { after: 12 }, { after: 9_999 }]) {
      expect(await read(query)).toEqual({ messages: [], next: null });
    }
    expect(seqs(await read({ before: Number.MAX_SAFE_INTEGER, limit: 2 }))).toEqual([12, 11]);
  }
});

test("an archived chat says what it said before", async () => {
  const { storage } = makeDiskStorage();
  const chat = await makeWholeChat(db, storage);
  const host = await makeHost(db);
  const queries = [{}, { limit: 3 }, { before: 6, limit: 4 }, { after: 4 }, { after: 999 }].map(
    asked,
  );
  const read = async () => {
    const pages: (MessagePage | null)[] = [];
    for (const query of queries) {
      pages.push(await readMessages(db, storage, chat.seller, chat.id, query));
      pages.push(await readHostMessages(db, storage, host, chat.id, query));
    }
    return pages;
  };
  const before = await read();
  await run(db, meansOf(storage), chat.id, "archive");
  const [row] = await sql`select count(*)::int from chat_messages where chat_id = ${chat.id}`;
  expect(row?.count).toBe(0);
  expect(await read()).toEqual(before);
});

test("what was taken back or removed says nothing, to the host neither", async () => {
  const { chat, moderator } = await makeCase(db);
  const { id: chatId, buyer, seller } = chat;
  const unsent = await say(db, buyer, chatId, "I would rather not say this");
  await unsendMessage(db, buyer, { chatId, seq: unsent.seq, windowMs: 3_600_000 });
  const rude = await say(db, seller, chatId, "That was quite an insult");
  await redactMessage(db, moderator, { chatId, seq: rude.seq, reason: "A rule was broken" });
  const page = await readHostMessages(db, storage, await makeHost(db), chatId, asked({}));
  const gone = page?.messages.filter(({ seq }) => [unsent.seq, rude.seq].includes(seq));
  expect(gone?.map(({ body, deletedAt }: Message) => [body, typeof deletedAt])).toEqual([
    [null, "string"],
    [null, "string"],
  ]);
  expect(JSON.stringify(page)).not.toMatch(/rather not|insult|rule was broken/);
});

test("strangers read nothing, nor does the host private threads", async () => {
  const host = await makeHost(db);
  const { chat, moderator } = await makeCase(db);
  const thread = await openPrivateThread(db, moderator, { chatId: chat.id, side: "buyer" });
  expect(await readMessages(db, storage, await makeUser(db), chat.id, asked({}))).toBeNull();
  for (const chatId of [thread?.chatId ?? "", randomUUID()]) {
    expect(await readHostMessages(db, storage, host, chatId, asked({}))).toBeNull();
    expect(await readHostMessages(db, storage, host, chatId, asked({ after: 0 }))).toBeNull();
  }
  const looks = await sql`select 1 from audit_log where action = 'chat.viewed'
    and chat_id = ${thread?.chatId ?? ""}`;
  expect(looks).toHaveLength(0);
});

test("that a key read a chat is in the log once an hour, also of many looks at once", async () => {
  const chat = await makeChat(db);
  const [host, other] = [await makeHost(db, "One"), await makeHost(db, "Two")];
  const look = (by: typeof host, on = db) => readHostMessages(on, storage, by, chat.id, asked({}));
  const looks = (on = db) =>
    on.execute(statement`select details::jsonb #>> '{key,name}' as key from audit_log
      where chat_id = ${chat.id} and action = 'chat.viewed' and actor_role = 'host' order by seq`);
  await Promise.all(Array.from({ length: 12 }, () => look(host)));
  expect(await looks()).toEqual([{ key: "One" }]);
  await look(other);
  expect(await looks()).toEqual([{ key: "One" }, { key: "Two" }]);
  class Undo extends Error {}
  const anHourLater = db.transaction(async (tx) => {
    await tx.execute("alter table audit_log disable trigger audit_log_stays");
    await tx.execute("update audit_log set at = at - interval '61 minutes'");
    await look(host, tx);
    expect(await looks(tx)).toEqual([{ key: "One" }, { key: "Two" }, { key: "One" }]);
    throw new Undo();
  });
  await expect(anHourLater).rejects.toThrow(Undo);
});

test("a moderator in the chat reads it while the case is open, and the log has each page", async () => {
  const { chat, moderator, disputeId } = await makeCase(db);
  await joinChat(db, moderator, chat.id);
  const read = () => readMessages(db, storage, moderator, chat.id, asked({ limit: 2 }));
  expect(seqs(await read())).toHaveLength(2);
  await read();
  const looks = await sql`select 1 from audit_log
    where dispute_id = ${disputeId} and action = 'chat.viewed' and actor_id = ${moderator.id}`;
  expect(looks).toHaveLength(2);
  await withdrawDispute(db, chat.buyer, chat.id);
  expect(await read()).toBeNull();
});

test.each([
  { before: 4, after: 2 },
  { limit: 0 },
  { limit: 101 },
  { before: -1 },
  { after: 1.5 },
  { after: "x" },
  { before: 2 ** 60 },
])("what is no page is refused: %#", (query) => {
  expect(messagesQuery.safeParse(query).success).toBe(false);
});
