import { log } from "./log.server";

type Options = {
  /** From the end of one time to the beginning of the next, a quarter more or less. */
  everyMs: number;
  /** What the log says when it fails. */
  failing: string;
  /** Whether it begins with the first time, and not with the first pause. */
  isDue?: boolean;
};

/**
 * Does something beside requests again and again, one time after the other. A failure is told of once,
 * until it works again: a database that is away for an hour need not be told of each second.
 *
 * @returns `stop` waits for what is under way; `run` does it once more
 */
export function repeat(work: () => Promise<unknown>, { everyMs, failing, isDue }: Options) {
  let isFailing = false;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;

  async function run(): Promise<void> {
    try {
      await work();
      isFailing = false;
    } catch (error) {
      if (!isFailing) log.warn({ err: error }, failing);
      isFailing = true;
    }
  }

  async function runAndGoOn(): Promise<void> {
    await run();
    if (!isStopped) wait();
  }

  let underWay = Promise.resolve();
  function wait(): void {
    const begin = () => {
      underWay = runAndGoOn();
    };
    // Processes that were started together need not do it together.
    timer = setTimeout(begin, everyMs * (0.75 + Math.random() / 2)).unref();
  }
  if (isDue) underWay = runAndGoOn();
  else wait();

  async function stop(): Promise<void> {
    isStopped = true;
    clearTimeout(timer);
    await underWay;
  }
  return { run, stop };
}
