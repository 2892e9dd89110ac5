import { spawn } from "node:child_process";
import {
  endStepsOnSignal,
  giveUp,
  pinnedNode,
  requireNode,
  root,
  SetupFailure,
} from "./machine.mjs";
import { build, install } from "./setup.mjs";

requireNode();
const release = endStepsOnSignal();
try {
  await install();
  await build();
} catch (error) {
  if (!(error instanceof SetupFailure)) throw error;
  giveUp(error.message);
}
release();
const args = ["--import", "./bench/app-modules.mjs", "bench/main.ts", ...process.argv.slice(2)];
const child = spawn(pinnedNode(), args, { cwd: root, stdio: "inherit" });
// It stops its servers by itself; a Ctrl-C reaches it without us.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => child.kill("SIGTERM"));
process.exit(await new Promise((resolve) => child.once("exit", (code) => resolve(code ?? 1))));
