import type { Db } from "~/db/client.server";
import { addJob } from "~/jobs/add-job.server";
import type { Job } from "~/jobs/job";
import { log } from "~/operations/log.server";
import { Throttle } from "../run/throttle.server";
import { compactOn } from "./compact.server";
import { InUse } from "./maintain.server";
import type { Place } from "./place";

/** So long a job goes on before it gives its place to others and comes again, in ms. */
const turnMs = 20_000;
/** By then PostgreSQL reckons with what was deleted, and whoever looks after a table has gone on. In ms. */
const laterMs = 60_000;

/** Has compaction begin soon, and only once: after a run that deleted rows. */
export const askForCompaction = (tx: Db, now = new Date()) => add(tx, null, later(now));

const later = (now: Date) => new Date(now.getTime() + laterMs);

/** One at a time over all instances: a VACUUM and a REINDEX CONCURRENTLY would wait for each other. */
const add = (tx: Db, place: Place | null, runAt?: Date) =>
  addJob(tx, "compact", { place }, { key: "compact", queue: "compact", runAt });

/** @param way how it is done in this process: how much of the time it works, from 1 to 100 */
export const compactJob =
  (way: () => { share: number }): Job<"compact"> =>
  async (db, { place }, { now, signal }) => {
    const { share } = way();
    const throttle = new Throttle(db, { share, signal });
    try {
      const left = await compactOn(db, place, {
        ...{ throttle, signal },
        until: performance.now() + turnMs,
      });
      if (left) await add(db, left);
    } catch (error) {
      if (!(error instanceof InUse)) throw error;
      log.info({ statement: error.message }, "a table is looked after by somebody else");
      await add(db, null, later(now));
    }
  };
