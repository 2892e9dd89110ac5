import { createHash, timingSafeEqual } from "node:crypto";
import type { Handler, Request } from "express";
import { registry } from "./metrics.server";

/** What a proxy adds; without one of them a request from this machine comes from this machine. */
const forwarding = [
  "forwarded",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
  "via",
];

/**
 * `GET /metrics`, for whoever has the token, and for programs on this machine. A proxy on this
 * machine is none of those: what it hands on comes from the world, trusted or not. Everybody else
 * learns nothing: 404, and 401 only where a token would help.
 */
export function answerMetrics({
  token,
  read,
}: {
  token?: string;
  read: () => Promise<string>;
}): Handler {
  return async (req, res, next) => {
    try {
      if (isLocal(req) || (token && hasToken(req, token))) {
        res.type(registry.contentType).send(await read());
      } else if (token) res.set("WWW-Authenticate", "Bearer").status(401).end();
      else next();
    } catch (error) {
      next(error);
    }
  };
}

function isLocal(req: Request): boolean {
  return (
    isLoopback(req.socket.remoteAddress ?? "") &&
    forwarding.every((name) => !(name in req.headers)) &&
    // What a proxy hands on bare, and a page whose name was turned to this machine, say another.
    /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(req.headers.host ?? "")
  );
}

function isLoopback(address: string): boolean {
  return address === "::1" || /^(::ffff:)?127\./.test(address);
}

function hasToken(req: Request, token: string): boolean {
  const given = /^Bearer (.+)$/i.exec(req.get("Authorization") ?? "")?.[1] ?? "";
  return timingSafeEqual(digest(given), digest(token));
}

/** Of one length, so that comparing takes as long for every guess. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
