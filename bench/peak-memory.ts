import { readFileSync } from "node:fs";
import { processesBelow } from "./process-tree.ts";

const everyMs = 100;

/**
 * Watches the memory of a server with all its processes, what they share counted once.
 *
 * @returns ends the watching, and tells the most that there was, in bytes; NaN where there is no /proc
 */
export function watchMemory(pid: number): () => number {
  let most = memoryOf(pid);
  const timer = setInterval(() => {
    most = Math.max(most, memoryOf(pid));
  }, everyMs);
  return () => {
    clearInterval(timer);
    return most;
  };
}

export function memoryOf(pid: number): number {
  try {
    return processesBelow([pid]).reduce((sum, each) => sum + ownShare(each), 0);
  } catch {
    return Number.NaN;
  }
}

function ownShare(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
