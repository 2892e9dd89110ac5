import type { Db } from "~/db/client.server";
import { addJob } from "~/jobs/add-job.server";
import type { Job } from "~/jobs/job";
import { log } from "~/operations/log.server";
import { loggedError } from "~/operations/logged-error.server";
import { type Going, goOn } from "./go-on.server";
import { beginRun, endRun, RunEnded } from "./ledger.server";

/** So long a job works on a run before it gives its place to others and comes again, in ms. */
const turnMs = 20_000;

/** Begins a run with the commit, if none is under way. @returns its id, or that of the one that is */
export async function askForRun(
  tx: Db,
  asked: Parameters<typeof beginRun>[1],
): Promise<{ runId: string; isNew: boolean }> {
  const begun = await beginRun(tx, asked);
  if ("underWay" in begun) return { runId: begun.underWay, isNew: false };
  await addJob(tx, "retention", begun, { key: jobKey(begun.runId) });
  return { ...begun, isNew: true };
}

const jobKey = (runId: string) => `retention ${runId}`;

/** @param way how it is done in this process */
export const retentionJob =
  (way: () => Pick<Going, "means" | "work" | "share">): Job<"retention"> =>
  async (db, { runId }, { now, signal, isLastAttempt }) => {
    if (!runId) {
      const schedule = {
        trigger: "schedule",
        startedBy: null,
        asOf: now,
        isDryRun: false,
      } as const;
      await db.transaction((tx) => askForRun(tx, schedule));
      return;
    }
    try {
      const until = performance.now() + turnMs;
      const came = await goOn(db, runId, { ...way(), until, signal });
      if (came === "more") await addJob(db, "retention", { runId }, { key: jobKey(runId) });
    } catch (error) {
      if (error instanceof RunEnded) return log.info({ runId }, "a run of retention was ended");
      if (isLastAttempt) await endRun(db, runId, "failed", loggedError(error).message);
      throw error;
    }
  };
