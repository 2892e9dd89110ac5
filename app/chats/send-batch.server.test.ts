import { randomUUID } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { endSession } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import type { CommittedChange } from "~/live/change";
import { listen } from "~/live/listener.server";
import type { Notification } from "~/live/notify.server";
import { filterSettings } from "~/safety/settings-cache.server";
import { databaseUrl, db, sql } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { makeInstance, makeWatchedInstance } from "~test/instances";
import { say } from "~test/sending";
import { carriedChange } from "./carried.server";
import { readChanges } from "./changes.server";
import { closeChat } from "./close.server";
import { onCommitted } from "./committed.server";
import { readSnapshot } from "./live-source.server";
import type { Message } from "./message";
import { sendMessage } from "./send.server";

type Chat = Awaited<ReturnType<typeof makeChat>>;

const makeChats = (count: number) => Promise.all(Array.from({ length: count }, () => makeChat(db)));

const draftFor = (chatId: string, body = "Hello") => ({ chatId, clientId: randomUUID(), body });

function accepted(sent: Awaited<ReturnType<typeof sendMessage>>): Message {
  if (!sent || !("message" in sent)) throw new Error(`Not sent: ${JSON.stringify(sent)}`);
  return sent.message;
}

/** The messages of a chat as they are stored, the first one left out, which says that it began. */
async function stored(chat: Pick<Chat, "id">) {
  return sql`
    select seq::int, version::int, body from chat_messages
    where chat_id = ${chat.id} and seq > 1 order by seq`;
}

test("a lone message is one statement, and so are many that are sent at the same time", async () => {
  const { db: watched, statements } = makeWatchedInstance();
  const chats = await makeChats(4);
  await filterSettings(watched);
  statements.length = 0;
  await say(watched, chats[0]?.buyer as Viewer, chats[0]?.id ?? "", "I am alone");
  expect(statements).toHaveLength(1);
  statements.length = 0;
  const sending = chats.flatMap(({ id, buyer, seller }) =>
    [buyer, seller, buyer].map((viewer, at) =>
      sendMessage(watched, viewer, draftFor(id, `I say ${at} now`)),
    ),
  );
  const messages = (await Promise.all(sending)).map(accepted);
  expect(statements).toHaveLength(1);
  expect(new Set(messages.map(({ id }) => id)).size).toBe(12);
  for (const chat of chats.slice(1)) {
    expect(await stored(chat)).toEqual(
      [2, 3, 4].map((seq) => ({ seq, version: seq + 1, body: `I say ${seq - 2} now` })),
    );
  }
});

