import { runProgram } from "./program.mjs";

process.exit(await runProgram(["build/server/keys-rotate.js", ...process.argv.slice(2)]));
