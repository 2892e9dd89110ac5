import { and, eq, isNull, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { filterDryRuns, filterRules, users } from "~/db/schema";
import { audit } from "~/moderation/audit/audit.server";
import { lastDays } from "../days";
import { type DryRun, dryRunDays } from "./dry-run";

/** One that said nothing for so long has no process any more. */
const lost = sql`${filterDryRuns.beatAt} < now() - interval '30 seconds'`;

const isRunning = eq(filterDryRuns.state, "running");

/**
 * Begins to try the newest version of a rule on what was sent in the last days, and returns before
 * that is done.
 *
 * @param run does it, from then on
 * @returns null when there is no such rule, or not any more; `busy`: another one runs somewhere
 */
export async function startDryRun(
  db: Db,
  viewer: Viewer,
  ruleId: string,
  run: (dryRunId: string) => void,
): Promise<{ dryRunId: string } | { refused: "busy" } | null> {
  const started = await db.transaction(async (tx) => {
    const [rule] = await tx
      .select({ version: filterRules.version })
      .from(filterRules)
      .where(and(eq(filterRules.id, ruleId), isNull(filterRules.removedAt)));
    if (!rule) return null;
    await tx
      .update(filterDryRuns)
      .set({ state: "failed", endedAt: sql`now()` })
      .where(and(isRunning, lost));
    const { version } = rule;
    const [row] = await tx
      .insert(filterDryRuns)
      .values({ ruleId, version, startedBy: viewer.id })
      .onConflictDoNothing()
      .returning({ dryRunId: filterDryRuns.id });
    if (!row) return { refused: "busy" as const };
    await audit(tx, viewer, { action: "rule.tried", details: { rule: ruleId, version } });
    return row;
  });
  if (started && "dryRunId" in started) run(started.dryRunId);
  return started;
}

/** Stops the dry run of a rule wherever it runs; what it found until then stays. */
export async function cancelDryRun(db: Db, ruleId: string): Promise<void> {
  await db
    .update(filterDryRuns)
    .set({ state: "cancelled", endedAt: sql`now()` })
    .where(and(isRunning, eq(filterDryRuns.ruleId, ruleId)));
}

/** The last dry run of a rule, of whatever version; null when there was none. */
export async function readDryRun(db: Db, ruleId: string): Promise<DryRun | null> {
  const [row] = await db
    .select({
      run: filterDryRuns,
      startedBy: users.name,
      isLost: sql<boolean>`${isRunning} and ${lost}`,
    })
    .from(filterDryRuns)
    .innerJoin(users, eq(users.id, filterDryRuns.startedBy))
    .where(eq(filterDryRuns.ruleId, ruleId))
    .orderBy(sql`${filterDryRuns.startedAt} desc`)
    .limit(1);
  if (!row) return null;
  const { run, startedBy, isLost } = row;
  const { id, version, messages, hits, byDay, chats, chatsDone } = run;
  // The first of its days began within the last of them.
  const days = lastDays(dryRunDays + 1, run.startedAt);
  return {
    id,
    version,
    state: isLost ? "lost" : run.state,
    startedBy,
    startedAt: run.startedAt.toISOString(),
    endedAt: run.endedAt?.toISOString() ?? null,
    progress: run.state === "done" ? 1 : chatsDone / Math.max(1, chats),
    messages,
    hits,
    days: days.map((day) => ({ day, hits: byDay[day] ?? 0 })),
    samples: run.samples.length,
  };
}
