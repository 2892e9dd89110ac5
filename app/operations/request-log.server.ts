import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { NextFunction, Request, Response } from "express";
import { type Exchange, runExchange } from "~/http/exchange.server";
import { requestLog } from "./log.server";

/** Gives each request its exchange, whose id is in `res.locals` too. */
export function logRequests(req: Request, res: Response, next: NextFunction): void {
  const exchange = beginExchange(req, res);
  res.locals.requestId = exchange.requestId;
  runExchange(exchange, next);
}

/** Machines ask these every few seconds. */
const askedOften = new Set(["/healthz", "/readyz", "/metrics"]);

/**
 * Names a request, in its answer and in its one line of the log. Of the query only the names are
 * logged: values hold what people search for, and tokens.
 */
export function beginExchange(req: IncomingMessage, res: ServerResponse): Exchange {
  const startedAt = performance.now();
  const exchange: Exchange = { requestId: randomUUID() };
  res.setHeader("X-Request-Id", exchange.requestId);
  // The client's script reads this one of a failed fetch, whose headers it never sees.
  res.setHeader("Server-Timing", `request;desc="${exchange.requestId}"`);
  const { method, url = "/" } = req;
  res.once("close", () => {
    const [path = "", search] = url.split("?", 2);
    const line = {
      requestId: exchange.requestId,
      method,
      path: path.slice(0, 500),
      ...(search && { query: [...new URLSearchParams(search).keys()].slice(0, 20) }),
      status: res.statusCode,
      ms: Math.round(performance.now() - startedAt),
      ...(exchange.userId && { userId: exchange.userId }),
      ...(!res.writableFinished && !exchange.isHandedOn && { aborted: true }),
    };
    const level = askedOften.has(path) ? "debug" : "info";
    requestLog[level](line, "request");
  });
  return exchange;
}
