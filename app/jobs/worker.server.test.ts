import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, onTestFinished, test, vi } from "vitest";
import { users } from "~/db/schema";
import { databaseUrl, db } from "~test/database";
import { addJob } from "./add-job.server";
import { freeLost } from "./keeping.server";
import { countJobs, sweepDeliveries } from "./queue.server";
import type { Registry } from "./registry.server";
import { startWorker } from "./worker.server";

/** Machines are slow, and a worker looks once a second. */
const patience = { timeout: 15_000, interval: 50 };

function startTestWorker(jobs: Registry) {
  const stop = startWorker({ url: databaseUrl, jobs });
  onTestFinished(stop);
  return stop;
}

type Row = { locked_by: string | null; attempts: number; last_error: string | null; wait: number };

async function findJob(key: string): Promise<Row | null> {
  const [row] = await db.execute<Row>(sql`
    select locked_by, attempts::int, last_error, extract(epoch from run_at - now())::float8 as wait
    from graphile_worker.jobs where key = ${key}`);
  return row ?? null;
}

/** As a worker leaves it whose process is killed. */
const lockFor = (worker: string, key: string) =>
  db.execute(sql`
    update graphile_worker._private_jobs
    set locked_by = ${worker}, locked_at = now(), attempts = attempts + 1 where key = ${key}`);

async function addTestJob(runAt?: Date) {
  const userId = randomUUID();
  const key = `test:${userId}`;
  await addJob(db, "mail-digest", { userId }, { key, runAt });
  return { userId, key };
}

test("a job is done by a worker, and gone then", async () => {
  const done: string[] = [];
  startTestWorker({ "mail-digest": async (_, { userId }) => void done.push(userId) });
  const { userId, key } = await addTestJob();
  await expect.poll(() => done, patience).toEqual([userId]);
  await expect.poll(() => findJob(key), patience).toBeNull();
});

test("a job is never begun before its time, by whichever clock", async () => {
  const begun: Date[] = [];
  const { userId, key } = await addTestJob(new Date(Date.now() - 1_000));
  const runAt = Date.now() - 1_000;
  // This machine's clock is an hour behind PostgreSQL's.
  vi.setSystemTime(Date.now() - 3_600_000);
  onTestFinished(() => void vi.useRealTimers());
  startTestWorker({
    "mail-digest": async (_, payload, { now }) => {
      if (payload.userId === userId) begun.push(now);
    },
  });
  await vi.waitUntil(async () => (await findJob(key)) === null, patience);
  expect(begun[0]?.getTime()).toBeGreaterThan(runAt - 1_000);
});

test("a job that fails waits for another attempt, and says why without what people wrote", async () => {
  startTestWorker({
    "mail-digest": async (db) => {
      await db.insert(users).values({ name: "Private words", email: "x", id: "no id" });
    },
  });
  const { key } = await addTestJob();
  await expect.poll(async () => (await findJob(key))?.last_error, patience).toContain("insert");
  const job = await findJob(key);
  expect(job?.last_error).not.toContain("Private words");
  expect(job).toMatchObject({ attempts: 1, locked_by: null });
  expect(job?.wait).toBeGreaterThan(-10);
});

test("a job whose worker is gone is given to others at the second look", async () => {
  const { key } = await addTestJob();
  await lockFor("pool-gone", key);
  const suspects = await freeLost(db, new Set());
  expect(suspects).toContain("pool-gone");
  expect(await findJob(key)).toMatchObject({ locked_by: "pool-gone" });
  expect(await freeLost(db, suspects)).not.toContain("pool-gone");
  expect(await findJob(key)).toMatchObject({ locked_by: null, attempts: 1 });
  const attempts: number[] = [];
  startTestWorker({
    "mail-digest": async (_, _payload, { attempt }) => void attempts.push(attempt),
  });
  await expect.poll(() => attempts, patience).toEqual([2]);
});

test("a job that a worker is at is left to it, also when its connections were cut", async () => {
  const { promise: leave, resolve: goOn } = Promise.withResolvers<void>();
  const { userId, key } = await addTestJob();
  const begun: number[] = [];
  startTestWorker({
    "mail-digest": async (_, payload, { attempt }) => {
      if (payload.userId !== userId) return;
      begun.push(attempt);
      await leave;
    },
  });
  await vi.waitUntil(() => begun.length > 0, patience);
  const isThere = async () => (await freeLost(db, new Set())).size === 0;
  await vi.waitUntil(isThere, patience);
  await db.execute(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name like 'parley worker %'`);
  // It connects again for its own look, at the latest.
  await vi.waitUntil(isThere, { ...patience, timeout: 25_000 });
  expect(await findJob(key)).toMatchObject({ attempts: 1 });
  goOn();
  await expect.poll(() => findJob(key), patience).toBeNull();
  expect(begun).toEqual([1]);
}, 60_000);

test("a worker that has to stop tells its jobs, and leaves what is not done to others", async () => {
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const { userId, key } = await addTestJob();
  let isTold = false;
  const stop = startWorker({
    url: databaseUrl,
    jobs: {
      "mail-digest": async (_, payload, { signal }) => {
        if (payload.userId !== userId) return;
        begin();
        signal.addEventListener("abort", () => {
          isTold = true;
        });
        await new Promise(() => {});
      },
    },
  });
  await begun;
  const startedAt = performance.now();
  await stop();
  expect(performance.now() - startedAt).toBeLessThan(7_000);
  expect(isTold).toBe(true);
  expect(await findJob(key)).toMatchObject({ attempts: 1, locked_by: null });
});

test("a worker goes on after PostgreSQL dropped all of its connections", async () => {
  const done: string[] = [];
  startTestWorker({ "mail-digest": async (_, { userId }) => void done.push(userId) });
  const first = await addTestJob();
  await vi.waitUntil(() => done.includes(first.userId), patience);
  await db.execute(sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
      and application_name <> 'parley'`);
  const second = await addTestJob();
  await vi.waitUntil(() => done.includes(second.userId), patience);
});

test("deliveries that nobody asks for any more are forgotten, however many there are", async () => {
  await db.execute(sql`
    insert into deliveries (key, state, at)
    select 'push:old:' || n, 'done', now() - interval '31 days' from generate_series(1, 5100) n`);
  await db.execute(sql`insert into deliveries (key, state) values ('push:new:1', 'done')`);
  expect(await sweepDeliveries(db)).toBe(5_100);
  expect(await db.execute(sql`select key from deliveries`)).toEqual([{ key: "push:new:1" }]);
});

test("the queue's figures tell waiting, late, running and dead jobs apart", async () => {
  const before = await countJobs(db);
  await addTestJob(new Date(Date.now() + 3_600_000));
  await addTestJob(new Date(Date.now() - 3_600_000));
  const [running, dead] = [await addTestJob(), await addTestJob()];
  await lockFor("pool-any", running.key);
  await db.execute(sql`
    update graphile_worker._private_jobs set attempts = max_attempts where key = ${dead.key}`);
  expect(await countJobs(db)).toEqual({
    waiting: before.waiting + 1,
    late: before.late + 1,
    running: before.running + 1,
    dead: before.dead + 1,
  });
});