test("what is committed is told at once, just as it would be read", async () => {
  const instance = makeInstance();
  const chats = await makeChats(3);
  const since = await readSnapshot(db);
  const told: CommittedChange[] = [];
  onTestFinished(onCommitted(instance, (changes) => told.push(...changes)));
  const bodies = ['"quoted" \\ and\nbroken', "e\u0301 \u{1f6b2} \u0001", "{1,2}"];
  const sent = await Promise.all(
    chats.flatMap(({ id, buyer, seller }) => [
      ...bodies.map((body) => sendMessage(instance, buyer, draftFor(id.toUpperCase(), body))),
      sendMessage(instance, seller, { ...draftFor(id), replyTo: 1 }),
    ]),
  );
  const closed = chats[0] as Chat;
  const scope = { chats: chats.map(({ id }) => ({ chatId: id, after: 0 })) };
  const { changes } = await readChanges(db, since, scope);
  const inOrder = told.toSorted((a, b) =>
    a.chatId === b.chatId ? a.version - b.version : a.chatId < b.chatId ? -1 : 1,
  );
  expect(inOrder.map(({ userIds, sharesReads, ...change }) => change)).toEqual(changes);
  expect(JSON.stringify(inOrder.map(({ data }) => data))).toBe(
    JSON.stringify(changes.map(({ data }) => data)),
  );
  const people = new Map(chats.map(({ id, buyer, seller }) => [id, [buyer.id, seller.id].sort()]));
  for (const { chatId, userIds } of told) expect(userIds.toSorted()).toEqual(people.get(chatId));
  expect(
    sent
      .map(accepted)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(changes.map(({ data }) => (data as { message: Message }).message.id).sort());
  await closeChat(instance, closed.buyer, closed.id);
  await sendMessage(instance, closed.buyer, draftFor(closed.id));
  expect(told).toHaveLength(12);
});

test.each([
  ["that the database refuses", ["\0", ""]],
  ["that is refused by us", []],
])("a message %s hurts no other, and each is answered for itself", async (_, poisonous) => {
  const [chat, closed] = (await makeChats(2)) as [Chat, Chat];
  await closeChat(db, closed.buyer, closed.id);
  const taken = draftFor(chat.id, "First");
  await say(db, chat.buyer, chat.id, taken.body, taken);
  const [stranger, gone] = [await makeUser(db), chat.seller];
  const left = { ...gone, sessionId: randomUUID() };
  const stolen = { ...gone, sessionId: stranger.sessionId };

  const poison = poisonous.map((body) =>
    sendMessage(db, chat.seller, draftFor(chat.id, body)).then(
      () => "stored",
      () => "failed",
    ),
  );
  const refused = [
    sendMessage(db, closed.buyer, draftFor(closed.id)),
    sendMessage(db, stranger, draftFor(chat.id)),
    sendMessage(db, chat.buyer, draftFor(randomUUID())),
    sendMessage(db, chat.buyer, { ...draftFor(chat.id), replyTo: 1_000 }),
    sendMessage(db, chat.buyer, { ...taken, body: "Second" }),
    sendMessage(db, left, draftFor(chat.id)),
    sendMessage(db, stolen, draftFor(chat.id)),
    sendMessage(db, chat.buyer, taken),
  ];
  const good = Array.from({ length: 10 }, (_, at) =>
    sendMessage(db, at % 2 ? chat.buyer : chat.seller, draftFor(chat.id, `Good ${at}`)),
  );
  expect((await Promise.all(good)).map(accepted)).toHaveLength(10);
  expect(await Promise.all(poison)).toEqual(poisonous.map(() => "failed"));
  expect(await Promise.all(refused)).toMatchObject([
    { refused: "notOpen" },
    null,
    null,
    { refused: "replyUnknown" },
    { refused: "clientIdReused" },
    { refused: "signedOut" },
    { refused: "signedOut" },
    { repeated: true, message: { body: "First", seq: 2 } },
  ]);
  const rows = await stored(chat);
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, at) => at + 2));
  expect(rows).toHaveLength(11);
});

test.each([1, 3])("of %i at once none passes where one shuts the other out", async (count) => {
  const chat = await makeChat(db);
  await sql`update chats set blocked_by = ${[chat.buyer.id]} where id = ${chat.id}`;
  const send = (viewer: Viewer) =>
    Promise.all(Array.from({ length: count }, () => sendMessage(db, viewer, draftFor(chat.id))));
  const refused = Array.from({ length: count }, () => ({ refused: "notDelivered" }));
  expect(await send(chat.seller)).toEqual(refused);
  expect(await send(chat.buyer)).toEqual(refused);
  expect(await stored(chat)).toHaveLength(0);
});

test.each([1, 3])("of %i at once those of a watched sender are looked at alone", async (count) => {
  const { db: watching, statements } = makeWatchedInstance();
  const chats = await makeChats(count);
  for (const { buyer } of chats)
    await sql`update users set watched_until = now() + interval '1 hour' where id = ${buyer.id}`;
  await Promise.all(chats.map(({ id, buyer }) => sendMessage(watching, buyer, draftFor(id))));
  expect(statements.length).toBeGreaterThan(count);
  for (const chat of chats) expect(await stored(chat)).toMatchObject([{ body: "Hello" }]);
  for (const { buyer } of chats)
    await sql`update users set watched_until = now() - interval '1 s' where id = ${buyer.id}`;
  statements.length = 0;
  await Promise.all(chats.map(({ id, buyer }) => sendMessage(watching, buyer, draftFor(id))));
  expect(statements).toHaveLength(1);
});

