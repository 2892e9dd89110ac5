import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { audit } from "~/moderation/audit/audit.server";
import type { DeadJob } from "./dead-job";

/** More than that are one fault, which the first of them show as well. */
const mostListed = 50;

const isDead = sql`locked_at is null and attempts >= max_attempts`;

/** Jobs that are given up, the newest first. */
export async function listDead(db: Db): Promise<DeadJob[]> {
  const rows = await db.execute<Omit<DeadJob, "createdAt"> & { createdAt: string }>(sql`
    select id::text, task_identifier as task, attempts::int, last_error as error,
      to_json(created_at) #>> '{}' as "createdAt"
    from graphile_worker.jobs where ${isDead}
    order by created_at desc, id desc limit ${mostListed}`);
  return rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt).toISOString() }));
}

/** Has a job that was given up tried again at once, as often as a new one. @returns null: no such job */
export function retryDead(db: Db, viewer: Viewer, id: string): Promise<true | null> {
  return settle(
    db,
    viewer,
    id,
    "job.retried",
    (jobs) =>
      sql`select from graphile_worker.reschedule_jobs(${jobs}, run_at => now(), attempts => 0)`,
  );
}

/** Forgets a job that was given up. @returns null: no such job */
export function discardDead(db: Db, viewer: Viewer, id: string): Promise<true | null> {
  return settle(
    db,
    viewer,
    id,
    "job.discarded",
    (jobs) => sql`select from graphile_worker.complete_jobs(${jobs})`,
  );
}

function settle(
  db: Db,
  viewer: Viewer,
  id: string,
  action: "job.retried" | "job.discarded",
  carryOut: (jobs: ReturnType<typeof sql>) => ReturnType<typeof sql>,
): Promise<true | null> {
  return db.transaction(async (tx) => {
    const [job] = await tx.execute<{ task: string }>(sql`
      select t.identifier as task
      from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      where j.id = ${id}::bigint and ${isDead} for update of j`);
    if (!job) return null;
    await tx.execute(carryOut(sql`array[${id}::bigint]`));
    await audit(tx, viewer, { action, details: { job: id, task: job.task } });
    return true;
  });
}
