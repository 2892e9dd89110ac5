import { readFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { StartupError } from "~/operations/startup-error.server";

/** How long a server that is just stopping may take to let go, in ms. */
const PATIENCE = 3000;

/**
 * Makes this process the only one that uses the embedded cluster. It is a lock of the kernel on a
 * file (SQLite is the one way to it that Node has), so that it is gone with its process however
 * that ends, and no file left behind has to be judged.
 *
 * @returns gives the lock back
 * @throws StartupError that names the process that has it
 */
export async function lockCluster(lock: string, signal?: AbortSignal): Promise<() => void> {
  const holder = `${lock}.pid`;
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    const file = new DatabaseSync(lock);
    try {
      file.exec("PRAGMA journal_mode = MEMORY; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
      writeFileSync(holder, String(process.pid));
      return () => file.close();
    } catch (failure) {
      file.close();
      if (!isBusy(failure)) throw failure;
    }
    if (Date.now() > deadline) {
      throw new StartupError(
        `another Parley (process ${readPid(holder)}) is running on this DATA_DIR: stop it first, or give this one another folder, for example DATA_DIR=.data-2`,
      );
    }
    await sleep(100, undefined, { signal });
  }
}

/** SQLITE_BUSY, https://www.sqlite.org/rescode.html#busy */
function isBusy(failure: unknown): boolean {
  return failure instanceof Error && "errcode" in failure && failure.errcode === 5;
}

function readPid(path: string): string {
  try {
    return readFileSync(path, "utf8") || "unknown";
  } catch {
    return "unknown";
  }
}
