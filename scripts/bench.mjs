import { runProgram } from "./program.mjs";

const program = ["--import", "./bench/app-modules.mjs", "bench/main.ts"];
process.exit(await runProgram([...program, ...process.argv.slice(2)]));
