import { createServer } from "vite";
import { mendedPostgres } from "../app/db/mended-driver.ts";

// The suite shares code with the application (its store, its embedded PostgreSQL), so it is loaded
// as the application is in development.
const vite = await createServer({
  configFile: false,
  root: new URL("..", import.meta.url).pathname,
  appType: "custom",
  logLevel: "error",
  plugins: [mendedPostgres()],
  resolve: { alias: { "~": new URL("../app", import.meta.url).pathname } },
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true, include: [] },
});
const { main } = await vite.ssrLoadModule("/chaos/main.ts");
process.exitCode = await main(process.argv.slice(2));
await vite.close();
process.exit();
