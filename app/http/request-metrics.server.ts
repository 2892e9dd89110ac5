import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { Histogram } from "prom-client";
import { registry } from "~/operations/metrics.server";

const duration = new Histogram({
  name: "parley_http_request_duration_seconds",
  help: "From the head of a request to the end of its answer; streams are not in it",
  labelNames: ["method", "route", "status"] as const,
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [registry],
});

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]);

/** A route of Remix's build; the path is that below its parent. */
export type BuiltRoute = { id: string; parentId?: string; path?: string };

/** Measures every request of a server, by the patterns of its addresses and never by an address. */
export function measureRequests(server: Server, routes: Record<string, BuiltRoute>): void {
  const routeOf = routeNamer(routes);
  server.prependListener("request", (request: IncomingMessage, response: ServerResponse) => {
    const startedAt = performance.now();
    const { url = "/", method = "" } = request;
    response.once("close", () => {
      const route = routeOf(url);
      if (route === "/events") return;
      const labels = {
        method: methods.has(method) ? method : "other",
        route,
        status: response.writableFinished ? `${String(response.statusCode)[0]}xx` : "cut",
      };
      duration.observe(labels, (performance.now() - startedAt) / 1000);
    });
  });
}

/** @returns names an address by the pattern that it matches, as in `/chats/:chatId` */
export function routeNamer(routes: Record<string, BuiltRoute>): (url: string) => string {
  const picture = "/chats/:chatId/attachments/:attachmentId";
  const pictures = [picture, `${picture}/thumbnail`];
  const own = ["/assets/*", "/events", "/healthz", "/readyz", "/metrics", ...pictures];
  const patterns = [...own, ...Object.values(routes).map((route) => fullPath(routes, route))]
    .filter((pattern) => pattern !== "/*")
    // What is spelled out goes before what stands for anything.
    .sort((a, b) => a.split(":").length - b.split(":").length)
    .map((name) => ({ name, matches: matcherOf(name) }));
  return (url) => {
    const [path = "/"] = url.split("?", 1);
    const page = path
      .replace(/\.data$/, "")
      .replace(/^\/_root$/, "/")
      .replace(/(.)\/$/, "$1");
    return patterns.find(({ matches }) => matches.test(page))?.name ?? "other";
  };
}

function fullPath(routes: Record<string, BuiltRoute>, route: BuiltRoute): string {
  const parent = route.parentId === undefined ? undefined : routes[route.parentId];
  const above = parent ? fullPath(routes, parent) : "/";
  return route.path ? `${above.replace(/\/$/, "")}/${route.path}` : above;
}

function matcherOf(pattern: string): RegExp {
  const segments = pattern.split("/").map((segment) => {
    if (segment === "*") return ".+";
    return segment.startsWith(":") ? "[^/]+" : segment.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  });
  return new RegExp(`^${segments.join("/")}$`);
}
