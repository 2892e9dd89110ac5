import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequestHandler } from "@remix-run/express";
import type { ServerBuild } from "@remix-run/node";
import { sql } from "drizzle-orm";
import type { Handler } from "express";
import { closeDb, db } from "~/db/db.server";
import { environment } from "~/operations/environment.server";
import { listenFailure, onStop, reportFailure, reportReady } from "~/operations/web-process.server";
import { makeApp } from "./app.server";
import { getLoadContext } from "./load-context.server";

/** Longer than load balancers keep their side of a connection, so that we never close first. */
const keepAliveMs = 75_000;
/** What is still under way then is cut; the process is killed a second later. */
const drainMs = 6_500;

/** The live half of a web process. */
export type Streams = {
  /** Answers `GET /events`. */
  answer: Handler;
  /** Whether changes of other instances reach this one. */
  isListening: () => boolean;
  close: () => Promise<void>;
};

type Options = {
  /** Serves the client's files in development; else `build/client` is served. */
  assets?: Handler;
  streams?: Streams;
};

/** Runs a web process until the first process says stop or is gone. */
export async function serveWeb(options: Options): Promise<void> {
  try {
    const server = await listen(await makeWebApp(options));
    onStop(async () => {
      await options.streams?.close();
      await closeServer(server);
      await closeDb();
    });
    reportReady(addressOf(server));
  } catch (error) {
    reportFailure(error);
  }
}

async function makeWebApp({ assets, streams }: Options) {
  const { publicUrl, trustProxy } = environment();
  const isProduction = import.meta.env.PROD;
  return makeApp({
    assets,
    publicUrl,
    trustProxy,
    pages: createRequestHandler({
      // In development each request may find newer routes.
      build: isProduction ? await loadBuild() : loadBuild,
      mode: isProduction ? "production" : "development",
      getLoadContext,
    }),
    events: streams?.answer ?? ((_req, res) => void res.status(503).end()),
    checks: {
      database: async () => (await db.execute(sql`select 1`)).length === 1,
      ...(streams && { listener: streams.isListening }),
    },
  });
}

async function loadBuild(): Promise<ServerBuild> {
  return await import("virtual:remix/server-build");
}

async function listen(app: ReturnType<typeof makeApp>): Promise<Server> {
  const { host, port } = environment();
  const server = app.listen(port, host);
  server.keepAliveTimeout = keepAliveMs;
  try {
    await new Promise((resolve, reject) => server.once("listening", resolve).once("error", reject));
  } catch (error) {
    throw listenFailure(error, { host, port });
  }
  return server;
}

/** What a person opens; an address that stands for all of the machine's is shown as this one. */
function addressOf(server: Server): string {
  const { publicUrl, host } = environment();
  if (publicUrl) return publicUrl.origin;
  const { port } = server.address() as AddressInfo;
  const name = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}

/** Lets requests in flight finish; a kept-alive connection goes as soon as it falls idle. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
