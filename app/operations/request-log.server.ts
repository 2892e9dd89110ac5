import { randomUUID } from "node:crypto";
import type { NextFunction, Request, Response } from "express";
import { type Exchange, runExchange } from "~/http/exchange.server";
import { log } from "./log.server";

/**
 * Gives each request its id (in `res.locals`, and in the answer) and one line in the log. Of the
 * query only the names are logged: values hold what people search for, and tokens.
 */
export function logRequests(req: Request, res: Response, next: NextFunction): void {
  const startedAt = performance.now();
  const exchange: Exchange = { requestId: randomUUID() };
  res.locals.requestId = exchange.requestId;
  res.set("X-Request-Id", exchange.requestId);
  // The client's script reads this one of a failed fetch, whose headers it never sees.
  res.set("Server-Timing", `request;desc="${exchange.requestId}"`);
  const path = req.path.slice(0, 500);
  const query = Object.keys(req.query).slice(0, 20);
  res.once("close", () => {
    const line = {
      requestId: exchange.requestId,
      method: req.method,
      path,
      ...(query.length > 0 && { query }),
      status: res.statusCode,
      ms: Math.round(performance.now() - startedAt),
      ...(exchange.userId && { userId: exchange.userId }),
      ...(!res.writableFinished && { aborted: true }),
    };
    const level = path === "/healthz" || path === "/readyz" ? "debug" : "info";
    log[level](line, "request");
  });
  runExchange(exchange, next);
}
