import { readdirSync, readFileSync } from "node:fs";

/**
 * Processes and all below them.
 *
 * @throws where there is no /proc
 */
export function processesBelow(pids: number[]): number[] {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const parents = new Map(all.map((pid) => [Number(pid), parentOf(Number(pid))]));
  const isBelow = (pid: number): boolean => {
    const parent = parents.get(pid) ?? 0;
    return pids.includes(pid) || (parent > 0 && isBelow(parent));
  };
  return [...parents.keys()].filter(isBelow);
}

/** @returns 0 when there is none, or no such process any more */
export function parentOf(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/PPid:\s+(\d+)/.exec(text)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
