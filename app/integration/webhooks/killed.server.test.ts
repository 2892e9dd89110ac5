import { expect, test, vi } from "vitest";
import { startBuiltWorker } from "~test/built-server";
import { db, sql } from "~test/database";
import { makeChat } from "~test/factories";
import { say } from "~test/sending";
import { type Received, startReceiver } from "~test/webhook-receiver";
import { makeEndpoint } from "~test/webhooks";

const patience = { timeout: 120_000, interval: 50 };
const seqOf = ({ told }: Received) => (told.data.message as { seq: number }).seq;

test("what a killed process was sending is sent again by another, before what came after it", {
  timeout: 600_000,
}, async () => {
  const host = await startReceiver();
  let isSilent = true;
  host.answer = () => isSilent;
  await makeEndpoint(db, host.url, { eventTypes: ["message.created"] });
  const chat = await makeChat(db);
  await say(db, chat.buyer, chat.id, "Hello");
  const variables = { WEBHOOK_ALLOWED_HOSTS: new URL(host.url).host };
  const killed = await startBuiltWorker(variables);
  await vi.waitUntil(() => host.received.length === 1, patience);
  killed.child.kill("SIGKILL");
  isSilent = false;
  await say(db, chat.buyer, chat.id, "Are you there?");
  // Its claim is over.
  await vi.waitUntil(async () => {
    const over = await sql`update webhook_lanes set claimed_until = now()
      where claimed_until is not null returning order_key`;
    return over.length === 1;
  }, patience);
  await startBuiltWorker(variables);
  await vi.waitUntil(() => host.received.length === 4, patience);
  expect(host.received.map(seqOf)).toEqual([1, 1, 2, 3]);
  expect(host.received[1]?.id).toBe(host.received[0]?.id);
});
