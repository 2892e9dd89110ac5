import { Counter } from "prom-client";
import { registry } from "~/operations/metrics.server";

export const roomGivenBack = new Counter({
  name: "parley_retention_room_bytes_total",
  help: "Bytes that compaction gave back to the file system, of tables and of indexes",
  labelNames: ["kind"],
  registers: [registry],
});
