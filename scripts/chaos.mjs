import { runProgram } from "./program.mjs";

process.exit(await runProgram(["chaos/run.mjs", ...process.argv.slice(2)]));
