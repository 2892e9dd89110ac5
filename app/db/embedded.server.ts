import { accessSync, constants, mkdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import postgres from "postgres";
import { StartupError } from "~/operations/startup-error.server";
import { postgresAccount } from "./embedded/account.server";
import { postgresBinaries } from "./embedded/binaries.server";
import { clusterFiles, ensureCluster, ROLE } from "./embedded/cluster.server";
import { stopLeftover, stopPostmaster } from "./embedded/leftover.server";
import { lockCluster } from "./embedded/lock.server";
import { type Log, launchPostmaster } from "./embedded/postmaster.server";
import { DATABASE } from "./embedded/running.server";

const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: 100,
  // Statements are prepared and short: compiling them costs more than it saves.
  jit: "off",
  log_line_prefix: "",
  log_checkpoints: "off",
  // What goes wrong in a query is for the process that sent it to log. PostgreSQL itself would
  // quote the row, and a message must not reach a log.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
};

/** For tests: nothing has to outlive a crash of the machine. */
const VOLATILE = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

interface Options {
  /** Folder that keeps the cluster; made when it is not there. */
  dataDir: string;
  log: Log;
  /** false: faster, and lost when the machine dies. */
  durable?: boolean;
  /** More PostgreSQL settings, as in postgresql.conf. */
  settings?: Record<string, string | number>;
  /** Ends a start that is under way. */
  signal?: AbortSignal;
}

export interface EmbeddedPostgres {
  /** Connects as the superuser; it stays the same while this process lives. Holds the password. */
  url: string;
  /** The process id of the postmaster, which changes when it had to be started again. */
  readonly pid: number;
  /** Rejects when PostgreSQL ended by itself and could not be started again. */
  lost: Promise<never>;
  /** Rolls back what is open, writes everything to disk and ends within about a second. */
  stop(): Promise<void>;
}

/**
 * Starts the PostgreSQL that came with `npm ci` on `dataDir`, and starts it again if it dies. What
 * an earlier start left behind (a half-made cluster, a postmaster without its parent) is put right.
 *
 * @throws StartupError if another process uses `dataDir`, or PostgreSQL cannot run here
 */
export async function startEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const { log, durable = true, settings = {}, signal } = options;
  const dataDir = openDataDir(options.dataDir);
  const files = clusterFiles(dataDir);
  const unlock = await lockCluster(files.lock, signal);
  try {
    const account = postgresAccount(files.cluster);
    const binaries = postgresBinaries(account);
    const password = await ensureCluster({ dataDir, binaries, account, durable, signal });
    await stopLeftover(files.cluster, log);
    const launch = {
      cluster: files.cluster,
      binaries,
      account,
      log,
      settings: { ...SETTINGS, ...(durable ? {} : VOLATILE), ...settings },
    };
    let postmaster = await launchPostmaster({ ...launch, signal });
    const { port } = postmaster;
    const stopping = new AbortController();

    const keepRunning = async () => {
      for (;;) {
        await postmaster.ended;
        if (stopping.signal.aborted) return;
        log.error("PostgreSQL ended by itself; starting it again");
        postmaster = await launchPostmaster({ ...launch, port, signal: stopping.signal });
        if (postmaster.port !== port) throw new Error(`Port ${port} of PostgreSQL was taken`);
        if (stopping.signal.aborted) await stopPostmaster(postmaster.pid);
      }
    };
    const kept = keepRunning();
    const stop = async () => {
      stopping.abort();
      await stopPostmaster(postmaster.pid);
      await kept.catch(() => {});
      unlock();
    };
    const server = `postgres://${ROLE}:${password}@127.0.0.1:${port}`;
    try {
      await ensureDatabase(`${server}/postgres`);
    } catch (failure) {
      await stop();
      throw failure;
    }
    return {
      url: `${server}/${DATABASE}`,
      get pid() {
        return postmaster.pid;
      },
      lost: kept.then(
        () => new Promise<never>(() => {}),
        (failure) => {
          if (stopping.signal.aborted) return new Promise<never>(() => {});
          throw failure;
        },
      ),
      stop,
    };
  } catch (failure) {
    unlock();
    throw failure;
  }
}

async function ensureDatabase(url: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [there] = await sql`select 1 from pg_database where datname = ${DATABASE}`;
    if (!there) await sql`create database ${sql(DATABASE)}`;
  } finally {
    await sql.end();
  }
}

function openDataDir(path: string): string {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (failure) {
    const reason = failure instanceof Error && "code" in failure ? failure.code : failure;
    throw new StartupError(
      `DATA_DIR: cannot write to ${path} (${reason}); give a folder of your own, for example DATA_DIR=.data`,
    );
  }
  const dataDir = realpathSync(path);
  const owner = statSync(join(dataDir, "postgres"), { throwIfNoEntry: false })?.uid;
  const me = process.getuid?.();
  if (owner !== undefined && me !== undefined && me !== 0 && owner !== me) {
    throw new StartupError(
      `DATA_DIR: the database in ${dataDir} belongs to user id ${owner}, and this is ${me}; start as that user (or as root), or give another folder, for example DATA_DIR=.data-2`,
    );
  }
  return dataDir;
}
