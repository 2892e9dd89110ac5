import { expect, test } from "vitest";
import { db, sql } from "~test/database";
import { restSeconds, slowdown } from "./metrics.server";
import { Throttle } from "./throttle.server";

/** How long it rests after a batch of 10 ms, in ms. */
async function restAt(share: number): Promise<number> {
  let rest = 0;
  const pause = async (ms: number) => {
    rest = ms;
  };
  await new Throttle(db, { share, pause }).rest(10);
  return rest;
}

const rested = async (why: string) =>
  (await restSeconds.get()).values.find(({ labels }) => labels.why === why)?.value ?? 0;

test("a run rests longer while somebody waits for a lock, and /metrics says why it rested", async () => {
  const holder = await sql.reserve();
  const waiter = await sql.reserve();
  await holder`select pg_advisory_lock(4711)`;
  const waiting = waiter`select pg_advisory_lock(4711)`.execute();
  const isWaiting = async () => {
    const [row] = await sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    return row !== undefined;
  };
  await expect.poll(isWaiting, { timeout: 10_000 }).toBe(true);
  const before = await rested("busy");
  // At ease it would rest not at all, and for as long as it worked.
  expect(await restAt(100)).toBe(20);
  expect(await restAt(50)).toBe(20);
  expect(await rested("busy")).toBeCloseTo(before + 0.04, 6);
  expect((await slowdown.get()).values[0]?.value).toBe(2);

  await holder`select pg_advisory_unlock(4711)`;
  await waiting;
  await waiter`select pg_advisory_unlock(4711)`;
  holder.release();
  waiter.release();
});
