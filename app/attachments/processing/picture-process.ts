import { existsSync, readdirSync } from "node:fs";
import { getPriority, setPriority } from "node:os";
import { type Frame, frameParts, frameReader } from "./frames.ts";
import { limitDecoders, render, toJpeg } from "./render.ts";
import type { Outcome, Task } from "./tasks.ts";

// The program of the picture process: reads one task after the other from its standard input and
// answers on its standard output, until the server closes its end or is gone.

/**
 * A send goes first where both want the processor; a tenth of it is left to pictures however busy the
 * server is, where the lowest priority, 19, would leave a hundredth.
 */
const priority = 10;
const threads = "/proc/self/task";
/** Half as much again as an AVIF of 49 megapixels takes, which takes most (950 MB). */
const maxMemoryBytes = 1.5 * 1024 ** 3;
const memoryCheckMs = 50;

// On Linux a priority is a thread's own, and Node's first threads have started by now.
for (const thread of existsSync(threads) ? readdirSync(threads).map(Number) : [0]) {
  // Only root may raise one.
  if (getPriority(thread) < priority) setPriority(thread, priority);
}
limitDecoders();
// A Ctrl-C reaches every process of the terminal, and a service's end all of its processes; the server
// finishes what is under way, and then closes the pipe.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
process.stdin.on(
  "data",
  frameReader<Task>((frame) => void answer(frame)),
);
process.stdin.on("end", () => process.exit());

async function answer({ head, body }: Frame<Task>): Promise<void> {
  const watch = setInterval(dieWhenTooLarge, memoryCheckMs);
  const { outcome, parts } = await work(head, body);
  clearInterval(watch);
  for (const part of frameParts(outcome, ...parts)) process.stdout.write(part);
}

async function work(task: Task, body: Buffer): Promise<{ outcome: Outcome; parts: Buffer[] }> {
  if (task.name === "jpeg") {
    return { outcome: { jpeg: true }, parts: [await toJpeg(body)] };
  }
  const rendered = await render(body, task.kind, task.maxPixels);
  if ("fault" in rendered) return { outcome: rendered, parts: [] };
  const { full, thumbnail, ...facts } = rendered;
  return { outcome: { fullBytes: full.length, facts }, parts: [full, thumbnail] };
}

/** Native code has no limit of its own; the server counts the death against the picture. */
function dieWhenTooLarge(): void {
  if (process.memoryUsage.rss() > maxMemoryBytes) process.kill(process.pid, "SIGKILL");
}
