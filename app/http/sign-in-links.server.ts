import type { NextFunction, Request, Response } from "express";

/**
 * For addresses that hold a token which works once: it is nobody's business where a page leads to, and
 * who only looks whether there is something, or fetches what somebody may want next, does not use it up.
 */
export function guardSignInLink(req: Request, res: Response, next: NextFunction): void {
  res.setHeader("Referrer-Policy", "no-referrer");
  const purpose = req.get("Sec-Purpose") ?? req.get("Purpose") ?? "";
  if (req.method === "HEAD") res.status(204).end();
  // A browser asks again for what failed, when it is wanted.
  else if (/prefetch|preview/i.test(purpose)) res.status(503).end();
  else next();
}
