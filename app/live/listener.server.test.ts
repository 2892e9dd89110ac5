import { randomUUID } from "node:crypto";
import { connect, createServer, type Socket } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { databaseUrl, db, sql } from "~test/database";
import { listen } from "./listener.server";
import { type Notification, notify } from "./notify.server";

/** What is due within 5 s gets three times as long on a busy machine. */
const poll = { timeout: 15_000 };

async function startListener(url = databaseUrl) {
  const got: Notification[] = [];
  const times = { listening: 0, deaf: 0, unreadable: 0 };
  const usage: number[] = [];
  const listener = await listen(url, {
    notification: (notification) => got.push(notification),
    listening: () => times.listening++,
    deaf: () => times.deaf++,
    unreadable: () => times.unreadable++,
    vitals: ({ queueUsage }) => usage.push(queueUsage),
  });
  onTestFinished(() => listener.close());
  const hears = async () => {
    const told = { kind: "session-ended" as const, sessionId: randomUUID() };
    await notify(db, [told]);
    await expect.poll(() => got, poll).toContainEqual(told);
  };
  return { listener, times, usage, hears };
}

const backends = () => sql<{ pid: number }[]>`
  select pid from pg_stat_activity
  where application_name = 'parley listener' and datname = current_database()`;

/** A way to the database that can swallow everything without closing anything. */
async function startTunnel() {
  const { hostname, port } = new URL(databaseUrl);
  const pairs: [Socket, Socket][] = [];
  let isSilent = false;
  let attempts = 0;
  const server = createServer((near) => {
    attempts++;
    const far = connect(Number(port), hostname);
    pairs.push([near, far]);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.on("error", () => {});
      from.on("data", (chunk) => void (isSilent || to.write(chunk)));
      from.on("close", () => void (isSilent || to.destroy()));
    }
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => {
    for (const socket of pairs.flat()) socket.destroy();
    server.close();
  });
  const url = new URL(databaseUrl);
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("Not listening");
  url.host = `127.0.0.1:${address.port}`;
  return {
    url: url.href,
    silence: (yes: boolean) => {
      isSilent = yes;
      // What was closed meanwhile is heard of now.
      const isClosed = (pair: Socket[]) => pair.some(({ destroyed }) => destroyed);
      for (const pair of yes ? [] : pairs.filter(isClosed)) for (const one of pair) one.destroy();
    },
    attempts: () => attempts,
  };
}

test("a listener whose connection died without a word notices, and hears again", async () => {
  const tunnel = await startTunnel();
  const { listener, times, hears } = await startListener(tunnel.url);
  await hears();
  tunnel.silence(true);
  const since = performance.now();
  await expect.poll(listener.isListening, { ...poll, interval: 10 }).toBe(false);
  // Within 5 s, if this process gets to run.
  expect(performance.now() - since).toBeLessThan(10_000);
  await expect.poll(tunnel.attempts, poll).toBeGreaterThan(2);
  expect(times).toEqual({ listening: 1, deaf: 1, unreadable: 0 });
  tunnel.silence(false);
  await expect.poll(() => times.listening, poll).toBe(2);
  await hears();
}, 60_000);

test("a listener whose backend was stopped gets another one", async () => {
  const { times, hears } = await startListener();
  await hears();
  const [backend] = await backends();
  if (!backend) throw new Error("Nobody listens");
  process.kill(backend.pid, "SIGSTOP");
  try {
    await expect.poll(() => times.listening, poll).toBe(2);
  } finally {
    process.kill(backend.pid, "SIGCONT");
  }
  await hears();
  await expect.poll(async () => (await backends()).length, poll).toBe(1);
}, 60_000);

test("a listener whose backend was killed again and again hears each time", async () => {
  const { times, hears } = await startListener();
  for (let time = 2; time <= 5; time++) {
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'parley listener' and datname = current_database()`;
    await expect.poll(() => times.listening, poll).toBe(time);
    await hears();
  }
  expect(times).toEqual({ listening: 5, deaf: 4, unreadable: 0 });
}, 60_000);

test("what a listener cannot read does not deafen it", async () => {
  const { listener, times, hears } = await startListener();
  await sql`select pg_notify('parley', 'no JSON')`;
  await expect.poll(() => times.unreadable, poll).toBe(1);
  await hears();
  expect([listener.isListening(), times.listening]).toEqual([true, 1]);
});

test("a listener tells how full the queue is, and is never in a transaction meanwhile", async () => {
  const { usage } = await startListener();
  const states = new Set<string>();
  await expect
    .poll(async () => {
      const rows = await sql`
        select state from pg_stat_activity
        where application_name = 'parley listener' and datname = current_database()`;
      for (const { state } of rows) states.add(state);
      return usage.length;
    }, poll)
    .toBeGreaterThan(1);
  for (const share of usage) expect(share).toBeLessThan(0.5);
  expect([...states].filter((state) => state.includes("transaction"))).toEqual([]);
});

test("a listener that was closed while it connects leaves nothing behind", async () => {
  const tunnel = await startTunnel();
  const { listener, times } = await startListener(tunnel.url);
  tunnel.silence(true);
  await expect.poll(tunnel.attempts, poll).toBe(2);
  listener.close();
  tunnel.silence(false);
  await expect.poll(async () => (await backends()).length, poll).toBe(0);
  expect(times).toEqual({ listening: 1, deaf: 1, unreadable: 0 });
}, 60_000);
