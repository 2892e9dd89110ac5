import { sql } from "drizzle-orm";
import { expect } from "vitest";
import type { Db } from "~/db/client.server";
import type { JobContext } from "~/jobs/job";
import { type Registry, registry } from "~/jobs/registry.server";
import type { TaskName } from "~/jobs/tasks";

type Row = {
  id: string;
  task: TaskName;
  payload: never;
  attempts: number;
  max_attempts: number;
};

type Options = {
  /** As if it were then; now by default. */
  now?: Date;
  /** Others of the same database wait. */
  only?: TaskName[];
  /** Whose payload has all of this. */
  where?: Record<string, string>;
  /** Who does them, where it is not who does them in the program. */
  jobs?: Registry;
  /** Fails the test when a job fails; else what it failed with is in what it gives. */
  mayFail?: boolean;
};

/**
 * Does the jobs that are due, one after the other until none is left, and what they add meanwhile,
 * as the worker would: one that fails waits, longer each time.
 *
 * @returns what ran, in order
 */
export async function runJobs(
  db: Db,
  { now = new Date(), only, where = {}, jobs = registry, mayFail = false }: Options = {},
): Promise<{ task: TaskName; payload: unknown; error?: unknown }[]> {
  const ran = [];
  const names = (only ?? Object.keys(jobs)).filter((name) => name in jobs);
  for (;;) {
    const [row] = await db.execute<Row>(sql`
      update graphile_worker._private_jobs j
      set attempts = attempts + 1, locked_by = 'a test', locked_at = now()
      from graphile_worker._private_tasks t
      where t.id = j.task_id and j.id = (
        select id from graphile_worker._private_jobs
        where is_available and date_trunc('milliseconds', run_at) <= ${now.toISOString()}::timestamptz
          and task_id in (select id from graphile_worker._private_tasks
            where identifier in (select json_array_elements_text(${JSON.stringify(names)}::json)))
          and payload::jsonb @> ${JSON.stringify(where)}::text::jsonb
        order by run_at, id limit 1 for update skip locked)
      returning j.id, t.identifier as task, j.payload, j.attempts::int, j.max_attempts::int`);
    if (!row) return ran;
    const { id, task, payload, attempts } = row;
    const context: JobContext = {
      now,
      attempt: attempts,
      isLastAttempt: attempts >= row.max_attempts,
      signal: new AbortController().signal,
    };
    try {
      await jobs[task]?.(db, payload, context);
      await db.execute(sql`delete from graphile_worker._private_jobs where id = ${id}`);
      ran.push({ task, payload });
    } catch (error) {
      await db.execute(sql`
        update graphile_worker._private_jobs
        set locked_by = null, locked_at = null, last_error = ${String(error)},
          run_at = greatest(${now.toISOString()}::timestamptz, run_at)
            + exp(least(attempts, 10)) * interval '1 second'
        where id = ${id}`);
      if (!mayFail) expect.fail(`${task} failed: ${error instanceof Error ? error.stack : error}`);
      ran.push({ task, payload, error });
    }
  }
}
