import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { clusterFiles } from "~/db/embedded/cluster.server";
import { stopLeftover } from "~/db/embedded/leftover.server";
import { lockCluster } from "~/db/embedded/lock.server";
import { startEmbeddedPostgres } from "~/db/embedded.server";
import { migrate } from "~/db/migrate.server";

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** Durable: fsync and synchronous_commit stay on. The rest keeps checkpoints out of short runs. */
const settings = {
  max_connections: 200,
  shared_buffers: "1GB",
  max_wal_size: "8GB",
  checkpoint_timeout: "30min",
};

const PREFIX = "parley-bench-postgres-";

export type BenchPostgres = Awaited<ReturnType<typeof startBenchPostgres>>;

/** One PostgreSQL for all that is compared, in a temporary folder that goes with it. */
export async function startBenchPostgres() {
  await removeLeftovers();
  const dataDir = mkdtempSync(join(tmpdir(), PREFIX));
  const server = await startEmbeddedPostgres({ dataDir, log: silent, settings });
  const sql = postgres(server.url, { max: 1, onnotice: () => {} });
  const [{ version } = { version: "" }] = await sql<{ version: string }[]>`
    select current_setting('server_version') as version`;

  /**
   * A database with Parley's schema.
   *
   * @param commitDelay microseconds that each flush to disk takes longer, as on a network disk
   */
  async function makeDatabase({ commitDelay = 0 }: { commitDelay?: number } = {}) {
    const name = `bench_${randomUUID().replaceAll("-", "")}`;
    await sql`create database ${sql(name)}`;
    if (commitDelay) {
      await sql.unsafe(`alter database ${name} set commit_delay = ${commitDelay}`);
      // By default a commit waits only while five other transactions are open.
      await sql.unsafe(`alter database ${name} set commit_siblings = 0`);
    }
    const url = new URL(`/${name}`, server.url).href;
    await migrate(url);
    const drop = async () => void (await sql`drop database ${sql(name)} with (force)`);
    return { url, drop };
  }

  async function stop() {
    await sql.end();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }

  /** Writes what is due to disk now, so that no run pays for an earlier one. */
  const checkpoint = async () => void (await sql`checkpoint`);
  return { version, dataDir, pid: () => server.pid, makeDatabase, checkpoint, stop };
}

/** What a run that was killed left behind: it may be tens of gigabytes, and still running. */
async function removeLeftovers(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((name) => name.startsWith(PREFIX))) {
    const dataDir = join(tmpdir(), name);
    const files = clusterFiles(dataDir);
    if (!existsSync(files.lock)) continue;
    try {
      const unlock = await lockCluster(files.lock, AbortSignal.timeout(50));
      await stopLeftover(files.cluster, silent);
      rmSync(dataDir, { recursive: true, force: true });
      unlock();
    } catch {
      // A run that is going on, or another user's.
    }
  }
}

/** How long one commit takes when nothing else goes on: what the disk costs. Median, in ms. */
export async function measureCommit(url: string): Promise<number> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const times: number[] = [];
  await sql`create table if not exists commits (at timestamptz)`;
  for (let index = 0; index < 200; index++) {
    const before = performance.now();
    await sql`insert into commits values (now())`;
    times.push(performance.now() - before);
  }
  await sql`drop table commits`;
  await sql.end();
  return times.sort((a, b) => a - b)[100] ?? Number.NaN;
}
