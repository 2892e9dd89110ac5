import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Account } from "./account.server";
import type { Binaries } from "./binaries.server";
import { HERE, POSTGRES_ENV } from "./cluster.server";

export type Log = Pick<Logger, "debug" | "info" | "warn" | "error">;

/** How long a start may be held up by what a crashed server left behind, in ms. */
const PATIENCE = 15_000;

export interface Postmaster {
  pid: number;
  port: number;
  /** Resolves when it has ended, for whatever reason. */
  ended: Promise<void>;
}

interface Launch {
  cluster: string;
  binaries: Binaries;
  account: Account | undefined;
  settings: Record<string, string | number>;
  log: Log;
  /** Ends the start. */
  signal?: AbortSignal;
  /** The port to try first. */
  port?: number;
}

/**
 * Starts PostgreSQL and waits until it takes connections, which after a crash means: until it has
 * recovered. A port that someone else has is exchanged for another.
 */
export async function launchPostmaster(launch: Launch): Promise<Postmaster> {
  const deadline = Date.now() + PATIENCE;
  let wanted = launch.port ?? lastPort(launch.cluster);
  for (;;) {
    launch.signal?.throwIfAborted();
    const port = await freePort(wanted);
    const attempt = await tryLaunch(launch, port);
    if ("ended" in attempt) return attempt;
    // Processes of a postmaster that was killed take a moment to notice it.
    const held = /lock file|shared memory block|Address already in use/.test(attempt.reason);
    if (!held || Date.now() > deadline) {
      throw new Error(`The embedded PostgreSQL does not start: ${attempt.reason}`);
    }
    if (/Address already in use/.test(attempt.reason)) wanted = undefined;
    await sleep(200);
  }
}

async function tryLaunch(launch: Launch, port: number): Promise<Postmaster | { reason: string }> {
  const { binaries, cluster, account, log, signal } = launch;
  const child = spawn(binaries.postgres, ["-D", HERE, ...flags({ ...launch.settings, port })], {
    ...account,
    cwd: cluster,
    env: POSTGRES_ENV,
    stdio: ["ignore", "ignore", "pipe"],
    // A Ctrl-C reaches the whole process group; PostgreSQL has to outlive the web processes.
    detached: true,
  });
  const lines = relayLog(child, log);
  let failure: Error | undefined;
  let running = true;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      running = false;
      resolve();
    };
    // `close` rather than `exit`: by then everything it said has been read.
    child.once("close", end);
    child.once("error", (error) => {
      failure = error;
      end();
    });
  });
  const abort = () => child.kill("SIGINT");
  if (signal?.aborted) abort();
  signal?.addEventListener("abort", abort);
  try {
    while (running && !isReady(cluster, child.pid)) await Promise.race([sleep(20), ended]);
  } finally {
    signal?.removeEventListener("abort", abort);
  }
  if (running && child.pid !== undefined) {
    return { pid: child.pid, port, ended };
  }
  return { reason: failure?.message ?? (lines.join("; ") || "it ended without a word") };
}

/** The eighth line of postmaster.pid says so; pg_ctl looks there as well. */
function isReady(cluster: string, pid: number | undefined): boolean {
  try {
    const lines = readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n");
    return Number(lines[0]) === pid && lines[7]?.trim() === "ready";
  } catch {
    return false;
  }
}

function flags(settings: Record<string, string | number>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** Hands PostgreSQL's log lines to ours, and keeps those that tell why it does not start. */
function relayLog(child: ChildProcess, log: Log): string[] {
  const reasons: string[] = [];
  if (!child.stderr) return reasons;
  createInterface({ input: child.stderr }).on("line", (line) => {
    const level = /^(\w+): {2}/.exec(line)?.[1];
    if (level === "PANIC") log.error(`PostgreSQL: ${line}`);
    else if (level === "FATAL") log.warn(`PostgreSQL: ${line}`);
    else log.debug(`PostgreSQL: ${line}`);
    if (level !== "LOG" || /could not/.test(line)) reasons.push(line.trim());
    if (reasons.length > 5) reasons.shift();
  });
  return reasons;
}

/** The port of the last start: tools that were pointed at it find it again. */
function lastPort(cluster: string): number | undefined {
  try {
    const options = readFileSync(join(cluster, "postmaster.opts"), "utf8");
    return Number(/port=(\d+)/.exec(options)?.[1]) || undefined;
  } catch {
    return undefined;
  }
}

/** `wanted` if it is free on loopback, else one that is. */
async function freePort(wanted = 0): Promise<number> {
  return await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (error) => {
      if (wanted === 0) reject(error);
      else resolve(freePort());
    });
    probe.listen(wanted, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        typeof address === "object" && address
          ? resolve(address.port)
          : reject(new Error("No free port on 127.0.0.1")),
      );
    });
  });
}
