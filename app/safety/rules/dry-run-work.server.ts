import { and, eq, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { filterDryRuns, filterRuleVersions } from "~/db/schema";
import { prepare } from "../prepare";
import { type CompiledRule, compileRule } from "../rule";
import { mostSamples } from "./dry-run";
import { ruleOf } from "./rule-of.server";
import { countSentChats, type SentMessage, sentMessages } from "./sent-messages.server";

type DryRunPace = {
  /** Sends of this process go on after so long at most, in ms. */
  sliceMs: number;
  /** For each ms of work so many of rest, because there is one core for all that a process does. */
  rest: number;
  /** Then it ends with what it has. */
  longestMs: number;
};

const calmPace: DryRunPace = { sliceMs: 4, rest: 2, longestMs: 30 * 60_000 };

/** What is known so far. */
class Findings {
  chatsDone = 0;
  messages = 0;
  hits = 0;
  readonly byDay: Record<string, number> = {};
  readonly samples: string[] = [];

  /** Each hit has the same chance to be among the samples. */
  hit({ id, day }: SentMessage): void {
    this.hits += 1;
    this.byDay[day] = (this.byDay[day] ?? 0) + 1;
    const at = Math.floor(Math.random() * this.hits);
    if (this.samples.length < mostSamples) this.samples.push(id);
    else if (at < mostSamples) this.samples[at] = id;
  }
}

/**
 * Goes through what was sent, until it is through, its time is up, or its row says that it does not
 * run any more: because it was cancelled, or was taken for lost while this process stood still.
 *
 * @throws what the database throws; the row says then that it failed, if that can be written
 */
export async function workDryRun(db: Db, dryRunId: string, pace = calmPace): Promise<void> {
  try {
    const isThrough = await goThrough(db, dryRunId, pace);
    await end(db, dryRunId, isThrough ? "done" : "late");
  } catch (error) {
    await end(db, dryRunId, "failed").catch(() => {});
    throw error;
  }
}

/** @returns whether nothing is left */
async function goThrough(db: Db, dryRunId: string, pace: DryRunPace): Promise<boolean> {
  const compiled = compileRule(await readTriedRule(db, dryRunId));
  const findings = new Findings();
  const until = performance.now() + pace.longestMs;
  const chats = await countSentChats(db);
  if (!(await tell(db, dryRunId, findings, chats))) return false;
  let from = performance.now();
  for await (const part of sentMessages(db)) {
    findings.chatsDone += part.chats;
    await judgeAll(part.messages, compiled, findings, pace.sliceMs);
    if (!(await tell(db, dryRunId, findings))) return false;
    const now = performance.now();
    if (now > until) return false;
    await new Promise((resolve) => setTimeout(resolve, (now - from) * pace.rest));
    from = performance.now();
  }
  return true;
}

async function judgeAll(
  messages: SentMessage[],
  { rule, find }: CompiledRule,
  findings: Findings,
  sliceMs: number,
): Promise<void> {
  let from = performance.now();
  for (const message of messages) {
    findings.messages += 1;
    const isMeant = rule.stages.includes(message.stage);
    if (isMeant && find(prepare(message.text)).length > 0) findings.hit(message);
    if (performance.now() - from < sliceMs) continue;
    await new Promise((resolve) => setImmediate(resolve));
    from = performance.now();
  }
}

async function readTriedRule(db: Db, dryRunId: string) {
  const [row] = await db
    .select({ version: filterRuleVersions })
    .from(filterDryRuns)
    .innerJoin(
      filterRuleVersions,
      and(
        eq(filterRuleVersions.ruleId, filterDryRuns.ruleId),
        eq(filterRuleVersions.version, filterDryRuns.version),
      ),
    )
    .where(eq(filterDryRuns.id, dryRunId));
  if (!row) throw new Error(`There is no dry run ${dryRunId}`);
  return ruleOf(row.version);
}

/** Says that it still runs, and what is known. @returns false when it should not run any more */
async function tell(
  db: Db,
  dryRunId: string,
  { chatsDone, messages, hits, byDay, samples }: Findings,
  chats?: number,
): Promise<boolean> {
  const rows = await db
    .update(filterDryRuns)
    .set({ beatAt: sql`now()`, chats, chatsDone, messages, hits, byDay, samples })
    .where(and(eq(filterDryRuns.id, dryRunId), eq(filterDryRuns.state, "running")))
    .returning({ id: filterDryRuns.id });
  return rows.length > 0;
}

async function end(db: Db, dryRunId: string, state: "done" | "late" | "failed"): Promise<void> {
  await db
    .update(filterDryRuns)
    .set({ state, endedAt: sql`now()` })
    .where(and(eq(filterDryRuns.id, dryRunId), eq(filterDryRuns.state, "running")));
}
