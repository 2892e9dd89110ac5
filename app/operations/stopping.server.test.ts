import { randomUUID } from "node:crypto";
import { Agent } from "node:http";
import { eq, inArray, sql } from "drizzle-orm";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Db } from "~/db/client.server";
import { chatMessages, chats } from "~/db/schema";
import { signIn, startBuiltServer } from "~test/built-server";
import { db } from "~test/database";
import { makeChat } from "~test/factories";

const patience = { timeout: 100_000 };
const unlimited = {
  LIMIT_SENDS_PER_SECOND: "10000",
  LIMIT_SEND_BURST: "10000",
  LIMIT_SENDS_PER_MINUTE: "100000",
};

type Server = Awaited<ReturnType<typeof startBuiltServer>>;

const draft = (clientId: string) => ({ intent: "send", clientId, body: "As agreed" });

/** Sends one message after the other on one connection, until nobody listens any more. */
async function sendUntilClosed(
  server: Server,
  accept: string,
  sent: Map<string, number | "unknown">,
) {
  const headers = { accept };
  const { id, buyer } = await makeChat(db);
  const cookie = await signIn(db, buyer);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  for (;;) {
    const clientId = randomUUID();
    try {
      const form = draft(clientId);
      const answer = await server.ask(`/chats/${id}`, { cookie, agent, form, headers });
      sent.set(clientId, answer.statusCode ?? 0);
      await answer.resume().toArray();
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ECONNREFUSED") return;
      if (!sent.has(clientId)) sent.set(clientId, "unknown");
    }
  }
}

async function timesStored(clientIds: string[]) {
  const rows = await db
    .select({ clientId: chatMessages.clientId })
    .from(chatMessages)
    .where(inArray(chatMessages.clientId, clientIds));
  return clientIds.map((id) => rows.filter(({ clientId }) => clientId === id).length);
}

test("a stop in the middle of sends loses none that was answered, and doubles none", {
  timeout: 300_000,
}, async () => {
  const server = await startBuiltServer({ WEB_PROCESSES: "2", ...unlimited });
  const sent = new Map<string, number | "unknown">();
  const writers = ["application/json", "text/html"].flatMap((accept) =>
    Array.from({ length: 3 }, () => sendUntilClosed(server, accept, sent)),
  );
  await vi.waitUntil(() => sent.size >= 60, patience);
  const { code, ms } = await server.stop();
  expect(code).toBe(0);
  expect(ms).toBeLessThan(10_000);
  await Promise.all(writers);

  const answered = [...sent.keys()].filter((clientId) => sent.get(clientId) !== "unknown");
  const unknown = [...sent.keys()].filter((clientId) => sent.get(clientId) === "unknown");
  for (const clientId of answered) expect([200, 303]).toContain(sent.get(clientId));
  expect(answered.length).toBeGreaterThanOrEqual(60);
  expect(new Set(await timesStored(answered))).toEqual(new Set([1]));
  for (const times of await timesStored(unknown)) expect(times).toBeLessThanOrEqual(1);
});

/** Holds a chat's row, so that a send in it is under way until `release`. */
async function holdChat(chatId: string) {
  const held = Promise.withResolvers<void>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const done = db.transaction(async (tx: Db) => {
    await tx.select().from(chats).where(eq(chats.id, chatId)).for("update");
    held.resolve();
    await released;
  });
  await held.promise;
  return {
    release,
    done,
    isWaitedFor: async () => {
      const rows = await db.execute(sql`
        select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`);
      return rows.length > 0;
    },
  };
}

test("on a stop streams end, readiness goes, and a send under way is answered and stored", {
  timeout: 300_000,
}, async () => {
  const server = await startBuiltServer({ WEB_PROCESSES: "1", SHUTDOWN_GRACE_SECONDS: "2" });
  const { id, buyer, seller } = await makeChat(db);
  const [cookie, reading] = [await signIn(db, buyer), await signIn(db, seller)];
  const stream = await server.openStream(reading);
  await stream.start();
  const hold = await holdChat(id);
  const clientId = randomUUID();
  const answer = server.ask(`/chats/${id}`, { cookie, form: draft(clientId), agent: false });
  await vi.waitUntil(hold.isWaitedFor, patience);

  const stopped = server.stop();
  await vi.waitUntil(async () => {
    const ready = await server.ask("/readyz", { agent: false });
    const { status, checks } = JSON.parse((await ready.setEncoding("utf8").toArray()).join(""));
    if (status === "ready") return false;
    expect([ready.statusCode, checks.accepting]).toEqual([503, false]);
    expect(ready.headers.connection).toBe("close");
    return true;
  }, patience);
  await vi.waitUntil(() => stream.closed, patience);
  hold.release();
  await hold.done;
  const { statusCode, headers } = await answer;
  expect([statusCode, headers.connection]).toEqual([303, "close"]);
  const { code, ms } = await stopped;
  expect(code).toBe(0);
  expect(ms).toBeLessThan(10_000);
  expect(await timesStored([clientId])).toEqual([1]);
});
