import { readFileSync } from "node:fs";
import { processesBelow } from "./process-tree.ts";

/** Linux counts CPU in hundredths of a second, whatever the kernel's own tick is. */
const ticksPerSecond = 100;

/**
 * Seconds of CPU that processes and all below them used so far, ended children included.
 *
 * @returns NaN where there is no /proc
 */
export function cpuSeconds(pids: number[]): number {
  try {
    const ticks = processesBelow(pids).map(ticksOf);
    return ticks.reduce((sum, each) => sum + each, 0) / ticksPerSecond;
  } catch {
    return Number.NaN;
  }
}

function ticksOf(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in brackets may hold spaces.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  } catch {
    return 0;
  }
}
