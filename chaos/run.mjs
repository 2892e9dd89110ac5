import { runMain } from "./load.mjs";

await runMain("/chaos/main.ts", process.argv.slice(2));
