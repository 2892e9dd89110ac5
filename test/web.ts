import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import {
  createServer,
  request as httpRequest,
  type RequestListener,
  type RequestOptions,
  type Server,
} from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServerBuild } from "@remix-run/node";
import type { Handler } from "express";
import { afterAll, onTestFinished } from "vitest";
import { answerPages } from "~/http/answer-pages.server";
import { type AppOptions, makeApp } from "~/http/app.server";
import { makeLoadContext } from "~/http/load-context.server";
import remixOptions from "../remix.config.js";
import { databaseUrl } from "./database";

// Where a web process looks: set before a test loads any route.
process.env.DATABASE_URL = databaseUrl;
process.env.SESSION_SECRET = "a secret that only tests know, 32+";
const dataDir = join(tmpdir(), `parley-data-${randomUUID()}`);
process.env.DATA_DIR = dataDir;
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

type ServeOptions = Partial<AppOptions> & {
  pages: Handler;
  /** Puts something before the app. */
  front?: (app: RequestListener, server: Server) => RequestListener;
};

/** A web server on a free port, closed when the test ends. */
export async function serveApp({ front = (app) => app, ...options }: ServeOptions) {
  const app = makeApp({
    events: async (_req, res) => void res.writeHead(204).end(),
    checks: {},
    ...options,
  });
  const server = createServer({ shouldUpgradeCallback: () => false });
  server.on("request", front(app, server)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  return { origin, port };
}

type TestRoute = { path?: string; index?: true; parentId?: string; module: object };

/** Remix over some of the real routes, without a client build: pages are rendered and not hydrated. */
export async function pagesOf(modules: Record<string, TestRoute>) {
  const entry = await import("~/entry.server");
  const root = await import("~/root");
  const table: Record<string, TestRoute> = { root: { path: "", module: root }, ...modules };
  const routes = Object.fromEntries(
    Object.entries(table).map(([id, route]) => [
      id,
      { ...route, id, parentId: id === "root" ? undefined : (route.parentId ?? "root") },
    ]),
  );
  const manifest = Object.entries(routes).map(([id, { path, index, parentId, module }]) => [
    id,
    {
      id,
      path,
      index,
      parentId,
      module: `/assets/${id}.js`,
      hasLoader: "loader" in module,
      hasAction: "action" in module,
      hasClientAction: false,
      hasClientLoader: false,
      hasErrorBoundary: "ErrorBoundary" in module,
    },
  ]);
  const build = {
    entry: { module: entry },
    routes,
    assets: {
      entry: { module: "/assets/entry.js", imports: [] },
      routes: Object.fromEntries(manifest),
      url: "/assets/manifest.js",
      version: "test",
    },
    publicPath: "/",
    assetsBuildDirectory: "build/client",
    future: remixOptions.future,
    isSpaMode: false,
  };
  return answerPages({
    build: build as unknown as ServerBuild,
    mode: "production",
    getLoadContext: makeLoadContext(() => false),
  });
}

export type Answer = {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
};

/** A request as it is, where `fetch` would mend or forbid something; `body` may come in pieces. */
export function send(
  url: string,
  { body, ...options }: RequestOptions & { body?: string | Buffer | Iterable<string> } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    request.on("error", reject);
    if (body === undefined || typeof body === "string" || Buffer.isBuffer(body)) {
      request.end(body);
      return;
    }
    for (const piece of body) request.write(piece);
    request.end();
  });
}
