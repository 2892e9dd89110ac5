import type { Db } from "~/db/client.server";
import type { TaskName, Tasks } from "./tasks";

export type JobContext = {
  /** When it was begun, and never before it was to run; a job asks no other clock. */
  now: Date;
  /** 1 the first time. */
  attempt: number;
  isLastAttempt: boolean;
  /** Aborted when the process has to stop: what is not handed over yet is for another attempt. */
  signal: AbortSignal;
};

/**
 * Does a job, in no transaction of its own: it holds a connection only as long as each statement
 * takes, because few are kept for jobs. Rejects to be tried again later, longer and longer pauses apart.
 *
 * @param db the pool that jobs have for themselves, so that none waits for a send or the other way
 */
export type Job<Name extends TaskName> = (
  db: Db,
  payload: Tasks[Name],
  context: JobContext,
) => Promise<void>;
