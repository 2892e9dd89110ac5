import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Ends the program with one line. @param {string} line @returns {never} */
export function giveUp(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

/** A step of the set-up that failed; the message is all that it wrote. */
export class SetupFailure extends Error {}

/** @param {string} line */
export const say = (line) => void process.stdout.write(`${line}\n`);

export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  giveUp(
    `Parley needs Node 20.19 or newer to start, and this is ${process.versions.node}: https://nodejs.org`,
  );
}

/** The Node that runs Parley: the one pinned in package.json, else the machine's if it is as new. */
export function pinnedNode() {
  const pinned = join(root, "node_modules", ".bin", "node");
  if (existsSync(pinned) && spawnSync(pinned, ["--version"], { stdio: "ignore" }).status === 0) {
    return pinned;
  }
  if (Number.parseInt(process.versions.node, 10) >= 24) {
    say(
      `The pinned Node does not run on this machine; taking its own Node ${process.versions.node}`,
    );
    return process.execPath;
  }
  return giveUp(
    `The pinned Node (${pinned}) does not run on this machine, and its own is ${process.versions.node}: install Node 24 or newer from https://nodejs.org`,
  );
}

/** The running set-up steps, each the leader of a process group. */
const steps = new Set();

/**
 * Runs a step of the set-up in a process group of its own, so that all of it can be ended.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: Record<string, string>, timeout?: number, onStart?: (pid: number) => void }} [options]
 *   `timeout` in ms
 * @returns {Promise<{ ok: boolean, output: string }>} what it wrote, both streams together
 */
export function run(program, args, { env, timeout, onStart } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
    });
    steps.add(child);
    if (child.pid !== undefined) onStart?.(child.pid);
    let output = "";
    let late = "";
    const timer =
      timeout &&
      setTimeout(() => {
        late = `\nStopped after ${timeout / 1000} s\n`;
        killGroup(child.pid, "SIGKILL");
      }, timeout);
    /** @param {boolean} ok */
    const end = (ok) => {
      clearTimeout(timer);
      steps.delete(child);
      resolve({ ok, output: output + late });
    };
    child.stdout.on("data", (part) => (output += part));
    child.stderr.on("data", (part) => (output += part));
    child.once("error", (error) => {
      output += `${error.message}\n`;
      end(false);
    });
    child.once("close", (code) => end(code === 0));
  });
}

/** @param {number | undefined} pid @param {NodeJS.Signals} signal */
export function killGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch {
    // It has gone by itself.
  }
}

/** Until `release` is called, a signal ends the running steps, and then this program. */
export function endStepsOnSignal() {
  const numbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };
  let ending = false;
  /** @type {(signal: keyof typeof numbers) => void} */
  const end = (signal) => {
    if (ending) return;
    ending = true;
    for (const { pid } of steps) killGroup(pid, "SIGTERM");
    const deadline = Date.now() + 5000;
    const wait = setInterval(() => {
      if (steps.size > 0 && Date.now() < deadline) return;
      for (const { pid } of steps) killGroup(pid, "SIGKILL");
      clearInterval(wait);
      process.exit(128 + numbers[signal]);
    }, 50);
  };
  const stopWatching = whenParentIsGone(() => end("SIGHUP"));
  /** @type {[keyof typeof numbers, () => void][]} */
  const handlers = [
    ["SIGHUP", () => end("SIGHUP")],
    ["SIGINT", () => end("SIGINT")],
    ["SIGTERM", () => end("SIGTERM")],
  ];
  for (const [signal, handler] of handlers) process.on(signal, handler);
  return function release() {
    stopWatching();
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}

/**
 * npm, killed with -9, tells nobody; but this process then has another parent.
 *
 * @param {() => void} then
 * @returns stops watching
 */
export function whenParentIsGone(then) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    then();
  }, 500);
  watch.unref();
  return () => clearInterval(watch);
}
