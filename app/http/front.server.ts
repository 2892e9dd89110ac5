import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { log } from "~/operations/log.server";
import { beginExchange } from "~/operations/request-log.server";
import { runExchange } from "./exchange.server";

type FrontOptions = {
  /** Answers everything that is not plainly one of the two below. */
  app: RequestListener;
  /** Answers the client's own send to a chat. */
  chatPost: (req: IncomingMessage, res: ServerResponse, chatId: string) => Promise<void>;
  publicUrl?: URL;
  /** A proxy's word decides what our origin is: without `publicUrl` the app has to find out. */
  trustProxy?: unknown;
};

/** 4,000 characters fit, whatever they are; a larger form is not turned away, but goes the long way. */
const maxBodyBytes = 64 * 1024;
const chatAddress = /^\/chats\/([\da-f-]{36})$/;

/**
 * Stands before Express for what happens thousands of times a second, a client's send: the app's
 * chain of handlers would cost more than the send. It takes only requests that the app would let
 * through (same address, origin and limits), and does what the app does for them.
 */
export function makeFront({ app, chatPost, publicUrl, trustProxy }: FrontOptions): RequestListener {
  function isOurs({ headers }: IncomingMessage): boolean {
    if (publicUrl) return headers.origin === publicUrl.origin;
    return !trustProxy && headers.origin === `http://${headers.host}`;
  }

  return (req, res) => {
    const chatId = req.method === "POST" && chatAddress.exec(req.url ?? "")?.[1];
    if (!chatId || !isSmallForm(req) || !isOurs(req)) return app(req, res);
    const exchange = beginExchange(req, res);
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    runExchange(exchange, () =>
      chatPost(req, res, chatId).catch((error) => {
        log.error({ err: error }, "request failed");
        if (!res.headersSent) res.writeHead(500);
        res.end();
      }),
    );
  };
}

function isSmallForm({ headers }: IncomingMessage): boolean {
  return (
    headers.accept === "application/json" &&
    headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true &&
    Number(headers["content-length"] ?? Number.NaN) <= maxBodyBytes
  );
}

/** JSON is no page: what the app says about scripts and frames has no meaning for it. */
const headers = {
  "Cache-Control": "private, no-store",
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Resource-Policy": "same-origin",
};
