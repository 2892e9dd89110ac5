import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";
import { startEmbeddedPostgres } from "~/db/embedded.server";

/**
 * What a notification costs, by how many processes listen, in processor time: wall time would
 * measure the machine's other work.
 *
 *     node --import ./bench/app-modules.mjs bench/notify-cost.ts
 */
const LISTENERS = [0, 1, 2, 4, 8, 16, 32, 64];
const NOTIFICATIONS = 5_000;
/** About that of a batch of two messages. */
const PAYLOAD = "x".repeat(400);
/** Of a tick of /proc, on Linux; in ms. */
const TICK = 10;

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const dataDir = mkdtempSync(join(tmpdir(), "parley-notify-"));
const server = await startEmbeddedPostgres({ dataDir, log: silent });
try {
  process.stdout.write("listeners  PostgreSQL µs  listener µs  (each for one notification)\n");
  for (const listeners of LISTENERS) {
    const { database, client } = await measure(listeners);
    process.stdout.write(
      `${String(listeners).padStart(9)}${database.toFixed(0).padStart(15)}${client.toFixed(0).padStart(13)}\n`,
    );
  }
} finally {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

/** @returns µs of processor time for each notification: of all of PostgreSQL, and of each listener */
async function measure(listeners: number) {
  const connect = () => postgres(server.url, { max: 1, onnotice: () => {} });
  let heard = 0;
  const listening = Array.from({ length: listeners }, connect);
  const hear = () => {
    heard += 1;
  };
  for (const sql of listening) await sql.listen("cost", hear);
  const sender = connect();
  await sender`select 1`;
  // Senders and listeners share a process: what sending alone costs is taken off.
  const [sending] = await spent(() => notify(sender, "nobody"));
  const [all, database] = await spent(async () => {
    await notify(sender, "cost");
    while (heard < listeners * NOTIFICATIONS) await sleep(10);
  });
  await Promise.all([sender, ...listening].map((sql) => sql.end()));
  const client = listeners ? (all - sending) / listeners : 0;
  return { database: database / NOTIFICATIONS, client: client / NOTIFICATIONS };
}

async function notify(sql: postgres.Sql, channel: string) {
  for (let count = 0; count < NOTIFICATIONS; count += 1) {
    // Equal payloads of one transaction would fold; these are of many.
    await sql`select pg_notify(${channel}, ${PAYLOAD})`;
  }
}

/** @returns µs of processor time: of this process, and of PostgreSQL */
async function spent(run: () => Promise<void>): Promise<[number, number]> {
  const before = postgresTicks();
  const startedAt = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(startedAt);
  return [user + system, (postgresTicks() - before) * TICK * 1000];
}

/** Of the postmaster and its processes that run now, from Linux's /proc. */
function postgresTicks(): number {
  return readdirSync("/proc").reduce((sum, pid) => {
    if (!/^\d+$/.test(pid)) return sum;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
      const isOurs = Number(pid) === server.pid || Number(stat[1]) === server.pid;
      return isOurs ? sum + Number(stat[11]) + Number(stat[12]) : sum;
    } catch {
      return sum;
    }
  }, 0);
}
