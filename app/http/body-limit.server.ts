import type { NextFunction, Request, Response } from "express";
import { refuse } from "./refusals.server";

/** What `request.body` fails with when more came than was allowed; the 413 was sent by then. */
export class BodyTooLarge extends Error {
  override name = "BodyTooLarge";
}

/** After so long without a byte the rest of a refused body is not waited for. */
const silenceMs = 5_000;

/**
 * Refuses a larger body with 413: by its `Content-Length` at once, else when too many bytes came.
 *
 * @param maxBytes of the body as it is sent
 */
export function limitBody(maxBytes: number) {
  return (req: Request, res: Response, next: NextFunction) => {
    const announced = Number(req.get("Content-Length") ?? 0);
    if (announced === 0 && !req.get("Transfer-Encoding")) return next();
    res.once("finish", () => drainRest(req));
    if (announced > maxBytes) return refuse(res, 413);
    let bytes = 0;
    // Paused first: a listener alone would set the stream flowing before its reader is there.
    req.pause();
    req.on("error", () => {});
    req.on("data", function count(chunk: Buffer) {
      bytes += chunk.length;
      if (bytes <= maxBytes) return;
      req.off("data", count);
      if (!res.headersSent) refuse(res, 413);
      // Ends the reader's stream but not the connection, which still carries the answer.
      req.emit("error", new BodyTooLarge());
    });
    next();
  };
}

/**
 * A body that nobody read to its end would stand before the connection's next request. It is read on
 * as long as it comes, for which the server sets a limit: browsers look for the answer only when all
 * is sent, and would take a closed connection for no answer at all.
 */
function drainRest(req: Request) {
  if (req.readableEnded || req.destroyed) return;
  const giveUp = setTimeout(() => req.destroy(), silenceMs);
  giveUp.unref();
  req.removeAllListeners("data");
  req.on("data", () => giveUp.refresh());
  for (const end of ["end", "close", "error"]) req.on(end, () => clearTimeout(giveUp));
  req.resume();
}
