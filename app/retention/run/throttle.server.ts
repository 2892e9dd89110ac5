import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { restSeconds, slowdown } from "./metrics.server";

/** How often the database is asked how busy it is, and the longest rest, in ms. */
const [lookMs, mostRestMs] = [2_000, 5_000];
/** Statements under way beside ours from which on the database has enough to do. */
const manyActive = 8;
/** That question takes a millisecond at ease: it counts as late where it takes so long, in ms. */
const lateMs = 25;
/** How many times longer than at ease it rests at most. */
const mostTimes = 8;

type Options = {
  /** How much of the time it works while the database is at ease, from 1 to 100. */
  share: number;
  signal?: AbortSignal;
  /** Rests; by the clock if it is not given. */
  pause?: (ms: number) => Promise<void>;
};

/**
 * Leaves the database to others after each batch: at a share of 50 for as long as the batch took,
 * and up to eight times longer while others wait for locks, many work, or answers come late.
 */
export class Throttle {
  #lookedAt = Number.NEGATIVE_INFINITY;
  #times = 1;

  constructor(
    private readonly db: Db,
    private readonly options: Options,
  ) {}

  /** @param workedMs how long the batch took */
  async rest(workedMs: number): Promise<void> {
    const { share, signal, pause } = this.options;
    if (performance.now() - this.#lookedAt > lookMs) {
      const busy = await isBusy(this.db);
      this.#lookedAt = performance.now();
      this.#times = busy ? Math.min(this.#times * 2, mostTimes) : Math.max(this.#times / 2, 1);
    }
    const atEase = (workedMs * (100 - share)) / share;
    const ms = Math.min(
      this.#times > 1 ? Math.max(atEase, workedMs) * this.#times : atEase,
      mostRestMs,
    );
    slowdown.set(this.#times);
    if (ms < 1) return;
    restSeconds.inc({ why: this.#times > 1 ? "busy" : "share" }, ms / 1000);
    if (pause) await pause(ms);
    else await sleep(ms, undefined, { signal }).catch(() => {});
  }
}

async function isBusy(db: Db): Promise<boolean> {
  const askedAt = performance.now();
  const [row] = await db.execute<{ active: number; waiting: number }>(sql`
    select count(*) filter (where state = 'active')::int as active,
      count(*) filter (where wait_event_type = 'Lock')::int as waiting
    from pg_stat_activity
    where datname = current_database() and backend_type = 'client backend'
      and pid <> pg_backend_pid()`);
  if (performance.now() - askedAt > lateMs) return true;
  return (row?.active ?? 0) >= manyActive || (row?.waiting ?? 0) > 0;
}
