import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import type { QueueFigures } from "./queue";

/** What a worker's connections are called in PostgreSQL's list, so that others see it is there. */
export const workerName = (workerId: string): string => `parley worker ${workerId}`;

/** Workers that have jobs and no connection: their process is gone, and nobody does those jobs. */
export async function listLost(db: Db): Promise<string[]> {
  const rows = await db.execute<{ worker: string }>(sql`
    select distinct locked_by as worker from graphile_worker.jobs
    where locked_by is not null and not exists (
      select from pg_stat_activity
      where datname = current_database() and application_name = ${workerName("")} || locked_by)`);
  return rows.map(({ worker }) => worker);
}

/** Gives the jobs of lost workers to the others, as another attempt, at once. */
export async function takeBack(db: Db, workerIds: string[]): Promise<void> {
  await db.execute(sql`
    select graphile_worker.force_unlock_workers(
      array(select json_array_elements_text(${JSON.stringify(workerIds)}::json)))`);
}

export async function countJobs(db: Db): Promise<QueueFigures> {
  const [figures] = await db.execute<QueueFigures>(sql`
    select count(*) filter (where waits and run_at > now() - interval '1 minute')::int as waiting,
      count(*) filter (where waits and run_at <= now() - interval '1 minute')::int as late,
      count(*) filter (where locked_at is not null)::int as running,
      count(*) filter (where locked_at is null and not waits)::int as dead
    from (
      select run_at, locked_at, locked_at is null and attempts < max_attempts as waits
      from graphile_worker.jobs
    ) j`);
  return figures ?? { waiting: 0, late: 0, running: 0, dead: 0 };
}

/** Few enough that a statement takes no longer than others. */
const sweptAtOnce = 5_000;

/** Forgets deliveries that nobody will ask for again. @returns how many */
export async function sweepDeliveries(db: Db): Promise<number> {
  for (let swept = 0; ; ) {
    const [gone] = await db.execute<{ count: number }>(sql`
      with gone as (
        delete from deliveries where key in (
          select key from deliveries where at < now() - interval '30 days'
          order by at limit ${sweptAtOnce} for update skip locked)
        returning 1)
      select count(*)::int from gone`);
    swept += gone?.count ?? 0;
    if ((gone?.count ?? 0) < sweptAtOnce) return swept;
  }
}
