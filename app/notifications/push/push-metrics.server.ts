import { Counter } from "prom-client";
import { registry } from "~/operations/metrics.server";

/** What became of a push. */
export type PushOutcome = "taken" | "gone" | "refused" | "later" | "unreachable" | "unknown";

export const pushes = new Counter({
  name: "parley_pushes_total",
  help: "Pushes by what their push service made of them",
  labelNames: ["outcome"] as const,
  registers: [registry],
});
