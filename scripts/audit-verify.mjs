import { runProgram } from "./program.mjs";

process.exit(await runProgram(["build/server/audit-verify.js", ...process.argv.slice(2)]));
