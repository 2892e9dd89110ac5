import { randomUUID } from "node:crypto";
import { eq, sql as sqlOf } from "drizzle-orm";
import { expect, onTestFinished, test, vi } from "vitest";
import { editMessage, unsendMessage } from "~/chats/revise.server";
import { notifications, webhookEndpoints } from "~/db/schema";
import { imposeSanction } from "~/moderation/people/sanctions.server";
import { db, sql } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { holdOpen, makeInstance, waitingBackends } from "~test/instances";
import { say } from "~test/sending";
import { type Received, startReceiver } from "~test/webhook-receiver";
import { endPauses, makeEndpoint, tellAll } from "~test/webhooks";
import { claimNext } from "./claim.server";
import { listAttempts, listDeliveries } from "./deliveries.server";
import { sendNext, startDelivering } from "./delivering.server";
import type { Endpoint } from "./endpoint";
import { messageId } from "./endpoint";
import { changeEndpoint, deleteEndpoint, findEndpoint } from "./endpoints.server";
import { redeliver } from "./redeliver.server";
import { settle } from "./settle.server";
import { followChanges } from "./tail.server";

const hour = 3_600_000;
const only = { eventTypes: ["message.created" as const] };
const ofAll = { limit: 100 };

type Made = Awaited<ReturnType<typeof makeEndpoint>>;

const seqOf = ({ told }: Received) => (told.data.message as { seq: number }).seq;
const chatOf = ({ told }: Received) => told.data.chatId as string;

async function states({ admin, id }: Made) {
  const listed = await listDeliveries(db, admin, id, ofAll);
  return listed?.data.map(({ state }) => state);
}

/** As if so long had passed since a failing endpoint failed first. */
async function failedSince({ id }: Pick<Endpoint, "id">, hours: number) {
  await sql`update webhook_endpoints set failing_since = failing_since - ${hours} * interval '1 hour'
    where id = ${id}`;
  await sql`update webhook_deliveries
    set first_attempt_at = first_attempt_at - ${hours} * interval '1 hour' where endpoint_id = ${id}`;
}

test("what arrives is signed as Standard Webhooks wants it, and says what happened", async () => {
  const host = await startReceiver();
  const endpoint = await makeEndpoint(db, host.url);
  const chat = await makeChat(db);
  const { id, seq } = await say(db, chat.buyer, chat.id, "Is it still there?");
  expect(await tellAll(db, endpoint)).toEqual(["delivered", "delivered", "delivered"]);
  expect(host.types()).toEqual(["chat.created", "message.created", "message.created"]);
  const [created, , sent] = host.received;
  expect(created?.told.data).toMatchObject({
    ...{ chatId: chat.id, version: 1 },
    chat: { id: chat.id, status: "open", subject: { reference: chat.reference } },
  });
  expect(sent?.told).toMatchObject({
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    data: {
      chatId: chat.id,
      message: { id, seq, body: "Is it still there?", sender: { id: chat.buyer.id } },
    },
  });
  expect(new Set(host.received.map((one) => one.id)).size).toBe(3);
  for (const one of host.received) {
    expect(one.id).toMatch(/^msg_/);
    expect(host.verify(one, endpoint.secret)).toEqual(one.told);
    expect(one.headers).toMatchObject({
      "content-type": "application/json",
      "user-agent": "Parley",
    });
    expect(one.headers.cookie).toBeUndefined();
    expect(() => host.verify({ ...one, body: `${one.body} ` }, endpoint.secret)).toThrow();
  }
  const other = await makeEndpoint(db, host.url);
  for (const one of host.received) expect(() => host.verify(one, other.secret)).toThrow();
});

test("a sanction says whom, by what the host calls him", async () => {
  const host = await startReceiver();
  const endpoint = await makeEndpoint(db, host.url);
  const [person, moderator] = [
    await makeUser(db, { externalId: `host-${randomUUID()}` }),
    await makeUser(db, { role: "moderator" }),
  ];
  const id = randomUUID();
  const what = { kind: "suspension", days: 3, reason: "Rude again" } as const;
  await imposeSanction(db, moderator, { ...what, id, userId: person.id });
  await tellAll(db, endpoint);
  expect(host.received[0]?.told).toMatchObject({
    type: "user.sanctioned",
    data: {
      user: { id: person.id, externalId: expect.stringMatching(/^host-/) },
      sanction: { id, kind: "suspension", reason: "Rude again", liftedAt: null },
    },
  });
});

