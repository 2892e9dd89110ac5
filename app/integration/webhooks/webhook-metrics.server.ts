import { Counter, Gauge } from "prom-client";
import { registry } from "~/operations/metrics.server";

const registers = [registry];

export const webhookAttempts = new Counter({
  name: "parley_webhook_attempts_total",
  help: "Attempts to tell a webhook endpoint something, by how they ended",
  labelNames: ["outcome"],
  registers,
});

/** Of the whole database: each process says the same. */
export const webhooksWaiting = new Gauge({
  name: "parley_webhooks_waiting",
  help: "What webhook endpoints are still to be told",
  aggregator: "max",
  registers,
});

export const oldestWebhookSeconds = new Gauge({
  name: "parley_webhook_oldest_waiting_seconds",
  help: "For how long what waits for longest has waited to be told to a webhook endpoint",
  aggregator: "max",
  registers,
});
