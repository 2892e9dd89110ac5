import { randomUUID } from "node:crypto";
import { and, eq, type SQL, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { markRead } from "~/chats/positions.server";
import { sendMessage } from "~/chats/send.server";
import type { Db } from "~/db/client.server";
import {
  chatParticipants,
  messageTail,
  pushSubscriptions,
  unreadDigests,
  unreadNotices,
} from "~/db/schema";
import { blockPerson } from "~/safety/blocks/block-person.server";
import { db } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { holdOpen, makeInstance } from "~test/instances";
import { defaultChoices } from "./choices";
import { saveChoices } from "./choices.server";
import { readWaiting } from "./mail/unread-chats.server";
import { followMessages } from "./tail.server";

type Chat = Awaited<ReturnType<typeof makeChat>>;

async function send(chat: Chat, viewer: Viewer, through: Db = db) {
  const draft = {
    chatId: chat.id,
    clientId: randomUUID(),
    body: "Would Thursday suit you as well?",
  };
  const sent = await sendMessage(through, viewer, draft);
  if (!sent || !("message" in sent)) throw new Error(`Not sent: ${JSON.stringify(sent)}`);
  return sent.message;
}

/** A browser that takes pushes. */
async function subscribe({ id: userId, sessionId }: Viewer) {
  const endpoint = `https://push.example/${randomUUID()}`;
  await db
    .insert(pushSubscriptions)
    .values({ userId, sessionId, endpoint, p256dh: "key", auth: "secret" });
}

type Row = { task: string; chat_id: string | null; after: number };

/** Jobs for a person, and in how many seconds. */
async function jobsOf({ id }: Pick<Viewer, "id">): Promise<Row[]> {
  return await db.execute<Row>(sql`
    select t.identifier as task, j.payload ->> 'chatId' as chat_id,
      round(extract(epoch from j.run_at - now()))::int as after
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.payload ->> 'userId' = ${id} order by task`);
}

const tasksOf = async (person: Viewer) => (await jobsOf(person)).map(({ task }) => task);

const seat = (chat: Chat, person: Viewer) =>
  and(eq(chatParticipants.chatId, chat.id), eq(chatParticipants.userId, person.id));

test("an unread message makes a push in seconds and a mail in five minutes, for the other side alone", async () => {
  const chat = await makeChat(db);
  await subscribe(chat.seller);
  await subscribe(chat.buyer);
  await send(chat, chat.buyer);
  await followMessages(db);
  const [mail, push] = await jobsOf(chat.seller);
  expect(mail).toMatchObject({ task: "mail-digest" });
  expect(push).toMatchObject({ task: "push-messages", chat_id: chat.id });
  expect(mail?.after).toBeGreaterThan(240);
  expect(mail?.after).toBeLessThanOrEqual(300);
  expect(push?.after).toBeLessThanOrEqual(3);
  expect(await jobsOf(chat.buyer)).toEqual([]);
});

test("a chat that goes on makes no more of them, and does not put them off", async () => {
  const chat = await makeChat(db);
  await subscribe(chat.seller);
  for (let times = 0; times < 3; times++) {
    await send(chat, chat.buyer);
    await followMessages(db);
    await db.execute(sql`
      update graphile_worker._private_jobs set run_at = run_at - interval '1 second'
      where payload ->> 'userId' = ${chat.seller.id}`);
  }
  const [mail, push, ...more] = await jobsOf(chat.seller);
  expect(more).toEqual([]);
  expect(push?.after).toBeLessThanOrEqual(0);
  expect(mail?.after).toBeLessThan(298);
});

test("what is read before it is looked at makes neither", async () => {
  const chat = await makeChat(db);
  await subscribe(chat.seller);
  const { seq } = await send(chat, chat.buyer);
  await markRead(db, chat.seller, { chatId: chat.id, seq });
  await followMessages(db);
  expect(await jobsOf(chat.seller)).toEqual([]);
});

test("nobody without a device gets a push, and who wants no mails none of those", async () => {
  const [one, two] = [await makeChat(db), await makeChat(db)];
  await subscribe(two.seller);
  const message = { push: true, mail: false };
  const byKind = { ...defaultChoices.byKind, message };
  await saveChoices(db, two.seller, { ...defaultChoices, byKind });
  await send(one, one.buyer);
  await send(two, two.buyer);
  await followMessages(db);
  expect(await tasksOf(one.seller)).toEqual(["mail-digest"]);
  expect(await tasksOf(two.seller)).toEqual(["push-messages"]);
});

test("a muted chat makes neither, until its mute is over", async () => {
  const chat = await makeChat(db);
  await subscribe(chat.seller);
  await db
    .update(chatParticipants)
    .set({ mutedUntil: sql`now() + interval '1 hour'` })
    .where(seat(chat, chat.seller));
  await send(chat, chat.buyer);
  await followMessages(db);
  expect(await jobsOf(chat.seller)).toEqual([]);
  await send(chat, chat.buyer);
  await followMessages(db, new Date(Date.now() + 61 * 60_000));
  expect(await tasksOf(chat.seller)).toEqual(["mail-digest", "push-messages"]);
});

test("a chat that is muted for ever makes neither", async () => {
  const chat = await makeChat(db);
  await subscribe(chat.seller);
  await db
    .update(chatParticipants)
    .set({ mutedUntil: sql`'infinity'` })
    .where(seat(chat, chat.seller));
  await send(chat, chat.buyer);
  await followMessages(db);
  expect(await jobsOf(chat.seller)).toEqual([]);
});

test("a block shuts off what was sent just before it", async () => {
  const chat = await makeChat(db);
  await subscribe(chat.seller);
  await send(chat, chat.buyer);
  await blockPerson(db, chat.seller, chat.id);
  await followMessages(db);
  expect(await jobsOf(chat.seller)).toEqual([]);
});

test("what was in view makes no push, and a mail while it is not read", async () => {
  const chat = await makeChat(db);
  await subscribe(chat.seller);
  const { seq } = await send(chat, chat.buyer);
  await db
    .insert(unreadNotices)
    .values({ chatId: chat.id, userId: chat.seller.id, viewedSeq: seq });
  await followMessages(db);
  expect(await tasksOf(chat.seller)).toEqual(["mail-digest"]);
});

test("a digest that waits is the only one, and one that was killed in its last attempt goes on", async () => {
  const chat = await makeChat(db);
  const { id: userId } = chat.seller;
  const ofSeller = sql`payload ->> 'userId' = ${userId}`;
  const dueAt = async () =>
    (await db.select().from(unreadDigests)).find((d) => d.userId === userId);
  await send(chat, chat.buyer);
  await followMessages(db);
  const first = await dueAt();
  await send(chat, chat.buyer);
  await followMessages(db);
  expect([await tasksOf(chat.seller), await dueAt()]).toEqual([["mail-digest"], first]);
  await db.execute(sql`
    update graphile_worker._private_jobs set attempts = max_attempts, run_at = now() where ${ofSeller}`);
  await send(chat, chat.buyer);
  await followMessages(db);
  const jobs = await db.execute(sql`
    select run_at = due_at as is_in_time from graphile_worker._private_jobs j
    join unread_digests d on d.user_id = ${userId} where ${ofSeller} and attempts < max_attempts`);
  expect(jobs).toMatchObject([{ is_in_time: true }]);
  // What was handed over under its name is not mailed under another.
  expect(await dueAt()).toEqual(first);
  await db.execute(sql`delete from graphile_worker._private_jobs where ${ofSeller}`);
  await send(chat, chat.buyer);
  await followMessages(db);
  expect(await tasksOf(chat.seller)).toEqual(["mail-digest"]);
});

test("a chat that is told of first does not wait for one that was mailed within the hour", async () => {
  const [mailed, other] = [await makeChat(db), await makeChat(db)];
  const { seller } = mailed;
  await db.update(chatParticipants).set({ userId: seller.id }).where(seat(other, other.seller));
  const { seq } = await send(mailed, mailed.buyer);
  const userId = seller.id;
  await db.insert(unreadNotices).values({
    chatId: mailed.id,
    userId,
    mailedSeq: seq,
    mailedAt: sql`now() - interval '10 minutes'`,
  });
  await followMessages(db);
  await db.execute(sql`
    delete from graphile_worker._private_jobs where payload ->> 'userId' = ${userId}`);
  await db.delete(unreadDigests).where(eq(unreadDigests.userId, userId));
  // What else comes there waits for the hour to be over.
  await send(mailed, mailed.buyer);
  await followMessages(db);
  const [first] = await jobsOf(seller);
  expect(first?.after).toBeGreaterThan(49 * 60);
  await send(other, other.buyer);
  await followMessages(db);
  const [second, ...more] = await jobsOf(seller);
  expect(more).toEqual([]);
  expect(second?.after).toBeGreaterThan(240);
  expect(second?.after).toBeLessThanOrEqual(300);
  await send(mailed, mailed.buyer);
  await followMessages(db);
  expect((await jobsOf(seller))[0]?.after).toBeLessThanOrEqual(300);
});

test("no mail is ever about what came to a muted chat, also one that others are the reason of", async () => {
  const chat = await makeChat(db);
  const mute = (until: SQL) =>
    db.update(chatParticipants).set({ mutedUntil: until }).where(seat(chat, chat.seller));
  await mute(sql`now() + interval '1 hour'`);
  await send(chat, chat.buyer);
  await followMessages(db);
  await mute(sql`now() - interval '1 second'`);
  expect(await readWaiting(db, chat.seller.id)).toEqual([]);
  const { seq } = await send(chat, chat.buyer);
  await followMessages(db);
  expect(await tasksOf(chat.seller)).toEqual(["mail-digest"]);
  expect(await readWaiting(db, chat.seller.id)).toMatchObject([{ lastSeq: seq, mailedAt: null }]);
});

test("an edit of an old message tells nobody", async () => {
  const chat = await makeChat(db);
  const { seq } = await send(chat, chat.buyer);
  await followMessages(db);
  await db.execute(sql`delete from unread_digests where user_id = ${chat.seller.id}`);
  await db.execute(sql`
    update chat_messages set body = 'Another time', changed_xid = pg_current_xact_id()
    where chat_id = ${chat.id} and seq = ${seq}`);
  await followMessages(db);
  expect(
    await db.select().from(unreadDigests).where(eq(unreadDigests.userId, chat.seller.id)),
  ).toEqual([]);
});

test("a message that commits late is not passed over", async () => {
  const [slow, quick] = [await makeChat(db), await makeChat(db)];
  // Begun before and committed after the tail went past.
  const held = await holdOpen(async (tx) => {
    await tx`update chats set last_seq = last_seq + 1, version = version + 1 where id = ${slow.id}`;
    await tx`
      insert into chat_messages (id, chat_id, seq, created_version, version, sender_id, client_id, body)
      select ${randomUUID()}, id, last_seq, version, version, ${slow.buyer.id}, ${randomUUID()}, 'Late'
      from chats where id = ${slow.id}`;
  });
  await send(quick, quick.buyer);
  await followMessages(db);
  expect(await tasksOf(quick.seller)).toEqual(["mail-digest"]);
  expect(await tasksOf(slow.seller)).toEqual([]);
  await held.commit();
  await followMessages(db);
  expect(await tasksOf(slow.seller)).toEqual(["mail-digest"]);
});

test("however long something is under way, no message is looked through twice", async () => {
  const held = await holdOpen((tx) => tx`select pg_current_xact_id()`);
  const chat = await makeChat(db);
  for (let times = 0; times < 5; times++) await send(chat, chat.buyer);
  await followMessages(db);
  const asked: SQL[] = [];
  const execute = (query: SQL) => {
    asked.push(query);
    return db.execute(query);
  };
  expect(await followMessages(Object.create(db, { execute: { value: execute } }))).toBeNull();
  const [looked] = asked;
  if (!looked) throw new Error("Nothing was asked");
  const plan = await db.transaction(async (tx) => {
    // A table of a test is small enough to be read as a whole.
    await tx.execute(sql`set local enable_seqscan = off`);
    return tx.execute(sql`explain (analyze, format json) ${looked}`);
  });
  const read = [
    ...JSON.stringify(plan).matchAll(/"(?:Actual Rows|Rows Removed by \w+(?: \w+)*)":(\d+)/g),
  ];
  expect(Math.max(...read.map(([, rows]) => Number(rows)))).toBeLessThan(2);
  await held.rollBack();
});

test("no send waits for the queue, or for who follows messages", async () => {
  const chat = await makeChat(db);
  await followMessages(db);
  const held = await holdOpen(async (tx) => {
    await tx`lock table graphile_worker._private_jobs, message_tail, unread_notices, unread_digests`;
  });
  const { seq } = await send(chat, chat.buyer);
  expect(seq).toBeGreaterThan(0);
  await held.rollBack();
  await followMessages(db);
  expect(await tasksOf(chat.seller)).toEqual(["mail-digest"]);
});

test("killed half way, it begins again where it was, and nothing is doubled", async () => {
  const chat = await makeChat(db);
  await subscribe(chat.seller);
  await send(chat, chat.buyer);
  class Killed extends Error {}
  const dying = Object.create(db, {
    transaction: {
      value: (work: (tx: Db) => Promise<unknown>) =>
        db.transaction(async (tx) => {
          await work(tx);
          throw new Killed();
        }),
    },
  });
  await expect(followMessages(dying)).rejects.toThrow(Killed);
  expect(await jobsOf(chat.seller)).toEqual([]);
  await followMessages(db);
  await followMessages(db);
  expect(await tasksOf(chat.seller)).toEqual(["mail-digest", "push-messages"]);
});

test("many instances at once add each job once", async () => {
  const chats = await Promise.all(Array.from({ length: 4 }, () => makeChat(db)));
  const instances = [db, makeInstance(), makeInstance(), makeInstance()];
  const senders = chats.map(async (chat) => {
    for (let times = 0; times < 5; times++) await send(chat, chat.buyer);
  });
  const tails = instances.map(async (one) => {
    for (let times = 0; times < 10; times++) await followMessages(one);
  });
  await Promise.all([...senders, ...tails]);
  await followMessages(db);
  for (const { seller } of chats) expect(await tasksOf(seller)).toEqual(["mail-digest"]);
});

test("where nobody looked before, it begins with what comes from now on", async () => {
  const chat = await makeChat(db);
  await send(chat, chat.buyer);
  await db.delete(messageTail);
  expect(await followMessages(db)).toBeNull();
  expect(await jobsOf(chat.seller)).toEqual([]);
  await send(chat, chat.buyer);
  await followMessages(db);
  expect(await tasksOf(chat.seller)).toEqual(["mail-digest"]);
});

test("what a chat says of itself tells nobody", async () => {
  const person = await makeUser(db);
  const chat = await makeChat(db);
  await followMessages(db);
  expect(await jobsOf(chat.seller)).toEqual([]);
  expect(await jobsOf(person)).toEqual([]);
});
