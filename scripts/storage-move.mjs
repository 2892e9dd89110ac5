import { runProgram } from "./program.mjs";

process.exit(await runProgram(["build/server/storage-move.js", ...process.argv.slice(2)]));
