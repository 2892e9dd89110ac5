import { createServer } from "vite";
import { mendedPostgres } from "../app/db/mended-driver.ts";

/**
 * Runs the `main` of a module of this suite. It shares code with the application (its store, its
 * embedded PostgreSQL), so it is loaded as the application is in development.
 *
 * @param {string} path from the root of the repository
 * @param {string[]} args
 */
export async function runMain(path, args) {
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
  const { main } = await vite.ssrLoadModule(path);
  process.exitCode = await main(args);
  await vite.close();
  process.exit();
}
