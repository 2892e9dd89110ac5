import { spawn } from "node:child_process";
import { pinnedNode, root } from "./machine.mjs";
import { setUp } from "./setup.mjs";

/**
 * Sets everything up and then runs a program of this repository on the pinned Node until it ends;
 * it stops by itself what it starts.
 *
 * @param {string[]} args what Node is called with
 * @returns {Promise<number>} its exit status
 */
export async function runProgram(args) {
  const release = await setUp();
  const child = spawn(pinnedNode(), args, { cwd: root, stdio: "inherit" });
  // A Ctrl-C reaches it without us.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  release();
  return await new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1)));
}
