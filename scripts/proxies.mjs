import { runProgram } from "./program.mjs";

process.exit(await runProgram(["chaos/run-proxies.mjs", ...process.argv.slice(2)]));
