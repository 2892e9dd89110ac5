import { expect, test } from "vitest";
import { registry } from "~/operations/metrics.server";
import { erasePerson } from "~/retention/erase/erase-person.server";
import { db, sql } from "~test/database";
import { askToErase, eraseMeans, findInDatabase, nameCanary } from "~test/erasing";
import { makeChat } from "~test/factories";
import { later } from "~test/kept-chats";
import { say } from "~test/sending";
import { makeDiskStorage } from "~test/storages";
import { startReceiver } from "~test/webhook-receiver";
import { makeEndpoint, tellAll } from "~test/webhooks";
import { countWaiting, sweepMessages } from "./keeping.server";
import { followChanges } from "./tail.server";

const rows = async (endpointId: string) => {
  const [row] = await sql`
    select (select count(*)::int from webhook_deliveries where endpoint_id = ${endpointId}) as deliveries,
      (select count(*)::int from webhook_attempts where endpoint_id = ${endpointId}) as attempts`;
  return row;
};

test("what was told is known for 7 days, and what waits is not forgotten", async () => {
  const host = await startReceiver();
  const endpoint = await makeEndpoint(db, host.url);
  await makeChat(db);
  await tellAll(db, endpoint);
  await makeChat(db);
  await followChanges(db);
  expect(await sweepMessages(db)).toBe(0);
  await sql`update webhook_messages set created_at = now() - interval '8 days'`;
  expect(await sweepMessages(db)).toBe(2);
  expect(await rows(endpoint.id)).toEqual({ deliveries: 2, attempts: 0 });
});

test("/metrics says how much waits, and for how long", async () => {
  await sql`update webhook_deliveries set created_at = now() - interval '2 hours' where state = 'waiting'`;
  await countWaiting(db);
  const metrics = await registry.metrics();
  expect(metrics).toMatch(/^parley_webhooks_waiting 2$/m);
  expect(metrics).toMatch(/^parley_webhook_oldest_waiting_seconds 7[12]\d\d/m);
});

test("nothing of webhooks holds what somebody said, and an erasure leaves nothing of what was answered", async () => {
  const host = await startReceiver();
  const endpoint = await makeEndpoint(db, host.url);
  const chat = await makeChat(db);
  const named = await nameCanary(db, chat.buyer);
  await say(db, chat.buyer, chat.id, `It is ${named.name}, with a zzquince`);
  host.answer = (res, one) => res.writeHead(200).end(one.body) !== undefined;
  await tellAll(db, endpoint);
  expect(host.received.some(({ body }) => body.includes(named.name))).toBe(true);
  const where = async () =>
    (await findInDatabase(db, [named.name, "zzquince"])).filter((row) =>
      row.startsWith("public.webhook"),
    );
  expect((await where()).every((row) => row.startsWith("public.webhook_attempts"))).toBe(true);
  expect(await where()).not.toEqual([]);
  await askToErase(db, chat.buyer.id);
  const { storage } = makeDiskStorage();
  expect(await erasePerson(db, eraseMeans(storage), chat.buyer.id, later)).toBe("done");
  expect(
    (await findInDatabase(db, [named.name])).filter((row) => row.startsWith("public.webhook")),
  ).toEqual([]);
});

test("with a chat goes all that endpoints were told of it, or are to be", async () => {
  const host = await startReceiver();
  const endpoint = await makeEndpoint(db, host.url);
  const chat = await makeChat(db);
  await tellAll(db, endpoint);
  await say(db, chat.buyer, chat.id, "Hello");
  await followChanges(db);
  await sql`delete from chat_messages where chat_id = ${chat.id}`;
  await sql`delete from chats where id = ${chat.id}`;
  expect(await rows(endpoint.id)).toEqual({ deliveries: 0, attempts: 0 });
  expect(await tellAll(db, endpoint)).toEqual([]);
  const lanes = await sql`select from webhook_lanes where endpoint_id = ${endpoint.id}`;
  expect(lanes).toHaveLength(0);
});
