import { parentPort, workerData } from "node:worker_threads";
import { nowMs } from "./clock.ts";

/**
 * A thread that says when a send is due. Timers of the event loop are a millisecond wide, which is
 * most of what is to be measured; a thread that sleeps wakes within a twentieth of that.
 */
const { startAt, count, everyMs } = workerData as {
  startAt: number;
  count: number;
  everyMs: number;
};
const never = new Int32Array(new SharedArrayBuffer(4));

for (let index = 0; index < count; index++) {
  const due = startAt + index * everyMs;
  const wait = due - nowMs();
  if (wait > 0) Atomics.wait(never, 0, 0, wait);
  parentPort?.postMessage(due);
}
