import { Histogram } from "prom-client";
import { registry } from "~/operations/metrics.server";

export const tailSeconds = new Histogram({
  name: "parley_message_tail_seconds",
  help: "For looking through the messages that came, for whom to tell outside of the pages",
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
  registers: [registry],
});
