import { describe, expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { db, sql } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { say, seededRandom } from "~test/sending";
import { allRows } from "~test/writes";
import { closeChat } from "./close.server";
import { listUnread } from "./list.server";
import { markAllDelivered, markDelivered, markRead } from "./positions.server";
import { editMessage } from "./revise.server";

async function positions(chatId: string, viewer: Viewer) {
  const [row] = await sql`
    select read_seq, delivered_seq from chat_participants
    where chat_id = ${chatId} and user_id = ${viewer.id}`;
  return { read: Number(row?.read_seq), delivered: Number(row?.delivered_seq) };
}

async function unread(viewer: Viewer): Promise<number> {
  const chats = await listUnread(db, viewer);
  return chats.reduce((total, { lastSeq, readSeq }) => total + lastSeq - readSeq, 0);
}

/** What a person would count: others' messages, what the chat says among them, not read yet. */
async function recount(viewer: Viewer): Promise<number> {
  const [row] = await sql`
    select count(*)::int as unread from chat_participants me
    join chat_messages m on m.chat_id = me.chat_id and m.seq > me.read_seq
    where me.user_id = ${viewer.id} and m.sender_id is distinct from me.user_id`;
  return row?.unread;
}

async function chatOfFive() {
  const chat = await makeChat(db);
  for (let at = 2; at <= 5; at++) await say(db, chat.buyer, chat.id, `Message ${at}`);
  return chat;
}

describe("a read position", () => {
  test("never moves backwards", async () => {
    const chat = await chatOfFive();
    for (const seq of [4, 2, 3, 1]) await markRead(db, chat.seller, { chatId: chat.id, seq });
    expect(await positions(chat.id, chat.seller)).toEqual({ read: 4, delivered: 4 });
  });

  test("never passes the last message", async () => {
    const chat = await chatOfFive();
    await markRead(db, chat.seller, { chatId: chat.id, seq: Number.MAX_SAFE_INTEGER });
    expect(await positions(chat.id, chat.seller)).toEqual({ read: 5, delivered: 5 });
    await say(db, chat.buyer, chat.id, "One more");
    expect(await unread(chat.seller)).toBe(1);
  });

  test("leaves the person's other chats and the other person alone", async () => {
    const [chat, other] = [await chatOfFive(), await makeChat(db)];
    await sql`
      update chat_participants set user_id = ${chat.seller.id}
      where chat_id = ${other.id} and user_id = ${other.seller.id}`;
    await say(db, other.buyer, other.id, "Here too");
    const buyer = await positions(chat.id, chat.buyer);
    await markRead(db, chat.seller, { chatId: chat.id, seq: 5 });
    expect(await listUnread(db, chat.seller)).toEqual([
      { chatId: other.id, lastSeq: 2, readSeq: 1 },
    ]);
    expect(await positions(chat.id, chat.buyer)).toEqual(buyer);
  });

  test("ends at the furthest of many at once", async () => {
    const chat = await chatOfFive();
    const marks = [3, 5, 2, 4, 1, 5, 2].map((seq) =>
      markRead(db, chat.seller, { chatId: chat.id, seq }),
    );
    await Promise.all(marks);
    expect(await positions(chat.id, chat.seller)).toEqual({ read: 5, delivered: 5 });
  });

  test("takes the delivered position with it and is not moved by it", async () => {
    const chat = await chatOfFive();
    await markDelivered(db, [{ chatId: chat.id, userId: chat.seller.id, seq: 4 }]);
    expect(await positions(chat.id, chat.seller)).toEqual({ read: 1, delivered: 4 });
    await markRead(db, chat.seller, { chatId: chat.id, seq: 3 });
    expect(await positions(chat.id, chat.seller)).toEqual({ read: 3, delivered: 4 });
    await markRead(db, chat.seller, { chatId: chat.id, seq: 5 });
    expect(await positions(chat.id, chat.seller)).toEqual({ read: 5, delivered: 5 });
  });
});

describe("a delivered position", () => {
  test("never moves backwards nor past the last message, whatever comes twice in one batch", async () => {
    const chat = await chatOfFive();
    const at = { chatId: chat.id, userId: chat.seller.id };
    await markDelivered(db, [
      { ...at, seq: 3 },
      { ...at, seq: 99 },
      { ...at, seq: 2 },
    ]);
    await markDelivered(db, [{ ...at, seq: 1 }]);
    expect(await positions(chat.id, chat.seller)).toEqual({ read: 1, delivered: 5 });
  });

  test("that was told before writes no row, not even a lock", async () => {
    const chat = await chatOfFive();
    const told = [{ chatId: chat.id, userId: chat.seller.id, seq: 4 }];
    await markDelivered(db, told);
    const before = await allRows(db);
    await markDelivered(db, [...told, ...told.map((one) => ({ ...one, seq: 3 }))]);
    expect(await allRows(db)).toEqual(before);
  });

  test("of a stranger is nowhere", async () => {
    const chat = await chatOfFive();
    const stranger = await makeUser(db);
    await markDelivered(db, [{ chatId: chat.id, userId: stranger.id, seq: 3 }]);
    const rows = await sql`select 1 from chat_participants where user_id = ${stranger.id}`;
    expect(rows).toHaveLength(0);
  });

  test("reaches the end of every chat of one who looks at his list", async () => {
    const chat = await chatOfFive();
    await markAllDelivered(db, chat.seller.id);
    expect(await positions(chat.id, chat.seller)).toEqual({ read: 1, delivered: 5 });
  });
});

test("whoever writes has read what came before", async () => {
  const chat = await chatOfFive();
  await say(db, chat.seller, chat.id, "All read");
  expect(await positions(chat.id, chat.seller)).toEqual({ read: 6, delivered: 6 });
  expect([await unread(chat.seller), await unread(chat.buyer)]).toEqual([0, 1]);
});

test("the unread number equals a recount, whatever people do", async () => {
  const { below, oneOf } = seededRandom(2_026);
  const chats = [await makeChat(db), await makeChat(db), await makeChat(db)];
  const lastSeq = new Map(chats.map(({ id }) => [id, 1]));
  for (let step = 0; step < 150; step++) {
    const chat = oneOf(chats);
    const viewer = oneOf([chat.buyer, chat.seller]);
    const last = lastSeq.get(chat.id) ?? 1;
    const seq = 1 + below(last + 2);
    const what = below(10);
    if (what < 5) {
      lastSeq.set(chat.id, (await say(db, viewer, chat.id, `Step ${step}`)).seq);
    } else if (what < 7) {
      await markRead(db, viewer, { chatId: chat.id, seq });
    } else if (what < 8) {
      await markDelivered(db, [{ chatId: chat.id, userId: viewer.id, seq }]);
    } else {
      await editMessage(db, viewer, { chatId: chat.id, seq, body: `${step}`, windowMs: 60_000 });
    }
    expect(await unread(viewer)).toBe(await recount(viewer));
  }
  for (const chat of chats) {
    await closeChat(db, chat.buyer, chat.id);
    expect(await unread(chat.seller)).toBe(await recount(chat.seller));
    expect(await unread(chat.buyer)).toBe(0);
  }
}, 60_000);

test("sends, reads and deliveries at once never lock each other out", async () => {
  const { below, oneOf } = seededRandom(40);
  const seller = await makeUser(db);
  const chats = await Promise.all(Array.from({ length: 4 }, () => makeChat(db)));
  for (const { id, seller: before } of chats) {
    await sql`
      update chat_participants set user_id = ${seller.id}
      where chat_id = ${id} and user_id = ${before.id}`;
  }
  const everyone = chats.flatMap(({ id, buyer }) => [
    { chatId: id, viewer: buyer },
    { chatId: id, viewer: seller },
  ]);
  const steps = Array.from({ length: 240 }, (_, step) => async () => {
    const { chatId, viewer } = oneOf(everyone);
    if (step % 3 === 0) return say(db, viewer, chatId, `Step ${step}`);
    if (step % 3 === 1) return markRead(db, viewer, { chatId, seq: 1 + below(80) });
    const delivered = everyone.map((one) => ({
      ...one,
      userId: one.viewer.id,
      seq: 1 + below(80),
    }));
    return markDelivered(db, step % 2 ? delivered : delivered.toReversed());
  });
  const workers = Array.from({ length: 10 }, async () => {
    for (let next = steps.shift(); next; next = steps.shift()) await next();
  });
  await Promise.all(workers);
  for (const { viewer } of everyone) expect(await unread(viewer)).toBe(await recount(viewer));
  const broken = await sql`
    select 1 from chat_participants p join chats c on c.id = p.chat_id
    where p.read_seq > p.delivered_seq or p.delivered_seq > c.last_seq`;
  expect(broken).toHaveLength(0);
});
