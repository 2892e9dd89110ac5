import cluster from "node:cluster";
import { createServer } from "vite";

// One of them can have the socket that tells browsers to reload.
process.env.WEB_PROCESSES = "1";

// Each process has a Vite of its own; only the web process answers browsers, so only it reloads them.
const vite = await createServer({
  server: { middlewareMode: true, hmr: cluster.isPrimary ? false : { port: 24_679 } },
});
const { start } = await vite.ssrLoadModule("./server.ts");
await start({ assets: vite.middlewares });