test("what failed comes again under the same id, and its chat waits for it while others go on", async () => {
  const host = await startReceiver();
  const endpoint = await makeEndpoint(db, host.url, only);
  const [slow, quick] = [await makeChat(db), await makeChat(db)];
  for (const body of ["One", "Two", "Three"]) {
    await say(db, slow.buyer, slow.id, body);
    await say(db, quick.buyer, quick.id, body);
  }
  let refusals = 2;
  host.answer = (res, one) => {
    if (chatOf(one) !== slow.id || refusals-- <= 0) return false;
    res.writeHead(503).end("later");
    return true;
  };
  await tellAll(db, endpoint);
  const of = (id: string) => host.received.filter((one) => chatOf(one) === id).map(seqOf);
  expect(of(quick.id)).toEqual([1, 2, 3, 4]);
  expect(of(slow.id)).toEqual([1]);
  await endPauses(db, endpoint);
  await tellAll(db, endpoint);
  expect(of(slow.id)).toEqual([1, 1]);
  await endPauses(db, endpoint);
  await tellAll(db, endpoint);
  expect(of(slow.id)).toEqual([1, 1, 1, 2, 3, 4]);
  const ids = host.received.filter((one) => chatOf(one) === slow.id).map(({ id }) => id);
  expect(new Set(ids.slice(0, 3)).size).toBe(1);
  const attempts = await listAttempts(db, endpoint.admin, {
    endpointId: endpoint.id,
    messageId: messageId(ids[0] ?? ""),
  });
  expect(attempts?.map(({ status, answer }) => [status, answer])).toEqual([
    [204, ""],
    [503, "later"],
    [503, "later"],
  ]);
});

test("what was edited or taken back before it arrived is told as it is now", async () => {
  const host = await startReceiver();
  const endpoint = await makeEndpoint(db, host.url);
  const chat = await makeChat(db);
  await tellAll(db, endpoint);
  const at = { chatId: chat.id, windowMs: hour };
  const [edited, unsent] = [
    await say(db, chat.buyer, chat.id, "First words"),
    await say(db, chat.buyer, chat.id, "Gone words"),
  ];
  await followChanges(db);
  await editMessage(db, chat.buyer, { ...at, seq: edited.seq, body: "Better words" });
  await unsendMessage(db, chat.buyer, { ...at, seq: unsent.seq });
  await tellAll(db, endpoint);
  expect(host.received.some(({ body }) => /First words|Gone words/.test(body))).toBe(false);
  expect(host.received.at(-2)?.told.data.message).toMatchObject({ body: "Better words" });
  expect(host.received.at(-1)?.told.data.message).toMatchObject({ body: null });
});

test("retries go on for a day, further and further apart, and then the endpoint is off and admins know", async () => {
  const host = await startReceiver();
  const endpoint = await makeEndpoint(db, host.url, only);
  await makeChat(db);
  const other = await makeChat(db);
  host.answer = (res) => void res.writeHead(500).end() === undefined;
  await tellAll(db, endpoint);
  const pause = async () => {
    const [row] = await sql`
      select extract(epoch from next_attempt_at - now())::float as seconds from webhook_lanes
      where endpoint_id = ${endpoint.id} and order_key = ${other.id}`;
    return Number(row?.seconds);
  };
  expect(await pause()).toBeGreaterThan(2);
  expect(await pause()).toBeLessThan(6);
  const pauses: number[] = [];
  for (let times = 0; times < 8; times++) {
    await endPauses(db, endpoint);
    await tellAll(db, endpoint);
    pauses.push(await pause());
  }
  expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
  expect(pauses.at(-1)).toBeGreaterThan(7.9 * 3_600);

  // The last attempt is at the end of the day, not after it.
  await failedSince(endpoint, 23);
  await endPauses(db, endpoint);
  await tellAll(db, endpoint);
  expect(await pause()).toBeLessThan(3_601);
  const stillOn = await findEndpoint(db, endpoint.admin, endpoint.id);
  expect(stillOn).toMatchObject({ switchedOff: null, failingSince: expect.any(String) });

  await failedSince(endpoint, 1.1);
  await endPauses(db, endpoint);
  await tellAll(db, endpoint);
  expect(await findEndpoint(db, endpoint.admin, endpoint.id)).toMatchObject({
    switchedOff: { reason: "failing" },
    waiting: 0,
  });
  expect(await states(endpoint)).toEqual(["failed", "failed"]);
  const told = await db
    .select()
    .from(notifications)
    .where(eq(notifications.subjectId, endpoint.id));
  const admins = await sql`select id from users where role = 'admin'`;
  expect(told).toHaveLength(admins.length);
  expect(told[0]).toMatchObject({ kind: "webhook", data: { what: "failing" } });
  const [entry] = await sql`select details from audit_log where action = 'webhook.switched_off'
    order by seq desc limit 1`;
  expect(JSON.parse(entry?.details)).toEqual({ endpointId: endpoint.id, reason: "failing" });

  const before = host.received.length;
  await makeChat(db);
  expect(await tellAll(db, endpoint)).toEqual([]);
  expect(host.received).toHaveLength(before);
});