test("who signed out sends nothing any more, and who has no session may", async () => {
  const chat = await makeChat(db);
  await say(db, chat.buyer, chat.id, "Still here");
  await endSession(db, chat.buyer.sessionId);
  expect(await sendMessage(db, chat.buyer, draftFor(chat.id))).toEqual({ refused: "signedOut" });
  await sql`update sessions set expires_at = now() where id = ${chat.seller.sessionId}`;
  expect(await sendMessage(db, chat.seller, draftFor(chat.id))).toEqual({ refused: "signedOut" });
  await say(db, { ...chat.buyer, sessionId: "" }, chat.id, "By the host");
});

test("whoever writes has read up to his own message, also among others' at the same time", async () => {
  const chat = await makeChat(db);
  const senders = [chat.buyer, chat.seller, chat.buyer, chat.seller, chat.seller, chat.buyer];
  await Promise.all(senders.slice(0, 5).map((one) => sendMessage(db, one, draftFor(chat.id))));
  const rows = await sql`
    select user_id, read_seq::int, delivered_seq::int from chat_participants
    where chat_id = ${chat.id}`;
  expect(rows).toHaveLength(2);
  for (const { user_id, read_seq, delivered_seq } of rows) {
    expect([read_seq, delivered_seq]).toEqual(user_id === chat.buyer.id ? [4, 4] : [6, 6]);
  }
});

test("a batch is told whole and in order, with what its messages say unless that is long", async () => {
  const chats = await makeChats(60);
  const one = chats[0] as Chat;
  await sql`update users set shares_reads = false where id = ${one.seller.id}`;
  const got: Notification[] = [];
  const listener = await listen(databaseUrl, {
    notification: (notification) => got.push(notification),
    listening: () => {},
  });
  onTestFinished(() => listener.close());
  const sending = chats.map(({ id, buyer }) => sendMessage(db, buyer, draftFor(id)));
  const long = { ...draftFor(one.id), body: '👩‍👩‍👧 „“"\\ '.repeat(300) };
  sending.push(sendMessage(db, one.seller, draftFor(one.id)));
  sending.push(sendMessage(db, one.seller, long));
  const answers = await Promise.all(sending);
  const sent = (chat: Chat, from: Viewer, seq: number) => ({
    kind: "sent",
    chatId: chat.id,
    version: seq + 1,
    seq,
    from: from.id,
    sharesReads: from !== one.seller,
    userIds: [from.id, (from === chat.buyer ? chat.seller : chat.buyer).id],
  });
  const expected = [
    ...chats.map((chat) => sent(chat, chat.buyer, 2)),
    sent(one, one.seller, 3),
    sent(one, one.seller, 4),
  ];
  await expect.poll(() => got, { timeout: 10_000 }).toMatchObject(expected);
  const shown = got.map((told) =>
    told.kind === "sent" && told.carried ? carriedChange(told).data : undefined,
  );
  const stored = answers.map((answer) => answer && "message" in answer && answer.message);
  expect(shown.slice(0, -1)).toEqual(
    stored.slice(0, -1).map((message) => {
      if (!message) throw new Error("A message was not stored");
      return { chatId: message.chatId, version: message.version, message };
    }),
  );
  expect(shown.at(-1)).toBeUndefined();
});

test("what is put off for the search is little, because one send does all of it", async () => {
  const chat = await makeChat(db);
  await sql`
    insert into chat_messages (id, chat_id, seq, version, created_version, sender_id, client_id, body)
    select gen_random_uuid(), ${chat.id}, 100 + n, 100 + n, 100 + n, ${chat.buyer.id},
      gen_random_uuid(), 'each with words of its own ' || md5(n::text) || ' ' || n
    from generate_series(1, 2000) n`;
  // Pages of 8 kB; by PostgreSQL's default it would be up to 4 MB, which hold all that wait for a fifth of a second.
  const [row] = await sql`select gin_clean_pending_list('chat_messages_search_idx')::int as pages`;
  expect(row?.pages).toBeLessThanOrEqual(16);
});
