import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { MetricSamples } from "./metric-samples";

/** Half, nearly all and all but one in a hundred were below these; in seconds, null before the first. */
export type Spread = { p50: number | null; p95: number | null; p99: number | null };

/** How the running program does; counts are since it started. */
export type LiveFigures = {
  streams: number;
  streamsOpened: number;
  streamsClosed: { reason: string; count: number }[];
  webProcesses: number;
  crashes: number;
  deliveryOwn: Spread;
  deliveryOthers: Spread;
  commit: Spread;
  request: Spread;
  listenersUp: number;
  listenerLosses: number;
  foundByLooking: number;
  /** Share of PostgreSQL's queue of notifications in use, from 0 to 1. */
  queueUsage: number;
  databaseSeconds: number;
  eventLoopLagP99: number;
  residentBytes: number;
  /** Web processes of all starts, on all machines, that listen to this database. */
  instances: { id: number; address: string; since: string }[];
};

/** @param text the metrics of all web processes of this start */
export async function readLiveFigures(db: Db, text: string): Promise<LiveFigures> {
  const metrics = new MetricSamples(text);
  const spread = (name: string, labels?: Record<string, string>): Spread => ({
    p50: metrics.quantile(name, 0.5, labels),
    p95: metrics.quantile(name, 0.95, labels),
    p99: metrics.quantile(name, 0.99, labels),
  });
  return {
    streams: metrics.sum("parley_streams"),
    streamsOpened: metrics.sum("parley_streams_opened_total"),
    streamsClosed: [...metrics.by("parley_streams_closed_total", "reason")]
      .map(([reason, count]) => ({ reason, count }))
      .sort((a, b) => b.count - a.count),
    webProcesses: metrics.sum("parley_web_processes"),
    crashes: metrics.sum("parley_web_process_crashes_total"),
    deliveryOwn: spread("parley_stream_delivery_seconds", { path: "own" }),
    deliveryOthers: spread("parley_stream_delivery_seconds", { path: "others" }),
    commit: spread("parley_send_commit_seconds"),
    request: spread("parley_http_request_duration_seconds"),
    listenersUp: metrics.sum("parley_listener_up"),
    listenerLosses: metrics.sum("parley_listener_lost_total"),
    foundByLooking: metrics.sum("parley_changes_found_by_looking_total"),
    queueUsage: metrics.sum("parley_notification_queue_usage"),
    databaseSeconds: metrics.sum("parley_database_answer_seconds"),
    eventLoopLagP99: metrics.sum("nodejs_eventloop_lag_p99_seconds"),
    residentBytes: metrics.sum("process_resident_memory_bytes"),
    instances: await listInstances(db),
  };
}

async function listInstances(db: Db): Promise<LiveFigures["instances"]> {
  const rows = await db.execute<{ pid: number; address: string | null; since: string }>(sql`
    select pid, host(client_addr) as address, to_json(backend_start) #>> '{}' as since
    from pg_stat_activity
    where application_name = 'parley listener' and datname = current_database()
    order by backend_start`);
  return rows.map(({ pid, address, since }) => ({
    id: pid,
    address: address ?? "",
    since: new Date(since).toISOString(),
  }));
}
