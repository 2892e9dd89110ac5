import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import { sql } from "drizzle-orm";
import type { Handler } from "express";
import { closeDb, db } from "~/db/db.server";
import { environment } from "~/operations/environment.server";
import { log } from "~/operations/log.server";
import { makeApp } from "./app.server";
import { getLoadContext } from "./load-context.server";

/** The primary gives up on us after ten. */
const shutdownMs = 8_000;

/**
 * Runs a web process until it is told to stop. It tells the primary `{ type: "ready", address }`
 * when it answers.
 *
 * @param assets serves the client's files in development; else `build/client` is served
 */
export async function serveWeb({ assets }: { assets?: Handler }): Promise<void> {
  const { host, port, publicUrl, trustProxy } = environment();
  const app = makeApp({
    assets,
    publicUrl,
    trustProxy,
    pages: createRequestHandler({
      // In development each request may find newer routes.
      build: import.meta.env.PROD ? await loadBuild() : loadBuild,
      mode: import.meta.env.PROD ? "production" : "development",
      getLoadContext,
    }),
    events: (_req, res) => void res.status(503).end(),
    checks: { database: async () => (await db.execute(sql`select 1`)).length === 1 },
  });
  const server = app.listen(port, host);
  await new Promise((resolve, reject) => server.once("listening", resolve).once("error", reject));
  // Longer than a load balancer keeps its side, so that it is never we who close first.
  server.keepAliveTimeout = 75_000;
  stopWhenTold(server);
  process.send?.({ type: "ready", address: server.address() as AddressInfo });
}

async function loadBuild(): Promise<ServerBuild> {
  return await import("virtual:remix/server-build");
}

/** Ends streams, finishes what is under way, closes the pool and goes; a second time at once. */
function stopWhenTold(server: Server) {
  let isStopping = false;
  const stop = async (reason: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ reason }, "stopping");
    setTimeout(() => {
      log.warn("requests were cut, because they took too long to finish");
      process.exit(1);
    }, shutdownMs).unref();
    await closeServer(server);
    await closeDb();
    process.exit(0);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, () => void stop(signal));
  process.on("disconnect", () => void stop("disconnect"));
}

/** Kept-alive connections have to be closed as each falls idle: `close` alone waits for them. */
async function closeServer(server: Server) {
  const closed = new Promise((resolve) => server.close(resolve));
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  await closed;
  clearInterval(sweep);
}
