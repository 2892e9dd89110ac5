import type { NextFunction, Request, Response } from "express";
import { isApiAddress } from "./api-address";
import { refuse } from "./refusals.server";

/** A browser's own limit is higher; ours keeps a log line and a redirect in reason. */
const maxUrlLength = 4_096;
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/**
 * Refuses addresses that nothing behind could read, and settles which origin is ours: that of
 * `publicUrl`, else of `Host` and, from a trusted proxy, of `X-Forwarded-*`.
 */
export function readAddress({ publicUrl }: { publicUrl?: URL }) {
  return (req: Request, res: Response, next: NextFunction) => {
    const isPreflight =
      req.method === "OPTIONS" && (isApiAddress(req.path) || req.path === "/events");
    if (!methods.includes(req.method) && !isPreflight)
      return refuse(res.set("Allow", methods.join(", ")), 405);
    if (req.originalUrl.length > maxUrlLength) return refuse(res, 414);
    const host = publicUrl?.host ?? readHost(req);
    if (!host || !isReadable(req.originalUrl)) return refuse(res, 400);
    // Remix looks at these itself, trusted or not, so that they have to say what we found.
    req.headers.host = host;
    delete req.headers["x-forwarded-host"];
    req.url = req.originalUrl = decodable(req.originalUrl);
    if (publicUrl) {
      Object.defineProperty(req, "protocol", { value: publicUrl.protocol.slice(0, -1) });
    }
    next();
  };
}

/** @returns as in `https://chat.example`; call it behind `readAddress` */
export function ownOrigin(req: Request): string {
  return `${req.protocol}://${req.headers.host}`;
}

function readHost(req: Request) {
  const isTrusted = req.app.get("trust proxy fn")(req.socket.remoteAddress, 0);
  const forwarded = isTrusted ? req.get("X-Forwarded-Host")?.split(",")[0]?.trim() : undefined;
  const host = forwarded ?? req.get("Host") ?? "";
  if (!/^[\w.:[\]-]{1,255}$/.test(host) || !URL.canParse(`http://${host}`)) return null;
  return host;
}

function isReadable(url: string) {
  // `//host` would be read as a host, and the parameter asks for a data format that is turned off.
  return url.startsWith("/") && !url.startsWith("//") && !parametersOf(url).has("_data");
}

/** All behind the first `?`: a second one is part of a value. */
function parametersOf(url: string) {
  return new URLSearchParams(/\?(.*)$/s.exec(url)?.[1]);
}

/**
 * What cannot be decoded or holds NUL stands in the path as U+FFFD, which is in no id and no
 * reference: such an address is as unknown as any other, and gets the same answer.
 */
function decodable(url: string) {
  const [path = ""] = url.split("?", 1);
  return isDecodable(path)
    ? url
    : path.replace(/(?:%[\da-f]{2})+|%/gi, mend) + url.slice(path.length);
}

function isDecodable(path: string) {
  try {
    return !decodeURIComponent(path).includes("\0");
  } catch {
    return false;
  }
}

/** @param escapes as in `%C3%A9`, or a `%` that begins none */
function mend(escapes: string) {
  const bytes = Buffer.from(escapes.replaceAll("%", ""), "hex");
  const text = escapes === "%" ? "\ufffd" : bytes.toString("utf8").replaceAll("\0", "\ufffd");
  return encodeURIComponent(text);
}