test("a message that is refused for a day is given up, and its chat goes on", async () => {
  const host = await startReceiver();
  const endpoint = await makeEndpoint(db, host.url, only);
  const [chat, other] = [await makeChat(db), await makeChat(db)];
  await say(db, chat.buyer, chat.id, "Hello");
  host.answer = (res, one) => {
    if (chatOf(one) !== chat.id || seqOf(one) !== 1) return false;
    res.writeHead(400).end();
    return true;
  };
  await tellAll(db, endpoint);
  await sql`update webhook_deliveries set first_attempt_at = now() - interval '25 hours'
    where endpoint_id = ${endpoint.id} and state = 'waiting' and first_attempt_at is not null`;
  await endPauses(db, endpoint);
  await say(db, other.buyer, other.id, "Hello");
  await tellAll(db, endpoint);
  expect(host.received.filter((one) => chatOf(one) === chat.id).map(seqOf)).toEqual([1, 1, 2]);
  expect((await states(endpoint))?.toSorted()).toEqual([
    ...["delivered", "delivered", "delivered", "failed"],
  ]);
  const found = await findEndpoint(db, endpoint.admin, endpoint.id);
  expect(found).toMatchObject({ switchedOff: null });
});

test("who answers 410 is told nothing any more, at once", async () => {
  const host = await startReceiver();
  const endpoint = await makeEndpoint(db, host.url, only);
  await makeChat(db);
  await makeChat(db);
  host.answer = (res) => void res.writeHead(410).end() === undefined;
  expect(await tellAll(db, endpoint)).toEqual(["failed"]);
  expect(await findEndpoint(db, endpoint.admin, endpoint.id)).toMatchObject({
    switchedOff: { reason: "gone" },
    waiting: 0,
  });
});

