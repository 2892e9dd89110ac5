import type { FileBytes } from "../incoming-file";
import { type Child, startChild } from "./child.server";
import type { Frame } from "./frames";
import type { Outcome, Task } from "./tasks";

type Options = {
  /** How long one task may take, in ms. */
  taskMs: number;
  /** How long the process stays when it has nothing to do, in ms. */
  idleMs: number;
  start?: typeof startChild;
};

/**
 * Has pictures decoded in a process of its own, one at a time, in the order in which they came. The
 * process starts with the first picture, and anew after it died; when nobody sends pictures, it ends
 * and its memory is the machine's again.
 */
export function makeWorkshop({ taskMs, idleMs, start = startChild }: Options) {
  let child: Child | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let idle: NodeJS.Timeout | undefined;

  function running(): Child {
    if (child) return child;
    const started = start({
      onEnd: () => {
        if (child === started) child = undefined;
      },
    });
    child = started;
    return started;
  }

  async function perform(task: Task, body: FileBytes): Promise<Frame<Outcome>> {
    clearTimeout(idle);
    const worker = running();
    const late = setTimeout(worker.kill, taskMs);
    try {
      return await worker.run(task, body);
    } finally {
      clearTimeout(late);
      waiting -= 1;
      if (waiting === 0) idle = setTimeout(rest, idleMs).unref();
    }
  }

  function rest() {
    child?.end();
    child = undefined;
  }

  return {
    /** @throws PictureProcessDied when the process did not survive this task */
    run(task: Task, body: FileBytes): Promise<Frame<Outcome>> {
      waiting += 1;
      const turn = last.then(() => perform(task, body));
      last = turn.catch(() => {});
      return turn;
    },
  };
}
