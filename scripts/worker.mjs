import { runProgram } from "./program.mjs";

process.exit(await runProgram(["build/server/worker.js"]));
