import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { ask } from "./ask";

/** How long a start or an end may take on a machine that does much else, in ms. */
const PATIENCE = 60_000;
const KEPT_LINES = 200;
const SHOWN_LINES = 6;

/** One start of the built server: its first process and its one web process. */
export class Instance {
  private child: ChildProcess | undefined;
  private ended: Promise<void> = Promise.resolve();
  private readonly lines: string[] = [];

  /** @param environment as an operator sets it */
  constructor(
    readonly name: string,
    readonly port: number,
    private readonly environment: Record<string, string>,
  ) {}

  /** Starts it, again and again where its database is just away, until it is ready. */
  async start(more: Record<string, string> = {}): Promise<void> {
    const deadline = Date.now() + PATIENCE;
    this.launch(more);
    while (!(await this.isReady())) {
      if (Date.now() > deadline) throw new Error(`${this.name} did not start:\n${this.log}`);
      if (!this.isRunning) this.launch(more);
      await sleep(50);
    }
  }

  async isReady(): Promise<boolean> {
    const request = { method: "GET", path: "/readyz", timeoutMs: 2_000 };
    const answer = await ask(`http://127.0.0.1:${this.port}`, request).catch(() => null);
    return answer?.status === 200;
  }

  /** Waits until it answers again, started anew by its own first process. */
  async becomesReady(): Promise<void> {
    const deadline = Date.now() + PATIENCE;
    while (!(await this.isReady())) {
      if (Date.now() > deadline) throw new Error(`${this.name} did not come back:\n${this.log}`);
      await sleep(50);
    }
  }

  /** As an operator stops it. @returns how long it took, in ms */
  async stop(): Promise<number> {
    const startedAt = Date.now();
    if (this.child?.pid && this.isRunning) process.kill(this.child.pid, "SIGTERM");
    await this.ended;
    return Date.now() - startedAt;
  }

  /** Sends a signal to the web process alone, as a crash or the kernel's memory killer does. */
  signalWeb(signal: NodeJS.Signals): void {
    for (const pid of this.pids().slice(1)) process.kill(pid, signal);
  }

  /** Sends a signal to all of it. */
  signalAll(signal: NodeJS.Signals): void {
    if (!this.child?.pid || !this.isRunning) return;
    try {
      process.kill(-this.child.pid, signal);
    } catch {
      // It has just gone by itself.
    }
  }

  /** All of it at once, as when the machine loses its power. */
  async kill(): Promise<void> {
    this.signalAll("SIGKILL");
    await this.ended;
  }

  /** What it logged last. */
  get log(): string {
    return this.lines.slice(-SHOWN_LINES).join("\n");
  }

  private get isRunning(): boolean {
    return this.child?.exitCode === null && this.child.signalCode === null;
  }

  private launch(more: Record<string, string>): void {
    const child = spawn(process.execPath, ["build/server/index.js"], {
      env: {
        NODE_ENV: "production",
        PATH: process.env.PATH,
        ...this.environment,
        ...more,
        PORT: String(this.port),
      },
      // A group of its own, to be killed as one; and a channel, so that it ends when we are killed.
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.child = child;
    for (const input of [child.stdout, child.stderr]) {
      if (input) createInterface({ input }).on("line", (line) => this.keep(line));
    }
    this.ended = new Promise((resolve) => {
      child.once("exit", () => resolve());
      child.once("error", (error) => {
        this.keep(String(error));
        resolve();
      });
    });
  }

  private keep(line: string): void {
    this.lines.push(line.slice(0, 600));
    if (this.lines.length > KEPT_LINES) this.lines.shift();
  }

  /** All its processes, the first one first. */
  pids(): number[] {
    const first = this.child?.pid;
    return first && this.isRunning ? [first, ...childrenOf(first)] : [];
  }
}

/** The processes that a process has started. */
function childrenOf(parent: number): number[] {
  return processes()
    .filter(([, ppid]) => ppid === parent)
    .map(([pid]) => pid);
}

/** Every process with its parent: from Linux's /proc, because not every Linux has `ps`. */
function processes(): [pid: number, parent: number][] {
  if (!existsSync("/proc/self/stat")) {
    const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).split("\n");
    return lines.map((line) => {
      const [pid = 0, ppid = 0] = line.trim().split(/\s+/).map(Number);
      return [pid, ppid];
    });
  }
  return readdirSync("/proc").flatMap((name): [number, number][] => {
    if (!/^\d+$/.test(name)) return [];
    try {
      // The name of the program may hold spaces and brackets: what counts comes behind the last one.
      const [, ppid] = (readFileSync(`/proc/${name}/stat`, "utf8").split(") ").at(-1) ?? "").split(
        " ",
      );
      return [[Number(name), Number(ppid)]];
    } catch {
      return [];
    }
  });
}
