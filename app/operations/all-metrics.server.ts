import type { MetricsMessage } from "./gathered-metrics.server";
import { registry } from "./metrics.server";

/** The first process gives up on a hanging neighbour before this. In ms. */
const patienceMs = 5_000;

const wanted = new Map<number, (text: string) => void>();
let asked = 0;

/** Tells the first process this one's metrics whenever it asks. */
export function tellMetrics(): void {
  process.on("message", async (message: MetricsMessage) => {
    if (message?.type === "metrics-gathered") wanted.get(message.id)?.(message.text);
    if (message?.type !== "metrics-asked") return;
    const metrics = await registry.getMetricsAsJSON();
    tell({ type: "metrics-told", id: message.id, metrics });
  });
}

/**
 * The metrics of all web processes of this start, in the text format of Prometheus.
 *
 * @throws when the first process does not answer
 */
export async function readAllMetrics(): Promise<string> {
  const id = ++asked;
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const late = setTimeout(() => reject(new Error("The first process gave no metrics")), patienceMs);
  wanted.set(id, resolve);
  tell({ type: "metrics-wanted", id });
  try {
    return await promise;
  } finally {
    clearTimeout(late);
    wanted.delete(id);
  }
}

function tell(message: MetricsMessage): void {
  if (process.connected) process.send?.(message);
}
