import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { log } from "~/operations/log.server";
import { beginExchange } from "~/operations/request-log.server";
import { runExchange } from "./exchange.server";

type FrontOptions = {
  /** Answers everything that is not plainly one of those below. */
  app: RequestListener;
  /** Answers the client's own send to a chat. */
  chatPost: (req: IncomingMessage, res: ServerResponse, chatId: string) => Promise<void>;
  /** Answers `GET /events`. */
  events: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  publicUrl?: URL;
  /** A proxy's word decides what our origin is: without `publicUrl` the app has to find out. */
  trustProxy?: unknown;
};

/** 4,000 characters fit, whatever they are; a larger form is not turned away, but goes the long way. */
const maxBodyBytes = 64 * 1024;
const chatAddress = /^\/chats\/([\da-f-]{36})$/;

/**
 * Stands before Express for what happens thousands of times a second, a client's send, and for what
 * stays open by thousands, a live stream: the app's chain of handlers would cost more time than
 * the send, and more memory than the stream. It takes only requests that the app would let through
 * (same address, origin and limits), and does what the app does for them.
 */
export function makeFront(options: FrontOptions): RequestListener {
  const { app, chatPost, events, publicUrl, trustProxy } = options;

  function isOurs({ headers }: IncomingMessage): boolean {
    if (publicUrl) return headers.origin === publicUrl.origin;
    return !trustProxy && headers.origin === `http://${headers.host}`;
  }

  function answerOf(req: IncomingMessage): Answer | null {
    const { method, url = "" } = req;
    if (method === "GET") return /^\/events(\?|$)/.test(url) ? events : null;
    const chatId = method === "POST" && chatAddress.exec(url)?.[1];
    if (!chatId || !isSmallForm(req) || !isOurs(req)) return null;
    return (req, res) => chatPost(req, res, chatId);
  }

  return (req, res) => {
    const answer = answerOf(req);
    if (!answer) return app(req, res);
    const exchange = beginExchange(req, res);
    for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
    runExchange(exchange, () => answer(req, res).catch((error) => fail(res, error)));
  };
}

type Answer = (req: IncomingMessage, res: ServerResponse) => Promise<void>;

function fail(res: ServerResponse, error: unknown): void {
  log.error({ err: error }, "request failed");
  if (res.headersSent) res.destroy();
  else res.writeHead(500).end();
}

function isSmallForm({ headers }: IncomingMessage): boolean {
  return (
    headers.accept === "application/json" &&
    headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true &&
    Number(headers["content-length"] ?? Number.NaN) <= maxBodyBytes
  );
}

/** Neither is a page: what the app says about scripts and frames has no meaning for them. */
const headers = {
  "Cache-Control": "private, no-store",
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Resource-Policy": "same-origin",
};
