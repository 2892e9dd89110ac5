import { readdirSync, readFileSync } from "node:fs";

/** Linux counts CPU in hundredths of a second, whatever the kernel's own tick is. */
const ticksPerSecond = 100;

/**
 * Seconds of CPU that processes and all below them used so far, ended children included.
 *
 * @returns NaN where there is no /proc
 */
export function cpuSeconds(pids: number[]): number {
  try {
    const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
    const processes = new Map(all.map((pid) => [Number(pid), readStat(Number(pid))]));
    const isBelow = (pid: number): boolean => {
      const parent = processes.get(pid)?.parent;
      return pids.includes(pid) || (parent !== undefined && parent > 0 && isBelow(parent));
    };
    let ticks = 0;
    for (const [pid, stat] of processes) if (stat && isBelow(pid)) ticks += stat.ticks;
    return ticks / ticksPerSecond;
  } catch {
    return Number.NaN;
  }
}

function readStat(pid: number): { parent: number; ticks: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in brackets may hold spaces.
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    return { parent: Number(fields[1]), ticks };
  } catch {
    return null;
  }
}
