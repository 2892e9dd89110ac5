import { Counter, collectDefaultMetrics, Gauge } from "prom-client";
import { registry } from "./metrics.server";

/** A database that takes longer is as good as away. */
const patienceMs = 1_000;

/**
 * Measures a web process: event loop, memory, processor, and how long the database takes to answer
 * through the pool, where a send waits as well.
 */
export function watchProcess({ askDatabase }: { askDatabase: () => Promise<unknown> }): void {
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: "parley_web_processes",
    help: "Web processes that answer",
    registers: [registry],
  }).set(1);
  new Gauge({
    name: "parley_database_answer_seconds",
    help: "Until the database answered the shortest query, pool included, as this was read; 1 means longer or never",
    registers: [registry],
    aggregator: "max",
    async collect() {
      this.set(await secondsOf(askDatabase));
    },
  });
}

/** Of the first process. */
export function webProcessCrashes() {
  return new Counter({
    name: "parley_web_process_crashes_total",
    help: "Web processes that ended by themselves",
    registers: [registry],
  });
}

async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("No answer in time")), patienceMs);
  try {
    await Promise.race([run(), late]);
    return (performance.now() - startedAt) / 1000;
  } catch {
    return patienceMs / 1000;
  } finally {
    clearTimeout(timer);
  }
}
