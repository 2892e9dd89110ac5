import { sql } from "drizzle-orm";
import { Counter, Gauge, Histogram } from "prom-client";
import type { Db } from "~/db/client.server";
import { registry } from "~/operations/metrics.server";

const registers = [registry];

export const chatsDone = new Counter({
  name: "parley_retention_chats_total",
  help: "Chats that retention came to, by what became of them",
  labelNames: ["outcome"],
  registers,
});

export const messagesDone = new Counter({
  name: "parley_retention_messages_total",
  help: "Messages whose rows retention moved or deleted, by what became of their chat",
  labelNames: ["outcome"],
  registers,
});

export const stepSeconds = new Histogram({
  name: "parley_retention_batch_seconds",
  help: "How long one batch of retention took, by the step that it belongs to",
  labelNames: ["step"],
  buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5],
  registers,
});

export const restSeconds = new Counter({
  name: "parley_retention_rest_seconds_total",
  help: "How long retention and compaction left the database to others: for their share of the time, or because it was busy",
  labelNames: ["why"],
  registers,
});

/** 1 while the database is at ease. */
export const slowdown = new Gauge({
  name: "parley_retention_slowdown",
  help: "How many times longer retention rests than at ease, when it last looked",
  aggregator: "max",
  registers,
});

/** Of the whole system: each process says the same. */
const lastRunAge = new Gauge({
  name: "parley_retention_last_run_age_seconds",
  help: "How long ago retention was last done to its end; -1 before the first time",
  aggregator: "max",
  registers,
});

export async function noteLastRun(db: Db): Promise<void> {
  const [row] = await db.execute<{ age: number | null }>(sql`
    select extract(epoch from clock_timestamp() - max(finished_at))::float8 as age
    from retention_runs where state = 'done' and not is_dry_run`);
  lastRunAge.set(row?.age ?? -1);
}
