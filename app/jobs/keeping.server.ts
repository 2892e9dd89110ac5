import type { Db } from "~/db/client.server";
import { sweepAnswers } from "~/integration/api/idempotency.server";
import { sweepTokens } from "~/integration/sso/use-once.server";
import { log } from "~/operations/log.server";
import { repeat } from "~/operations/repeat.server";
import { noteLastRun } from "~/retention/run/metrics.server";
import { jobsInQueue } from "./job-metrics.server";
import { countJobs, listLost, sweepDeliveries, takeBack } from "./queue.server";

/** A job whose process was killed waits for two looks; together with a vanished machine's connection, 45 s. */
const lookMs = 8_000;
const sweepMs = 60 * 60_000;

/**
 * Looks after the queue: gives the jobs of lost workers to others, and counts. Every process may; they
 * do not stand in each other's way.
 *
 * @returns stops it
 */
export function startKeeping(db: Db): () => Promise<void> {
  let suspects = new Set<string>();
  let sweptAt = performance.now();

  async function look(): Promise<void> {
    suspects = await freeLost(db, suspects);
    for (const [state, count] of Object.entries(await countJobs(db))) {
      jobsInQueue.set({ state }, count);
    }
    await noteLastRun(db);
    if (performance.now() - sweptAt > sweepMs) {
      sweptAt = performance.now();
      await sweepDeliveries(db);
      await sweepAnswers(db);
      await sweepTokens(db);
    }
  }

  const failing = "the queue of jobs could not be looked after";
  return repeat(look, { everyMs: lookMs, failing, isDue: true }).stop;
}

/**
 * Frees what was lost at the last look already: who only had to connect again is back by now.
 *
 * @param suspects of the last look
 * @returns those of this look
 */
export async function freeLost(db: Db, suspects: ReadonlySet<string>): Promise<Set<string>> {
  const lost = await listLost(db);
  const gone = lost.filter((worker) => suspects.has(worker));
  if (gone.length) {
    await takeBack(db, gone);
    log.warn({ workers: gone }, "jobs of workers that are gone were given to others");
  }
  return new Set(lost.filter((worker) => !gone.includes(worker)));
}
