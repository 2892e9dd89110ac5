import { Counter, Histogram } from "prom-client";
import { registry } from "~/operations/metrics.server";

const registers = [registry];

export const batchSizes = new Histogram({
  name: "parley_send_batch_messages",
  help: "Messages that were committed together",
  buckets: [1, 2, 5, 10, 20, 50, 100, 200],
  registers,
});

export const commitSeconds = new Histogram({
  name: "parley_send_commit_seconds",
  help: "From giving a batch to PostgreSQL until it said that it is committed",
  buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers,
});

export const repeatedSends = new Counter({
  name: "parley_send_repeats_total",
  help: "Sends that were answered with the message that their client id had stored before",
  registers,
});

export const sendsAlone = new Counter({
  name: "parley_send_alone_total",
  help: "Sends that left their batch for a transaction of their own",
  registers,
});
