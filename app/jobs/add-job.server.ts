import { type SQL, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import type { TaskName, Tasks } from "./tasks";

type Options = {
  /** Of those with the same key that have not begun yet there is one: the newest replaces the others. */
  key?: string;
  /** Of those in the same queue one is done at a time, over all processes. */
  queue?: string;
  /** Not before then; at once by default. */
  runAt?: Date;
};

/** How often a job is tried, with longer and longer pauses: about a day and a half in all. */
const mostAttempts = 16;

/**
 * Has something done by a job: when and only when the transaction commits, at least once, and by any
 * process. What it does has to be the same when it is done twice.
 */
export async function addJob<Name extends TaskName>(
  tx: Db,
  name: Name,
  payload: Tasks[Name],
  { key, queue, runAt }: Options = {},
): Promise<void> {
  await tx.execute(sql`
    select graphile_worker.add_job(${name}, payload => ${JSON.stringify(payload)}::json,
      run_at => ${runAt?.toISOString() ?? null}::timestamptz,
      max_attempts => ${mostAttempts}, job_key => ${key ?? null}, queue_name => ${queue ?? null})`);
}

/** One of the many that a statement adds at once, with `graphile_worker.add_jobs`. */
export function jobSpec(name: TaskName, of: Record<"payload" | "key" | "runAt", SQL>): SQL {
  return sql`(${name}::text, ${of.payload}, null, ${of.runAt}, ${mostAttempts}::int, ${of.key}, null, null)::graphile_worker.job_spec`;
}
