import { spawn } from "node:child_process";
import { join } from "node:path";
import { pinnedNode, root, whenParentIsGone } from "./machine.mjs";

/** A stop takes 10 s at most; the first process needs less, unless it hangs. */
const PATIENCE = 9_700;

/**
 * Runs the built server until it ends. A signal to this process stops it, and so does the end of
 * this process (it notices that the channel is gone) and of the one that started it.
 *
 * @param {Record<string, string>} [env]
 * @returns {Promise<number>} the exit status
 */
export function serve(env) {
  const child = spawn(pinnedNode(), [join("build", "server", "index.js")], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production", ...env },
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  /** @type {NodeJS.Timeout | undefined} */
  let late;
  const stop = () => {
    child.kill("SIGTERM");
    late ??= setTimeout(() => child.kill("SIGKILL"), PATIENCE);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
  const stopWatching = whenParentIsGone(stop);
  return new Promise((resolve) => {
    child.once("error", (error) => {
      process.stderr.write(`${error.message}\n`);
      resolve(1);
    });
    child.once("exit", (code) => {
      clearTimeout(late);
      stopWatching();
      // One that was told to stop before it could listen for signals has stopped, too.
      resolve(code ?? (late ? 0 : 1));
    });
  });
}
