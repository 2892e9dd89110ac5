import type { ChildProcess } from "node:child_process";
import { StartupError } from "./startup-error.server";
import type { WebReport } from "./web-process.server";

/** A crashed process comes back after this long, twice as long after each further crash, in ms. */
const BACK_OFF = { first: 100, longest: 5000, forgottenAfter: 30_000 };

interface Options {
  count: number;
  /** @param place of the process among them, from 0; one that is started again keeps it */
  fork: (place: number) => ChildProcess;
  log: { warn(fields: object, message: string): void };
  onFork?: (child: ChildProcess) => void;
  onCrash?: () => void;
  /** From "please stop" to being killed, in ms. */
  patience?: number;
}

/** Keeps `count` web processes running. */
export class WebProcesses {
  readonly #options: Options;
  readonly #running = new Set<ChildProcess>();
  readonly #restarts = new Set<NodeJS.Timeout>();
  #stopping = false;

  constructor(options: Options) {
    this.#options = options;
  }

  /**
   * Starts them all.
   *
   * @returns the address they answer on, when the last one is ready
   * @throws StartupError with the reason of the first that cannot start
   */
  async start(): Promise<string> {
    const { count } = this.#options;
    const addresses = await Promise.all(
      Array.from({ length: count }, (_, place) => this.#launch(place, 0)),
    );
    return addresses[0] ?? "";
  }

  /** Lets them finish what they are at, and kills what is not gone in time. */
  async stop(): Promise<void> {
    this.#stopping = true;
    for (const restart of this.#restarts) clearTimeout(restart);
    const ended = [...this.#running].map((child) => whenEnded(child));
    for (const child of this.#running) child.kill("SIGTERM");
    const late = setTimeout(() => {
      for (const child of this.#running) child.kill("SIGKILL");
    }, this.#options.patience ?? 8000);
    await Promise.all(ended);
    clearTimeout(late);
  }

  /** @param crashes how often in a row this place's process has crashed */
  #launch(place: number, crashes: number): Promise<string> {
    const child = this.#options.fork(place);
    this.#options.onFork?.(child);
    this.#running.add(child);
    const startedAt = Date.now();
    return new Promise((resolve, reject) => {
      let failure = "the web process ended before it was ready";
      let ready = false;
      child.on("message", (report: WebReport) => {
        if (report?.type === "failed") failure = report.message;
        if (report?.type !== "ready") return;
        ready = true;
        resolve(report.address);
      });
      void whenEnded(child).then(() => {
        this.#running.delete(child);
        // At the first start there is someone to tell; later the others go on meanwhile.
        if (!ready && crashes === 0) reject(new StartupError(failure));
        else this.#relaunch(child, place, Date.now() - startedAt, crashes);
      });
    });
  }

  #relaunch(child: ChildProcess, place: number, lived: number, crashes: number) {
    if (this.#stopping) return;
    this.#options.onCrash?.();
    const before = lived > BACK_OFF.forgottenAfter ? 0 : crashes;
    const delay = Math.min(BACK_OFF.first * 2 ** before, BACK_OFF.longest);
    const how = child.signalCode ?? child.exitCode;
    this.#options.log.warn({ web: child.pid, how, delay }, "web process crashed; restarting");
    const restart = setTimeout(() => {
      this.#restarts.delete(restart);
      void this.#launch(place, before + 1);
    }, delay);
    this.#restarts.add(restart);
  }
}

function whenEnded(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
}
