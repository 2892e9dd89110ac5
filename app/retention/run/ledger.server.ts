import { and, desc, eq, getTableColumns, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { newRowId } from "~/db/row-id.server";
import { retentionRuns, users } from "~/db/schema";
import type { Finding, Place, Run, RunTrigger } from "./run";

/** One that said nothing for so long was killed: a batch takes less than a second. */
const silentMs = 120_000;

type Asked = {
  trigger: RunTrigger;
  startedBy: string | null;
  /** The moment that it is to take for now. */
  asOf: Date;
  isDryRun: boolean;
};

/**
 * Notes that a run begins. There is one at a time over all instances, beside trials, which change
 * nothing; one that was killed makes room.
 *
 * @returns `underWay`: the id of the one that goes on
 */
export async function beginRun(
  db: Db,
  { trigger, startedBy, asOf, isDryRun }: Asked,
): Promise<{ runId: string } | { underWay: string }> {
  const id = newRowId();
  return db.transaction(async (tx) => {
    await tx.execute(sql`
      update retention_runs set state = 'stopped', finished_at = clock_timestamp(),
        error = 'It was killed.'
      where state = 'running' and beat_at < clock_timestamp() - ${silentMs} * interval '1 ms'`);
    const values = { id, trigger, startedBy, asOf, isDryRun };
    const made = await tx
      .insert(retentionRuns)
      .values({ ...values, startedAt: sql`clock_timestamp()`, beatAt: sql`clock_timestamp()` })
      .onConflictDoNothing()
      .returning({ id: retentionRuns.id });
    if (made.length) return { runId: id };
    const [other] = await tx
      .select({ id: retentionRuns.id })
      .from(retentionRuns)
      .where(sql`${retentionRuns.state} = 'running' and not ${retentionRuns.isDryRun}`);
    // The one that was in the way ended meanwhile: nothing was lost, the next one comes by itself.
    return { underWay: other?.id ?? id };
  });
}

/** What a step adds. */
export type Gain = Partial<
  Record<
    "due" | "closed" | "archived" | "deleted" | "held" | "failed" | "messages" | "bytes",
    number
  >
>;

/** The run is not ours any more: it was stopped, or another one took it for dead. */
export class RunEnded extends Error {
  override name = "RunEnded";
}

/**
 * Notes how far a run came, and that it lives.
 *
 * @throws RunEnded
 */
export async function noteProgress(
  db: Db,
  runId: string,
  { gain = {}, place, findings }: { gain?: Gain; place?: Place; findings?: Finding[] },
): Promise<void> {
  const columns = getTableColumns(retentionRuns);
  const added = Object.entries(gain).map(([name, by]) => {
    const column = columns[name as keyof Gain];
    return [name, sql`${column} + ${by}`];
  });
  const noted = await db
    .update(retentionRuns)
    .set({
      ...Object.fromEntries(added),
      ...(place && { place }),
      ...(findings && { findings }),
      beatAt: sql`clock_timestamp()`,
    })
    .where(and(eq(retentionRuns.id, runId), eq(retentionRuns.state, "running")))
    .returning({ id: retentionRuns.id });
  if (noted.length === 0) throw new RunEnded("The run is over");
}

/** Ends a run; one that ended already stays as it ended. */
export async function endRun(
  db: Db,
  runId: string,
  state: "done" | "failed" | "stopped",
  error?: string,
): Promise<void> {
  await db
    .update(retentionRuns)
    .set({ state, error, finishedAt: sql`clock_timestamp()`, beatAt: sql`clock_timestamp()` })
    .where(and(eq(retentionRuns.id, runId), eq(retentionRuns.state, "running")));
}

/** @returns null when there is no such run */
export async function findRun(db: Db, runId: string): Promise<(Run & { place: Place }) | null> {
  const [run] = await select(db).where(eq(retentionRuns.id, runId));
  return run ? toRun(run) : null;
}

/** The latest first. */
export async function listRuns(db: Db, most: number): Promise<Run[]> {
  const rows = await select(db).orderBy(desc(retentionRuns.startedAt)).limit(most);
  return rows.map(toRun);
}

const select = (db: Db) =>
  db
    .select({ run: getTableColumns(retentionRuns), name: users.name })
    .from(retentionRuns)
    .leftJoin(users, eq(users.id, retentionRuns.startedBy));

type Row = { run: typeof retentionRuns.$inferSelect; name: string | null };

function toRun({ run, name }: Row): Run & { place: Place } {
  const { startedBy, asOf, startedAt, beatAt, finishedAt, ...rest } = run;
  return {
    ...rest,
    phase: run.place.phase,
    startedBy: startedBy ? { id: startedBy, name: name ?? "" } : null,
    asOf: asOf.toISOString(),
    startedAt: startedAt.toISOString(),
    beatAt: beatAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
