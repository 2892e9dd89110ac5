import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { postgresAccount } from "~/db/embedded/account.server";
import { postgresBinaries } from "~/db/embedded/binaries.server";
import { clusterFiles, ensureCluster, ROLE } from "~/db/embedded/cluster.server";
import { stopPostmaster } from "~/db/embedded/leftover.server";
import { lockCluster } from "~/db/embedded/lock.server";
import { launchPostmaster, type Postmaster } from "~/db/embedded/postmaster.server";
import { removeLeftovers } from "../test/cluster";

const PREFIX = "parley-chaos-";
const DATABASE = "parley";
const silent = { debug() {}, info() {}, warn() {}, error() {} };

export type Settings = Record<string, string | number>;

/**
 * A PostgreSQL that the suite alone starts and stops; it commits as durably as a production server.
 * Its data is in a temporary folder, and goes with `close`.
 */
export async function makePostgres() {
  await removeLeftovers(PREFIX);
  const dataDir = mkdtempSync(join(tmpdir(), PREFIX));
  const files = clusterFiles(dataDir);
  const unlock = await lockCluster(files.lock);
  const account = postgresAccount(files.cluster);
  const binaries = postgresBinaries(account);
  const options = { dataDir, binaries, account, durable: true, signal: undefined };
  const password = await ensureCluster(options);
  const port = await findPort();
  const server = `postgres://${ROLE}:${password}@127.0.0.1:${port}`;
  let running: Postmaster | undefined;
  let current: Settings = {};

  /** Starts it, with the settings of the last start unless others are given. */
  async function start(settings = current) {
    current = settings;
    running = await launchPostmaster({
      cluster: files.cluster,
      binaries,
      account,
      log: silent,
      port,
      settings: {
        listen_addresses: "127.0.0.1",
        unix_socket_directories: "",
        max_connections: 100,
        log_min_messages: "panic",
        ...settings,
      },
    });
    if (running.port !== port) throw new Error(`Port ${port} was taken from PostgreSQL`);
  }

  /** `SIGQUIT` is its immediate stop: as good as a crash. `SIGINT` is the fast one. */
  async function stop(signal: "SIGQUIT" | "SIGINT" = "SIGQUIT") {
    if (!running) return;
    const { pid, ended } = running;
    running = undefined;
    process.kill(pid, signal);
    await ended;
  }

  async function close() {
    if (running) await stopPostmaster(running.pid);
    running = undefined;
    unlock();
    rmSync(dataDir, { recursive: true, force: true });
  }

  try {
    await start();
    const sql = postgres(`${server}/postgres`, { max: 1, onnotice: () => {} });
    await sql`create database ${sql(DATABASE)}`.finally(() => sql.end());
  } catch (failure) {
    await close();
    throw failure;
  }
  const url = `${server}/${DATABASE}`;
  return { url, dataDir, start, stop, close, settings: () => current };
}

/**
 * A port below those that the kernel gives to outgoing connections: whoever tries for 45 s to reach
 * a server that is away would else be connected to himself some time, and keep the port.
 */
export async function findPort(): Promise<number> {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const isFree = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once("error", () => resolve(false));
      probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}
