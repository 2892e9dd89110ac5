import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** How long to wait after each way to ask PostgreSQL to stop, in ms. */
const LADDER = [
  { signal: "SIGINT", wait: 10_000 }, // fast: rolls back what is open
  { signal: "SIGQUIT", wait: 5000 }, // immediate: recovers at its next start
  { signal: "SIGKILL", wait: 2000 },
] as const;

/** The process id of the PostgreSQL that runs on this cluster, if one does. */
export function runningPostmaster(cluster: string): number | undefined {
  const pid = recordedPid(cluster);
  return pid !== undefined && worksOn(pid, cluster) ? pid : undefined;
}

/**
 * Takes down a PostgreSQL that outlived the process that had started it. Only for whoever holds
 * the lock of the cluster.
 */
export async function stopLeftover(cluster: string, log: { warn(message: string): void }) {
  const pid = runningPostmaster(cluster);
  if (pid !== undefined) {
    log.warn(`Stopping the PostgreSQL (process ${pid}) that a killed start left behind`);
    await stopPostmaster(pid);
  }
  // After a restart of the machine the recorded id may be some other process's, and PostgreSQL
  // would take that one for a postmaster.
  if (recordedPid(cluster) !== undefined && runningPostmaster(cluster) === undefined) {
    rmSync(join(cluster, "postmaster.pid"), { force: true });
  }
}

/** Stops PostgreSQL, gently first; resolves when it is gone. */
export async function stopPostmaster(pid: number) {
  for (const { signal, wait } of LADDER) {
    if (!send(pid, signal)) return;
    const deadline = Date.now() + wait;
    while (Date.now() < deadline) {
      await sleep(20);
      if (!send(pid, 0)) return;
    }
  }
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

function recordedPid(cluster: string): number | undefined {
  try {
    const pid = Number.parseInt(readFileSync(join(cluster, "postmaster.pid"), "utf8"), 10);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** PostgreSQL works in its data folder, and nothing else does. */
function worksOn(pid: number, cluster: string): boolean {
  try {
    if (process.platform === "linux") {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
    }
    const cwd = execFileSync("lsof", ["-a", "-d", "cwd", "-p", String(pid), "-Fn"], {
      encoding: "utf8",
    });
    return cwd.includes(`\nn${realpathSync(cluster)}\n`);
  } catch {
    return false;
  }
}

/**
 * For a web process whose first process was killed: PostgreSQL ends when its last client has left,
 * and so cuts off no other web process.
 */
export function stopOrphan(cluster: string | undefined) {
  const pid = cluster === undefined ? undefined : runningPostmaster(cluster);
  if (pid !== undefined) send(pid, "SIGTERM");
}
