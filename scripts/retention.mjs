import { runProgram } from "./program.mjs";

process.exit(await runProgram(["build/server/retention.js", ...process.argv.slice(2)]));
