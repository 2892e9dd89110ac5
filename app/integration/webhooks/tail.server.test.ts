import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { closeChat } from "~/chats/close.server";
import { editMessage, unsendMessage } from "~/chats/revise.server";
import type { Db } from "~/db/client.server";
import { webhookMessages, webhookTail } from "~/db/schema";
import { openPrivateThread } from "~/moderation/access/private-thread.server";
import { writeInCase } from "~/moderation/access/writing.server";
import { claimDispute } from "~/moderation/disputes/claim.server";
import { decideDispute } from "~/moderation/disputes/decide.server";
import { openDispute } from "~/moderation/disputes/open-dispute.server";
import { imposeSanction, liftSanction } from "~/moderation/people/sanctions.server";
import { db, sql } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { holdOpen, makeInstance, makeWatchedInstance } from "~test/instances";
import { say } from "~test/sending";
import { makeEndpoint } from "~test/webhooks";
import { endpointChange } from "./endpoint-form.server";
import { changeEndpoint, deleteEndpoint } from "./endpoints.server";
import { followChanges } from "./tail.server";

const hour = 3_600_000;
const url = "https://market.example.com/webhooks";

/** What an endpoint is to be told, in order, of one chat or person. */
async function toldOf(endpointId: string, orderKey: string): Promise<string[]> {
  const rows = await sql<{ type: string }[]>`
    select m.type from webhook_deliveries d join webhook_messages m on m.id = d.message_id
    where d.endpoint_id = ${endpointId} and d.order_key = ${orderKey} order by d.position`;
  return rows.map(({ type }) => type);
}

async function dispute(chat: Awaited<ReturnType<typeof makeChat>>) {
  const opened = await openDispute(db, chat.buyer, {
    ...{ chatId: chat.id, reason: "not_received", wish: "refund" },
    statement: "Nothing came",
  });
  if (!opened || !("disputeId" in opened)) throw new Error("No dispute was opened");
  const moderator = await makeUser(db, { role: "moderator" });
  await claimDispute(db, moderator, opened.disputeId);
  return { id: opened.disputeId, moderator };
}

test("an endpoint is told of all that happens in a chat, in the order in which it did", async () => {
  const { id } = await makeEndpoint(db, url);
  const chat = await makeChat(db);
  const first = await say(db, chat.buyer, chat.id, "Is it still there?");
  await followChanges(db);
  await editMessage(db, chat.buyer, {
    ...{ chatId: chat.id, seq: first.seq, windowMs: hour, body: "Is it there?" },
  });
  await followChanges(db);
  await unsendMessage(db, chat.buyer, { chatId: chat.id, seq: first.seq, windowMs: hour });
  const opened = await dispute(chat);
  await decideDispute(db, opened.moderator, opened.id, { outcome: "buyer", text: "A refund" });
  await closeChat(db, chat.buyer, chat.id);
  await followChanges(db);
  expect(await toldOf(id, chat.id)).toEqual([
    "chat.created",
    "message.created",
    "message.created",
    "message.updated",
    "message.updated",
    "message.created",
    "dispute.opened",
    "message.created",
    "message.created",
    "dispute.resolved",
    "message.created",
    "chat.closed",
  ]);
  const disputes = await db
    .select({ subjectId: webhookMessages.subjectId })
    .from(webhookMessages)
    .where(and(eq(webhookMessages.chatId, chat.id), eq(webhookMessages.type, "dispute.resolved")));
  expect(disputes).toEqual([{ subjectId: opened.id }]);
});

test("an endpoint is told of sanctions, and that they are lifted", async () => {
  const { id } = await makeEndpoint(db, url);
  const [person, moderator] = [await makeUser(db), await makeUser(db, { role: "moderator" })];
  const sanctionId = randomUUID();
  const draft = { id: sanctionId, userId: person.id, kind: "ban", reason: "Rude" } as const;
  await imposeSanction(db, moderator, draft);
  await imposeSanction(db, moderator, draft);
  await followChanges(db);
  await liftSanction(db, moderator, { id: sanctionId, reason: "A mistake" });
  await followChanges(db);
  await followChanges(db);
  expect(await toldOf(id, person.id)).toEqual(["user.sanctioned", "user.sanction_lifted"]);
});

test("an endpoint is told of what it chose alone", async () => {
  const { id } = await makeEndpoint(db, url, { eventTypes: ["chat.closed"] });
  const chat = await makeChat(db);
  await closeChat(db, chat.buyer, chat.id);
  await followChanges(db);
  expect(await toldOf(id, chat.id)).toEqual(["chat.closed"]);
});

test("what moderators write to one side alone is told to no endpoint", async () => {
  const chat = await makeChat(db);
  const { moderator } = await dispute(chat);
  const { id } = await makeEndpoint(db, url);
  await openPrivateThread(db, moderator, { chatId: chat.id, side: "buyer" });
  await writeInCase(db, moderator, {
    ...{ chatId: chat.id, to: "buyer", clientId: randomUUID(), body: "Please tell us more" },
  });
  const [thread] = await sql`select id from chats where private_to = ${chat.buyer.id}`;
  expect(thread?.id).toBeDefined();
  await followChanges(db);
  expect(await toldOf(id, thread?.id)).toEqual([]);
});

