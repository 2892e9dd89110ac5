import {
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { killGroup, root, say } from "./machine.mjs";

// Not in `build` or `node_modules`: both are emptied by what is done under the lock.
const LOCK = join(root, ".setup.lock");
/** The holder touches the lock every second; one that is older belongs to a killed process. In ms. */
const STALE = 10_000;

/**
 * Lets one process at a time install or build in this checkout.
 *
 * @param {(onStart: (pid: number) => void) => Promise<void>} work calls `onStart` with the leader of
 *   each process group that it starts
 */
export async function withLock(work) {
  await take();
  const beat = setInterval(() => {
    try {
      utimesSync(LOCK, new Date(), new Date());
    } catch {
      // Taken over, because this process was stopped for a while.
    }
  }, 1000);
  const release = () => rmSync(LOCK, { force: true });
  process.once("exit", release);
  try {
    await work((group) => writeFileSync(LOCK, `${process.pid} ${group}`));
  } finally {
    clearInterval(beat);
    process.off("exit", release);
    release();
  }
}

async function take() {
  let told = false;
  for (;;) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: "wx" });
      return;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    const holder = readHolder();
    if (holder && !isHeld(holder)) takeAway(holder);
    else {
      if (holder && !told)
        say(`Waiting for process ${holder.pid}, which is setting up here already …`);
      told = true;
      await sleep(200);
    }
  }
}

/** @typedef {{ text: string, pid: number, group: number | undefined, touched: number }} Holder */

/** @returns {Holder | undefined} */
function readHolder() {
  try {
    const text = readFileSync(LOCK, "utf8");
    const [pid = 0, group] = text.split(" ").map(Number);
    return { text, pid, group, touched: statSync(LOCK).mtimeMs };
  } catch {
    return undefined;
  }
}

/** @param {Holder} holder */
function isHeld({ pid, touched }) {
  if (Date.now() - touched > STALE) return false;
  if (!pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** @param {Holder} holder */
function takeAway({ text, group }) {
  const aside = `${LOCK}.${process.pid}`;
  try {
    renameSync(LOCK, aside);
  } catch {
    return;
  }
  if (readFileSync(aside, "utf8") !== text) {
    // Someone else was faster, and this is the new lock.
    renameSync(aside, LOCK);
    return;
  }
  // Its npm or Vite may have outlived it, and would write where we are about to.
  if (group && worksHere(group)) killGroup(group, "SIGKILL");
  rmSync(aside, { force: true });
}

/** @param {number} pid */
function worksHere(pid) {
  try {
    return join(readlinkSync(`/proc/${pid}/cwd`), "/") === root;
  } catch {
    return false;
  }
}
