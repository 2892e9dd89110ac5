import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";

export type ServerProcess = {
  origin: string;
  pid: number;
  /** What it wrote so far. */
  output(): string;
  stop(): Promise<void>;
};

type Options = {
  args: string[];
  env: Record<string, string>;
  /** What it writes goes to a file there, as a service's log does. */
  folder: string;
  /** Resolves with the server's address when it answers. */
  ready: (child: ChildProcess) => Promise<string>;
};

let started = 0;

/**
 * Starts a server in a process of its own, with an environment that holds nothing but what it is
 * given.
 *
 * @throws when it ends before it is ready, with the end of what it wrote
 */
export async function startServer({ args, env, folder, ready }: Options): Promise<ServerProcess> {
  started += 1;
  const logFile = join(folder, `server-${started}.log`);
  const log = openSync(logFile, "w");
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env.PATH, NODE_ENV: "production", ...env },
    stdio: ["ignore", log, log, "ipc"],
  });
  closeSync(log);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
  });
  const failed = ended.then(() => {
    throw new Error(
      `A server ended: ${args.at(-1)}\n${readFileSync(logFile, "utf8").slice(-2000)}`,
    );
  });
  failed.catch(() => {});
  const origin = await Promise.race([ready(child), failed]);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return await failed;
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 12_000);
    await ended;
    clearTimeout(late);
  };
  return { origin, pid: child.pid ?? 0, output: () => readFileSync(logFile, "utf8"), stop };
}