test("what is rolled back is told to nobody, and what commits late is not passed over", async () => {
  const { id } = await makeEndpoint(db, url, { eventTypes: ["message.created"] });
  const [slow, quick, undone] = [await makeChat(db), await makeChat(db), await makeChat(db)];
  await followChanges(db);
  const write = (chat: typeof slow) =>
    holdOpen(async (tx) => {
      await tx`update chats set last_seq = last_seq + 1, version = version + 1 where id = ${chat.id}`;
      await tx`
        insert into chat_messages (id, chat_id, seq, created_version, version, sender_id, client_id, body)
        select ${randomUUID()}, id, last_seq, version, version, ${chat.buyer.id}, ${randomUUID()}, 'Late'
        from chats where id = ${chat.id}`;
    });
  const [late, never] = [await write(slow), await write(undone)];
  await say(db, quick.buyer, quick.id, "Hello");
  await followChanges(db);
  expect((await toldOf(id, quick.id)).length).toBe(2);
  expect((await toldOf(id, slow.id)).length).toBe(1);
  await late.commit();
  await never.rollBack();
  await followChanges(db);
  expect((await toldOf(id, slow.id)).length).toBe(2);
  expect((await toldOf(id, undone.id)).length).toBe(1);
});

test("killed half way, it begins again where it was, and nothing is lost or doubled", async () => {
  const { id } = await makeEndpoint(db, url, { eventTypes: ["message.created"] });
  const chat = await makeChat(db);
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
  await expect(followChanges(dying)).rejects.toThrow(Killed);
  expect(await toldOf(id, chat.id)).toEqual([]);
  await followChanges(db);
  await followChanges(db);
  expect(await toldOf(id, chat.id)).toEqual(["message.created"]);
});

test("many instances at once tell of each message once, each chat in its order", async () => {
  const { id } = await makeEndpoint(db, url, { eventTypes: ["message.created"] });
  const chats = await Promise.all(Array.from({ length: 4 }, () => makeChat(db)));
  const senders = chats.map(async (chat) => {
    for (let times = 0; times < 5; times++) await say(db, chat.buyer, chat.id, `Number ${times}`);
  });
  const tails = [db, makeInstance(), makeInstance()].map(async (one) => {
    for (let times = 0; times < 10; times++) await followChanges(one);
  });
  await Promise.all([...senders, ...tails]);
  await followChanges(db);
  for (const chat of chats) {
    const told = await sql`
      select c.seq from webhook_deliveries d join webhook_messages m on m.id = d.message_id
      join chat_messages c on c.id = m.subject_id
      where d.endpoint_id = ${id} and d.order_key = ${chat.id} order by d.position`;
    expect(told.map(({ seq }) => Number(seq))).toEqual([1, 2, 3, 4, 5, 6]);
  }
});

test("a new endpoint is told of what happens from then on, and one that is switched on again too", async () => {
  const before = await makeChat(db);
  const first = await makeEndpoint(db, url);
  const between = await makeChat(db);
  const second = await makeEndpoint(db, url);
  const after = await makeChat(db);
  await followChanges(db);
  const told = async (id: string) =>
    (await Promise.all([before, between, after].map((chat) => toldOf(id, chat.id)))).map(
      (types) => types.length > 0,
    );
  expect(await told(first.id)).toEqual([false, true, true]);
  expect(await told(second.id)).toEqual([false, false, true]);
  const set = (isEnabled: boolean) =>
    changeEndpoint(db, first.admin, first.id, endpointChange.parse({ isEnabled }));
  await set(false);
  const meanwhile = await makeChat(db);
  await set(true);
  const again = await makeChat(db);
  await followChanges(db);
  expect(await toldOf(first.id, meanwhile.id)).toEqual([]);
  expect(await toldOf(first.id, again.id)).not.toEqual([]);
  expect(await toldOf(second.id, meanwhile.id)).not.toEqual([]);
});

test("while there is no endpoint nothing is looked through or kept, and the first one begins with now", async () => {
  const all = await sql`select id from webhook_endpoints`;
  const admin = await makeUser(db, { role: "admin" });
  for (const { id } of all) await deleteEndpoint(db, admin, id);
  await makeChat(db);
  const watched = makeWatchedInstance();
  expect(await followChanges(watched.db)).toBeNull();
  expect(watched.statements).toHaveLength(1);
  const [{ count } = {}] = await sql`select count(*)::int as count from webhook_deliveries`;
  expect(count).toBe(0);
  const old = await makeChat(db);
  const { id } = await makeEndpoint(db, url);
  const chat = await makeChat(db);
  await followChanges(db);
  expect(await toldOf(id, old.id)).toEqual([]);
  expect(await toldOf(id, chat.id)).not.toEqual([]);
});

test("a send writes nothing for webhooks and waits for nobody who follows it", async () => {
  await makeEndpoint(db, url);
  const chat = await makeChat(db);
  await followChanges(db);
  const held = await holdOpen(async (tx) => {
    await tx`lock table webhook_tail, webhook_messages, webhook_deliveries, webhook_lanes, webhook_endpoints`;
  });
  const { seq } = await say(db, chat.buyer, chat.id, "Hello");
  expect(seq).toBeGreaterThan(0);
  await held.rollBack();
  expect(await db.select().from(webhookTail)).toHaveLength(1);
});
