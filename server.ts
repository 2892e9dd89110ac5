import cluster from "node:cluster";
import type { Handler } from "express";

/**
 * The process. The first one owns PostgreSQL, migrations and the web processes; those answer
 * requests. Each loads only its own half.
 *
 * @param assets serves the client's files; `dev.mjs` hands in Vite's, else `build/client` is served
 */
export async function start({ assets }: { assets?: Handler } = {}) {
  if (cluster.isPrimary) {
    const { runPrimary } = await import("~/operations/primary.server");
    const { welcome } = await import("~/db/seed/welcome.server");
    await runPrimary(welcome);
  } else {
    const { serveWeb } = await import("~/http/web.server");
    await serveWeb({ assets });
  }
}

if (import.meta.env.PROD) void start();
