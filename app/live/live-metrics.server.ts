import { Counter, Gauge, Histogram } from "prom-client";
import { registry } from "~/operations/metrics.server";

const registers = [registry];

export const streamsOpen = new Gauge({
  name: "parley_streams",
  help: "Open live streams",
  registers,
});

export const streamsOpened = new Counter({
  name: "parley_streams_opened_total",
  help: "Live streams that were opened: new, resumed after a cursor, or told to reload (resync)",
  labelNames: ["how"] as const,
  registers,
});

export const streamsClosed = new Counter({
  name: "parley_streams_closed_total",
  help: "Live streams that ended, by reason",
  labelNames: ["reason"] as const,
  registers,
});

/**
 * From the time in the message's row to the writing of the event: the commit is in it. The row's
 * time is the database's clock; ours is corrected by the difference that the listener measures, so
 * that it is right to half of a round trip (`delivery-latency.server.ts`).
 */
export const deliveryLatency = new Histogram({
  name: "parley_stream_delivery_seconds",
  help: "From a message's row to its event on streams, by who committed it: this process or another",
  labelNames: ["path"] as const,
  buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 60],
  registers,
});

export const readingDuration = new Histogram({
  name: "parley_live_reading_seconds",
  help: "Reading changes that other processes made",
  buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1, 5, 10],
  registers,
});

export const listenerLosses = new Counter({
  name: "parley_listener_lost_total",
  help: "Times that the listening connection was lost and made anew",
  registers,
});

export const listenerUp = new Gauge({
  name: "parley_listener_up",
  help: "1 while notifications are heard",
  registers,
});

export const queueUsage = new Gauge({
  name: "parley_notification_queue_usage",
  help: "Share of PostgreSQL's notification queue in use, 0 to 1; when it is full, sends fail",
  registers,
});

export const foundByLooking = new Counter({
  name: "parley_changes_found_by_looking_total",
  help: "Chats whose change the periodic look found before any notification",
  registers,
});

export const receiptsBatch = new Histogram({
  name: "parley_receipts_batch_size",
  help: "Delivered marks written by one transaction",
  buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000],
  registers,
});
