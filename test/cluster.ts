import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clusterFiles } from "~/db/embedded/cluster.server";
import { stopLeftover } from "~/db/embedded/leftover.server";
import { lockCluster } from "~/db/embedded/lock.server";
import { startEmbeddedPostgres } from "~/db/embedded.server";

const PREFIX = "parley-test-";

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * A PostgreSQL for one run of the tests, in a temporary folder that goes with it. Clusters that a
 * killed run left behind go first.
 */
export async function startTestPostgres() {
  await removeLeftovers(PREFIX);
  const dataDir = mkdtempSync(join(tmpdir(), PREFIX));
  const postgres = await startEmbeddedPostgres({
    dataDir,
    log: silent,
    durable: false,
    settings: { max_connections: 200 },
  });
  return {
    url: postgres.url,
    stop: async () => {
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Stops and deletes the clusters in temporary folders `prefix…` whose owner was killed. */
export async function removeLeftovers(prefix: string) {
  for (const name of readdirSync(tmpdir())) {
    if (!name.startsWith(prefix)) continue;
    const files = clusterFiles(join(tmpdir(), name));
    if (!existsSync(files.lock)) continue;
    try {
      const unlock = await lockCluster(files.lock, AbortSignal.timeout(50));
      await stopLeftover(files.cluster, silent);
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
      unlock();
    } catch {
      // A run that is going on, or another user's.
    }
  }
}
