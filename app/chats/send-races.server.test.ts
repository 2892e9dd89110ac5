import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { db, sql } from "~test/database";
import { makeChat } from "~test/factories";
import { holdOpen, makeInstance, makeWatchedInstance, waitingBackends } from "~test/instances";
import { say, seededRandom } from "~test/sending";
import { sendMessage } from "./send.server";

const poll = { timeout: 15_000 };

const draftFor = (chatId: string, body = "Hello") => ({ chatId, clientId: randomUUID(), body });

const lockChatRow = (chatId: string) =>
  holdOpen(
    (tx) => tx`
  select 1 from chats where id = ${chatId} for no key update`,
  );

/** Every chat's messages have the places 1 to n, and the chat and its messages agree. */
async function expectNoHoles(chatIds: string[]) {
  for (const chatId of chatIds) {
    const rows = await sql`
      select seq::int, version::int from chat_messages where chat_id = ${chatId} order by seq`;
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, at) => at + 1));
    const [chat] = await sql`select last_seq::int, version::int from chats where id = ${chatId}`;
    expect(chat?.last_seq).toBe(rows.length);
    expect(chat?.version).toBeGreaterThanOrEqual(rows.at(-1)?.version);
  }
}

test("hundreds of sends over two instances, in any order of chats, leave no hole and never lock each other out", async () => {
  const { oneOf } = seededRandom(3);
  const chats = await Promise.all(Array.from({ length: 6 }, () => makeChat(db)));
  const instances = [makeInstance(), makeInstance()];
  const sent = new Map<string, number>();
  const writers = Array.from({ length: 40 }, async (_, writer) => {
    for (let at = 0; at < 12; at++) {
      const chat = oneOf(chats);
      const viewer = oneOf([chat.buyer, chat.seller]);
      const { id, seq } = await say(
        oneOf(instances),
        viewer,
        chat.id,
        `Writer ${writer} says ${at}`,
      );
      sent.set(id, seq);
    }
  });
  await Promise.all(writers);
  expect(sent.size).toBe(480);
  const ids = chats.map(({ id }) => id);
  await expectNoHoles(ids);
  const rows = await sql`
    select id, seq::int from chat_messages where chat_id in ${sql(ids)} and sender_id is not null`;
  expect(new Map(rows.map(({ id, seq }) => [id, seq]))).toEqual(sent);
  const times = await sql`
    select created_at::text at from chat_messages where chat_id = ${ids[0] ?? ""} order by seq`;
  expect(times.map(({ at }) => at)).toEqual(times.map(({ at }) => at).toSorted());
}, 60_000);

test("the same client id twenty times at once over two instances is one message", async () => {
  const chats = await Promise.all(Array.from({ length: 3 }, () => makeChat(db)));
  const instances = [makeInstance(), makeInstance()];
  for (const chat of chats) {
    const draft = draftFor(chat.id);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        sendMessage(instances[at % 2] ?? db, chat.buyer, draft),
      ),
    );
    const messages = answers.map((one) => one && "message" in one && one.message);
    for (const message of messages) expect(message).toEqual(messages[0]);
    expect(answers.filter((one) => one && "message" in one && !one.repeated)).toHaveLength(1);
    await expectNoHoles([chat.id]);
  }
});

test("a chat that somebody holds keeps no other chat waiting", async () => {
  const [held, free] = [await makeChat(db), await makeChat(db)];
  const lock = await lockChatRow(held.id);
  let isHeldSent = false;
  const waiting = ["One", "Two", "Three"].map((body) => say(db, held.buyer, held.id, body));
  void waiting[0]?.then(() => {
    isHeldSent = true;
  });
  for (let at = 0; at < 5; at++) await say(db, free.buyer, free.id, `I say ${at} now`);
  const behind = say(db, held.buyer, held.id, "Four");
  await say(db, free.seller, free.id, "Last");
  expect(isHeldSent).toBe(false);
  await lock.rollBack();
  const messages = await Promise.all([...waiting, behind]);
  expect(messages.map(({ seq }) => seq)).toEqual([2, 3, 4, 5]);
  await expectNoHoles([held.id, free.id]);
});

test("while few come, messages of different chats are under way at the same time", async () => {
  const [held, free] = [await makeChat(db), await makeChat(db)];
  const { db: instance, statements } = makeWatchedInstance();
  await say(instance, free.buyer, free.id, "I am here");
  const lock = await lockChatRow(held.id);
  const first = statements.length;
  const waiting = say(instance, held.buyer, held.id, "I am there");
  await vi.waitFor(() => expect(statements).toHaveLength(first + 1), { ...poll, interval: 1 });
  await say(instance, free.buyer, free.id, "I am back");
  // Nothing between them: the one that waits for its chat had not given up yet.
  expect(statements[first + 1]).toBe(statements[first]);
  await lock.rollBack();
  await waiting;
  await expectNoHoles([held.id, free.id]);
});

