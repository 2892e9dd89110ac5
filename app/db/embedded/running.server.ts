import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { clusterFiles, ROLE } from "./cluster.server";
import { runningPostmaster } from "./leftover.server";

/** The database that the embedded PostgreSQL keeps everything in. */
export const DATABASE = "parley";

/** Whether there is a cluster to start. */
export function hasCluster(dataDir: string): boolean {
  return existsSync(join(clusterFiles(dataDir).cluster, "PG_VERSION"));
}

/** Where another process's embedded PostgreSQL takes connections; null when none runs. */
export function runningUrl(dataDir: string): string | null {
  const { cluster, password } = clusterFiles(dataDir);
  if (runningPostmaster(cluster) === undefined) return null;
  try {
    // https://www.postgresql.org/docs/current/storage-file-layout.html: the fourth line is the port.
    const port = Number(readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n")[3]);
    return `postgres://${ROLE}:${readFileSync(password, "utf8")}@127.0.0.1:${port}/${DATABASE}`;
  } catch {
    return null;
  }
}
