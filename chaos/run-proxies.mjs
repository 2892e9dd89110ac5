import { runMain } from "./load.mjs";

await runMain("/chaos/proxies.ts", process.argv.slice(2));
