import { execFileSync, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { StartupError } from "~/operations/startup-error.server";
import type { Account } from "./account.server";
import type { Binaries } from "./binaries.server";

/** The superuser of the embedded cluster. */
export const ROLE = "parley";

/** Files of the embedded PostgreSQL in DATA_DIR. */
export function clusterFiles(dataDir: string) {
  return {
    cluster: join(dataDir, "postgres"),
    unfinished: join(dataDir, "postgres.unfinished"),
    password: join(dataDir, "postgres.password"),
    lock: join(dataDir, "postgres.lock"),
  };
}

/**
 * How PostgreSQL is told where its data is. Linux lets it keep working in a folder whose parents
 * its account may not enter, if it starts there and never names them.
 */
export const HERE = process.platform === "linux" ? "/proc/self/cwd" : ".";

/** A clean environment: PGDATA, PGPORT and the like would change what the programs do. */
export const POSTGRES_ENV: NodeJS.ProcessEnv = {
  NODE_ENV: process.env.NODE_ENV,
  PATH: process.env.PATH,
  TZ: "UTC",
};

interface Options {
  dataDir: string;
  binaries: Binaries;
  account: Account | undefined;
  durable: boolean;
  signal: AbortSignal | undefined;
}

/**
 * Makes the cluster unless it is there, and returns its password. It is made in a folder of its
 * own and renamed when finished, so that one that was interrupted is never taken for a whole one.
 * @throws StartupError for a cluster that this version or user cannot open
 */
export async function ensureCluster(options: Options): Promise<string> {
  const files = clusterFiles(options.dataDir);
  if (!existsSync(join(files.cluster, "PG_VERSION"))) return await makeCluster(options);
  const major = readFileSync(join(files.cluster, "PG_VERSION"), "utf8").trim();
  if (major !== options.binaries.major) {
    throw new StartupError(
      `DATA_DIR holds data of PostgreSQL ${major}, and this is PostgreSQL ${options.binaries.major}: dump it with the version that wrote it, or set DATABASE_URL (docs/operating.md says how)`,
    );
  }
  if (options.account && statSync(files.cluster).uid === 0)
    giveAway(files.cluster, options.account);
  if (!existsSync(files.password)) {
    throw new StartupError(
      `${files.password} is missing, and without it the database in DATA_DIR cannot be opened: put it back from a backup`,
    );
  }
  return readFileSync(files.password, "utf8");
}

async function makeCluster(options: Options): Promise<string> {
  const { account, dataDir, signal } = options;
  const files = clusterFiles(dataDir);
  // An initdb whose parent was killed may still be writing there.
  rmSync(files.unfinished, { recursive: true, force: true, maxRetries: 5 });
  const fresh = join(files.unfinished, "data");
  mkdirSync(fresh, { recursive: true, mode: 0o700 });
  const password = randomBytes(24).toString("base64url");
  const passwordFile = join(files.unfinished, "password");
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) {
    giveAway(files.unfinished, account);
  }
  await initdb(options, fresh);
  writeFileSync(files.password, password, { mode: 0o600 });
  signal?.throwIfAborted();
  renameSync(fresh, files.cluster);
  rmSync(files.unfinished, { recursive: true, force: true });
  return password;
}

async function initdb({ binaries, account, durable, signal }: Options, fresh: string) {
  const args = (ctype: string) => [
    `--pgdata=${HERE}`,
    "--pwfile=../password",
    `--username=${ROLE}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--data-checksums",
    // Order and case by code point: the same on every machine and for ever, so that an upgrade of
    // the system's libraries never damages an index.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    // Text search still asks the system which characters are letters.
    `--lc-ctype=${ctype}`,
    "--text-search-config=simple",
    "--no-instructions",
    ...(durable ? [] : ["--no-sync"]),
  ];
  const attempt = (ctype: string) =>
    runToEnd(binaries.initdb, args(ctype), { cwd: fresh, account, signal });
  let { ok, said } = await attempt("C.UTF-8");
  if (!ok && /invalid locale name/.test(said)) ({ ok, said } = await attempt("C"));
  if (ok) return;
  const reason = said.trim().split("\n").join("; ");
  throw new StartupError(`DATA_DIR: the embedded PostgreSQL could not be set up: ${reason}`);
}

/** Resolves when the program and all that it has started are gone, also after an abort. */
async function runToEnd(
  program: string,
  args: string[],
  { cwd, account, signal }: { cwd: string; account?: Account; signal?: AbortSignal },
): Promise<{ ok: boolean; said: string }> {
  const child = spawn(program, args, {
    ...account,
    cwd,
    env: POSTGRES_ENV,
    stdio: ["ignore", "ignore", "pipe"],
    detached: true,
  });
  const abort = () => child.pid !== undefined && process.kill(-child.pid, "SIGKILL");
  signal?.addEventListener("abort", abort);
  if (signal?.aborted) abort();
  let said = "";
  child.stderr.on("data", (part) => {
    said += part;
  });
  child.on("error", (error) => {
    said += error.message;
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  signal?.removeEventListener("abort", abort);
  signal?.throwIfAborted();
  return { ok: code === 0, said };
}

function giveAway(path: string, { uid, gid }: Account) {
  execFileSync("chown", ["-R", `${uid}:${gid}`, path]);
}
