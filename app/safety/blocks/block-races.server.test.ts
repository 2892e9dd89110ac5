import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { markDelivered, markRead } from "~/chats/positions.server";
import { editMessage, unsendMessage } from "~/chats/revise.server";
import { sendMessage } from "~/chats/send.server";
import { startChat } from "~/chats/start.server";
import { db, sql } from "~test/database";
import { makeChat, makeSubject } from "~test/factories";
import { holdOpen, makeInstance, waitingBackends } from "~test/instances";
import { say } from "~test/sending";
import { blockPerson, unblockPerson } from "./block-person.server";

type TestChat = Awaited<ReturnType<typeof makeChat>>;

const draft = (chatId: string) => ({ chatId, clientId: randomUUID(), body: "Hello" });
const notDelivered = { refused: "notDelivered" };

/** What the rows of a pair say: they agree at any moment. */
async function stateOf({ buyer, seller }: TestChat) {
  const rows = await sql`
    select c.blocked_by::text[] as marked,
      array(select b.blocker_id::text from blocks b
        where (b.blocker_id, b.blocked_id) in ((${buyer.id}, ${seller.id}), (${seller.id}, ${buyer.id}))
        order by 1) as blockers,
      (select count(*)::int from chat_participants p
        where p.chat_id = c.id and p.blocked_read_seq is not null) as held
    from chats c join subjects s on s.id = c.subject_id
    where (c.buyer_id, s.seller_id) in ((${buyer.id}, ${seller.id}), (${seller.id}, ${buyer.id}))`;
  for (const { marked, blockers, held } of rows) {
    expect(marked).toEqual(blockers);
    expect(held).toBe(blockers.length ? 2 : 0);
  }
  return rows[0]?.blockers as string[];
}

test("a send that is under way is stored before the block, or refused after it", async () => {
  const other = makeInstance();
  for (let round = 0; round < 5; round++) {
    const chat = await makeChat(db);
    const sends = Array.from({ length: 12 }, (_, at) =>
      sendMessage(at % 2 ? db : other, at % 3 ? chat.buyer : chat.seller, draft(chat.id)),
    );
    const [blocked, ...sent] = await Promise.all([
      blockPerson(db, chat.seller, chat.id),
      ...sends,
      ...[1, 2, 3].map(() => sendMessage(other, chat.buyer, draft(chat.id))),
    ]);
    expect(blocked).toEqual({ done: true });
    for (const one of sent) {
      if (!one || !("message" in one)) expect(one).toEqual(notDelivered);
    }
    const stored = sent.filter((one) => one && "message" in one).length;
    const [row] = await sql`select last_seq::int as last from chats where id = ${chat.id}`;
    expect(row?.last).toBe(1 + stored);
    for (const viewer of [chat.buyer, chat.seller]) {
      expect(await sendMessage(other, viewer, draft(chat.id))).toEqual(notDelivered);
    }
    await stateOf(chat);
  }
});

test("a send that waits for the block's lock is refused when it has it, alone and in a batch", async () => {
  for (const count of [1, 3]) {
    const chat = await makeChat(db);
    const held = await holdOpen(async (tx) => {
      await tx`update chats set blocked_by = ${[chat.seller.id]} where id = ${chat.id}`;
    });
    const sends = Array.from({ length: count }, () => sendMessage(db, chat.buyer, draft(chat.id)));
    await expect.poll(async () => (await waitingBackends()).length).toBeGreaterThan(0);
    await held.commit();
    expect(await Promise.all(sends)).toEqual(sends.map(() => notDelivered));
  }
});

test("an edit that waits for the block's lock is refused, and taking back is not", async () => {
  const chat = await makeChat(db);
  const { seq } = await say(db, chat.buyer, chat.id, "Before");
  const held = await holdOpen(async (tx) => {
    await tx`update chats set blocked_by = ${[chat.seller.id]} where id = ${chat.id}`;
  });
  const at = { chatId: chat.id, seq, windowMs: 60_000 };
  const edit = editMessage(db, chat.buyer, { ...at, body: "After" });
  await expect.poll(async () => (await waitingBackends()).length).toBeGreaterThan(0);
  await held.commit();
  expect(await edit).toEqual(notDelivered);
  expect(await unsendMessage(db, chat.buyer, at)).toMatchObject({ message: { body: null } });
});

test("of a block and a new chat at once the chat is blocked, or is not there", async () => {
  const other = makeInstance();
  for (let round = 0; round < 6; round++) {
    const chat = await makeChat(db);
    const { reference } = await makeSubject(db, round % 2 ? chat.seller : chat.buyer);
    const starter = round % 2 ? chat.buyer : chat.seller;
    const [started] = await Promise.all([
      startChat(other, starter, reference),
      blockPerson(db, chat.seller, chat.id),
    ]);
    if (started && "chatId" in started) {
      expect(await sendMessage(other, starter, draft(started.chatId))).toEqual(notDelivered);
    } else {
      expect(started).toEqual(round % 2 ? notDelivered : { refused: "blocking" });
    }
    expect(await stateOf(chat)).toEqual([chat.seller.id]);
  }
});

test("both at once, again and again, with reads and deliveries between: nobody waits in a circle", async () => {
  const other = makeInstance();
  const chat = await makeChat(db);
  const turned = await makeSubject(db, chat.buyer);
  await startChat(db, chat.seller, turned.reference);
  await say(db, chat.buyer, chat.id, "One");
  const work = Array.from({ length: 40 }, (_, at) => {
    const [here, viewer] = [at % 2 ? db : other, at % 4 < 2 ? chat.buyer : chat.seller];
    const position = { chatId: chat.id, seq: 2 };
    const acts = [
      () => blockPerson(here, viewer, chat.id),
      () => unblockPerson(here, viewer, chat.id),
      () => sendMessage(here, viewer, draft(chat.id)),
      () => markRead(here, viewer, position),
      () => markDelivered(here, [{ ...position, userId: viewer.id }]),
    ];
    return acts[at % acts.length]?.();
  });
  await Promise.all(work);
  await stateOf(chat);
  await Promise.all([
    blockPerson(db, chat.buyer, chat.id),
    blockPerson(other, chat.seller, chat.id),
  ]);
  expect(await stateOf(chat)).toEqual([chat.buyer.id, chat.seller.id].sort());
  await Promise.all([
    unblockPerson(db, chat.buyer, chat.id),
    unblockPerson(other, chat.buyer, chat.id),
  ]);
  expect(await stateOf(chat)).toEqual([chat.seller.id]);
  expect(await sendMessage(db, chat.seller, draft(chat.id))).toEqual(notDelivered);
  await unblockPerson(other, chat.seller, chat.id);
  expect(await stateOf(chat)).toEqual([]);
  await say(db, chat.seller, chat.id, "Peace");
});

test("a block that breaks off half way leaves nothing", async () => {
  const chat = await makeChat(db);
  const broken = new Error("The process was killed");
  const half = db.transaction(async (tx) => {
    await blockPerson(tx, chat.seller, chat.id);
    throw broken;
  });
  await expect(half).rejects.toBe(broken);
  expect(await stateOf(chat)).toEqual([]);
  await say(db, chat.buyer, chat.id, "Hello");
});