// Whether what others do is seen by the batch or only by what it leaves, the answer is the same.
const meanwhile: [
  string,
  string,
  (chatId: string, buyerId: string) => ReturnType<typeof holdOpen>,
  unknown,
][] = [
  [
    "closed",
    "is refused",
    (chatId) =>
      holdOpen(
        (tx) => tx`
      update chats set status = 'closed', closed_at = now(), version = version + 1,
        state_version = version + 1, changed_xid = pg_current_xact_id()
      where id = ${chatId}`,
      ),
    { refused: "notOpen" },
  ],
  [
    "left by the sender",
    "finds no chat",
    (chatId, buyerId) =>
      holdOpen(async (tx) => {
        await tx`
        update chats set version = version + 1, state_version = version + 1,
          changed_xid = pg_current_xact_id()
        where id = ${chatId}`;
        await tx`delete from chat_participants where chat_id = ${chatId} and user_id = ${buyerId}`;
      }),
    null,
  ],
  [
    "left by the sender without a word",
    "finds no chat",
    (chatId, buyerId) =>
      holdOpen(async (tx) => {
        await tx`select 1 from chats where id = ${chatId} for no key update`;
        await tx`delete from chat_participants where chat_id = ${chatId} and user_id = ${buyerId}`;
      }),
    null,
  ],
  [
    "written to by others",
    "comes after them",
    (chatId) =>
      holdOpen(async (tx) => {
        await tx`
        update chats set version = version + 1, last_seq = last_seq + 1,
          last_message_at = now() + interval '1 hour'
        where id = ${chatId}`;
        await tx`
        insert into chat_messages (id, chat_id, seq, version, created_version, sender_id, client_id, body)
        select ${randomUUID()}::uuid, id, last_seq, version, version, s.seller_id, ${randomUUID()}::uuid, 'First'
        from chats c join (select id as subject, seller_id from subjects) s on s.subject = c.subject_id
        where id = ${chatId}`;
      }),
    { repeated: false, message: { seq: 3, version: 4 } },
  ],
];

test.each(meanwhile)("what waits for a chat that is being %s %s", async (_, __, act, answer) => {
  for (const company of [0, 5]) {
    const [chat, other] = [await makeChat(db), await makeChat(db)];
    const held = await act(chat.id, chat.buyer.id);
    const sending = sendMessage(db, chat.buyer, draftFor(chat.id));
    const others = Array.from({ length: company }, (_, at) =>
      say(db, other.seller, other.id, `I say ${at} now`),
    );
    await expect.poll(waitingBackends, { ...poll, interval: 5 }).not.toEqual([]);
    await held.commit();
    const sent = await sending;
    if (answer) expect(sent).toMatchObject(answer);
    else expect(sent).toBeNull();
    expect((await Promise.all(others)).map(({ seq }) => seq)).toEqual(
      others.map((_, at) => at + 2),
    );
    await expectNoHoles([chat.id, other.id]);
    const times = await sql`
      select created_at = max(created_at) over (order by seq) as later
      from chat_messages where chat_id = ${chat.id}`;
    expect(times.every(({ later }) => later)).toBe(true);
  }
});

test("another instance's message with the same client id, not yet committed, is waited for and found", async () => {
  const [chat, other] = [await makeChat(db), await makeChat(db)];
  const draft = draftFor(chat.id);
  const [id] = [randomUUID()];
  const held = await holdOpen(async (tx) => {
    await tx`
      update chats set version = version + 1, last_seq = last_seq + 1, last_message_at = now()
      where id = ${chat.id}`;
    await tx`
      insert into chat_messages (id, chat_id, seq, version, created_version, sender_id, client_id, body)
      values (${id}, ${chat.id}, 2, 3, 3, ${chat.buyer.id}, ${draft.clientId}, ${draft.body})`;
  });
  const sending = sendMessage(db, chat.buyer, draft);
  const others = ["One", "Two"].map((body) => say(db, other.seller, other.id, body));
  await expect.poll(waitingBackends, { ...poll, interval: 5 }).not.toEqual([]);
  await held.commit();
  expect(await sending).toMatchObject({ repeated: true, message: { id, seq: 2 } });
  await Promise.all(others);
  await expectNoHoles([chat.id, other.id]);
});

test("what backends that are killed leave open is repeated or refused, and never a lie", async () => {
  const instance = makeInstance();
  const chats = await Promise.all(Array.from({ length: 4 }, () => makeChat(db)));
  let isDone = false;
  const killing = (async () => {
    while (!isDone) {
      await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and query ~ '^\\s*with drafts'
          and random() < 0.3`;
    }
  })();
  const ok = new Map<string, string>();
  const unknown = new Set<string>();
  const writers = Array.from({ length: 16 }, async (_, writer) => {
    for (let at = 0; at < 15; at++) {
      const chat = chats[(writer + at) % chats.length] ?? (await makeChat(db));
      const draft = draftFor(chat.id, `Writer ${writer} says ${at}`);
      try {
        const sent = await sendMessage(instance, chat.buyer, draft);
        if (sent && "message" in sent) ok.set(draft.clientId, sent.message.id);
      } catch {
        unknown.add(draft.clientId);
      }
    }
  });
  await Promise.all(writers);
  isDone = true;
  await killing;
  expect(ok.size + unknown.size).toBe(240);
  const ids = chats.map(({ id }) => id);
  await expectNoHoles(ids);
  const rows = await sql`
    select client_id, id from chat_messages where chat_id in ${sql(ids)} and client_id is not null`;
  const found = new Map(rows.map(({ client_id, id }) => [client_id as string, id as string]));
  expect(found.size).toBe(rows.length);
  for (const [clientId, id] of ok) expect(found.get(clientId)).toBe(id);
}, 60_000);
