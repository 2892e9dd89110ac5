import { isPlain, judge } from "~/safety/judge";
import type { Settings } from "~/safety/settings";

/** ms of the processor for both looks at a message: is it plain, and if not, what is wrong with it. */
export function judgingMs(text: string, settings: Settings): number {
  const start = process.threadCpuUsage();
  isPlain(text, settings);
  judge(text, { stage: "inquiry", earlier: [{ seq: 1, body: text.slice(0, 500) }] }, settings);
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}
