import { runProgram } from "./program.mjs";

process.exit(await runProgram(["build/server/keys-create.js", ...process.argv.slice(2)]));