test("attempts that end at once switch an endpoint off without waiting for each other", async () => {
  const endpoint = await makeEndpoint(db, "https://market.example.com/webhooks", only);
  for (const chat of [await makeChat(db), await makeChat(db)]) {
    await say(db, chat.buyer, chat.id, "Hello");
  }
  await followChanges(db);
  const claims = [await claimNext(db, endpoint.id), await claimNext(db, endpoint.id)];
  const gone = { at: new Date(), durationMs: 1, status: 410, error: null, answer: "" };
  const held = await holdOpen(
    (tx) => tx`
    select from webhook_endpoints where id = ${endpoint.id} for update`,
  );
  const settling = claims.map((claimed) => {
    if (!claimed) throw new Error("Nothing was due");
    return settle(db, claimed, gone);
  });
  const settled = Promise.allSettled(settling);
  await vi.waitFor(async () => expect(await waitingBackends()).toHaveLength(2));
  await held.commit();
  expect((await settled).map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  expect(await findEndpoint(db, endpoint.admin, endpoint.id)).toMatchObject({
    ...{ switchedOff: { reason: "gone" }, waiting: 0 },
  });
});

test("an endpoint may ask for a later attempt, within an hour", async () => {
  const host = await startReceiver();
  const endpoint = await makeEndpoint(db, host.url, only);
  let after = "120";
  host.answer = (res) => void res.writeHead(429, { "Retry-After": after }).end() === undefined;
  const [one] = [await makeChat(db)];
  const seconds = async (orderKey: string) => {
    await tellAll(db, endpoint);
    const [row] = await sql`
      select extract(epoch from next_attempt_at - now())::float as seconds from webhook_lanes
      where endpoint_id = ${endpoint.id} and order_key = ${orderKey}`;
    return Number(row?.seconds);
  };
  expect(Math.abs((await seconds(one.id)) - 120)).toBeLessThan(5);
  after = "999999";
  const other = await makeChat(db);
  expect(Math.abs((await seconds(other.id)) - 3_600)).toBeLessThan(5);
});

test("once an endpoint answers again, what waits for it waits no more", async () => {
  const host = await startReceiver();
  const endpoint = await makeEndpoint(db, host.url, only);
  let isUp = false;
  host.answer = (res) => !isUp && void res.writeHead(502).end() === undefined;
  await makeChat(db);
  await makeChat(db);
  await tellAll(db, endpoint);
  isUp = true;
  await failedSince(endpoint, 1);
  await makeChat(db);
  expect(await tellAll(db, endpoint)).toEqual(["delivered", "delivered", "delivered"]);
  const found = await findEndpoint(db, endpoint.admin, endpoint.id);
  expect(found).toMatchObject({ failingSince: null, waiting: 0 });
});

test("what is finished can be sent again: one, or all that failed since a time, in its order", async () => {
  const host = await startReceiver();
  const endpoint = await makeEndpoint(db, host.url, only);
  const { admin, id } = endpoint;
  const chat = await makeChat(db);
  await tellAll(db, endpoint);
  const [arrived] = host.received;
  const again = { messageId: messageId(arrived?.id ?? "") };
  expect(await redeliver(db, admin, id, again)).toEqual({ waiting: 1 });
  expect(await redeliver(db, admin, id, again)).toEqual({ waiting: 0 });
  await tellAll(db, endpoint);
  expect(host.received.map((one) => one.id)).toEqual([arrived?.id, arrived?.id]);

  const since = new Date();
  for (const body of ["One", "Two", "Three"]) await say(db, chat.buyer, chat.id, body);
  await followChanges(db);
  await changeEndpoint(db, admin, id, { isEnabled: false });
  expect(await redeliver(db, admin, id, { since })).toEqual({ refused: "switchedOff" });
  await changeEndpoint(db, admin, id, { isEnabled: true });
  expect(await redeliver(db, admin, id, { since })).toEqual({ waiting: 3 });
  await tellAll(db, endpoint);
  expect(host.received.slice(2).map(seqOf)).toEqual([2, 3, 4]);
  expect(await redeliver(db, admin, randomUUID(), { since })).toBeNull();
  expect(await redeliver(db, admin, id, { messageId: randomUUID() })).toBeNull();
  expect(await redeliver(db, chat.buyer, id, { since })).toBeNull();
});

test("what is sent again while news comes is not forgotten behind it", async () => {
  const host = await startReceiver();
  const endpoint = await makeEndpoint(db, host.url, only);
  const chat = await makeChat(db);
  await tellAll(db, endpoint);
  const again = { messageId: messageId(host.received[0]?.id ?? "") };
  await say(db, chat.buyer, chat.id, "It waits");
  await followChanges(db);
  await say(db, chat.buyer, chat.id, "It is news");
  const following = await makeInstance().transaction(async (tx) => {
    await tx.execute(
      sqlOf`select from webhook_lanes where endpoint_id = ${endpoint.id} for update`,
    );
    const looking = followChanges(db);
    await vi.waitFor(async () => expect(await waitingBackends()).toHaveLength(1));
    expect(await redeliver(tx, endpoint.admin, endpoint.id, again)).toEqual({ waiting: 1 });
    return { looking };
  });
  await following.looking;
  await tellAll(db, endpoint);
  expect(host.received.map(seqOf)).toEqual([1, 2, 3, 1]);
  expect(await states(endpoint)).toEqual(["delivered", "delivered", "delivered"]);
});

test("of a changed secret the one before signs beside it for a day, and not longer", async () => {
  const host = await startReceiver();
  const endpoint = await makeEndpoint(db, host.url, only);
  const changed = await changeEndpoint(db, endpoint.admin, endpoint.id, { rotateSecret: true });
  const secret = changed?.secret ?? "";
  expect(changed?.endpoint.previousSecretUntil).not.toBeNull();
  await makeChat(db);
  await tellAll(db, endpoint);
  const [both] = host.received;
  if (!both) throw new Error("Nothing arrived");
  host.verify(both, secret);
  host.verify(both, endpoint.secret);
  await sql`update webhook_endpoints set previous_until = now() where id = ${endpoint.id}`;
  await makeChat(db);
  await tellAll(db, endpoint);
  const last = host.received.at(-1);
  if (!last) throw new Error("Nothing arrived");
  host.verify(last, secret);
  expect(() => host.verify(last, endpoint.secret)).toThrow();
  const [row] = await db
    .select()
    .from(webhookEndpoints)
    .where(eq(webhookEndpoints.id, endpoint.id));
  expect(row?.secret.toString("latin1")).not.toContain(secret.slice(6));
});

test("nothing is sent any more to what was deleted or switched off while it was being sent", async () => {
  const host = await startReceiver();
  const [deleted, off] = [
    await makeEndpoint(db, host.url, only),
    await makeEndpoint(db, host.url, only),
  ];
  await makeChat(db);
  await followChanges(db);
  const [ofDeleted, ofOff] = [await claimNext(db, deleted.id), await claimNext(db, off.id)];
  await deleteEndpoint(db, deleted.admin, deleted.id);
  await changeEndpoint(db, off.admin, off.id, { isEnabled: false });
  const { attempt } = await import("./send.server");
  for (const claimed of [ofDeleted, ofOff]) {
    if (!claimed) throw new Error("Nothing was due");
    expect(await attempt(db, claimed)).toBeNull();
  }
  expect(host.received).toEqual([]);

  // One that is deleted while it answers ends quietly.
  const last = await makeEndpoint(db, host.url, only);
  await makeChat(db);
  host.answer = (res) => {
    void deleteEndpoint(db, last.admin, last.id).then(() => res.end());
    return true;
  };
  expect(await tellAll(db, last)).toEqual(["delivered"]);
  const left = await sql`select from webhook_deliveries where endpoint_id = ${last.id}`;
  expect(left).toHaveLength(0);
});

test("who dies with a request under way is followed by another, who sends it again in its order", async () => {
  const host = await startReceiver();
  const endpoint = await makeEndpoint(db, host.url, only);
  const chat = await makeChat(db);
  await say(db, chat.buyer, chat.id, "Hello");
  await followChanges(db);
  // It takes the message, and is never heard of again.
  const claimed = await claimNext(makeInstance(), endpoint.id);
  if (!claimed) throw new Error("Nothing was due");
  expect(await sendNext(db, endpoint.id)).toBeNull();
  await sql`update webhook_lanes set claimed_until = now() where endpoint_id = ${endpoint.id}`;
  await tellAll(db, endpoint);
  expect(host.received.map(seqOf)).toEqual([1, 2]);
  // Back after all, it finds that it is not its own any more, before it says a word.
  const { attempt } = await import("./send.server");
  expect(await attempt(db, claimed)).toBeNull();
  expect(host.received).toHaveLength(2);
});

test("however many send at once, a chat is told in its order, and a slow endpoint holds up no other", {
  timeout: 60_000,
}, async () => {
  const [host, stuck] = [await startReceiver(), await startReceiver()];
  stuck.answer = () => true;
  const slow = await makeEndpoint(db, stuck.url, only);
  await makeEndpoint(db, host.url, only);
  let underWay = 0;
  let most = 0;
  const busy = new Set<string>();
  let isOutOfOrder = false;
  host.answer = (res, one) => {
    isOutOfOrder ||= busy.has(chatOf(one));
    busy.add(chatOf(one));
    most = Math.max(most, ++underWay);
    setImmediate(() => {
      underWay -= 1;
      busy.delete(chatOf(one));
      res.writeHead(200).end();
    });
    return true;
  };
  const chats = await Promise.all(Array.from({ length: 6 }, () => makeChat(db)));
  const workers = [startDelivering(db), startDelivering(makeInstance())];
  onTestFinished(async () => void (await Promise.all(workers.map((stop) => stop()))));
  await Promise.all(
    chats.map(async (chat) => {
      for (let times = 0; times < 10; times++) await say(db, chat.buyer, chat.id, `No ${times}`);
    }),
  );
  await vi.waitUntil(() => host.received.length >= 66, { timeout: 30_000 });
  for (const chat of chats) {
    const seqs = host.received.filter((one) => chatOf(one) === chat.id).map(seqOf);
    expect(seqs).toEqual(Array.from({ length: 11 }, (_, at) => at + 1));
  }
  expect(isOutOfOrder).toBe(false);
  expect(most).toBeLessThanOrEqual(16);
  expect((await findEndpoint(db, slow.admin, slow.id))?.waiting).toBe(66);
});
