import { Counter, Gauge, Histogram } from "prom-client";
import { registry } from "~/operations/metrics.server";

const registers = [registry];

export const jobSeconds = new Histogram({
  name: "parley_job_seconds",
  help: "How long an attempt at a job took, by its task and by whether it succeeded",
  labelNames: ["task", "outcome"],
  buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60],
  registers,
});

export const unknownDeliveries = new Counter({
  name: "parley_deliveries_unknown_total",
  help: "Mails and pushes that were handed over and never answered: they are not sent again",
  labelNames: ["channel"],
  registers,
});

/** Of the whole queue: each process says the same. */
export const jobsInQueue = new Gauge({
  name: "parley_jobs",
  help: "Jobs in the queue: waiting for their time, late by more than a minute, running, or dead",
  labelNames: ["state"],
  aggregator: "max",
  registers,
});
