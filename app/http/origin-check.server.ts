import type { NextFunction, Request, Response } from "express";
import { ownOrigin } from "./own-address.server";
import { refuse } from "./refusals.server";

/**
 * Lets only our own pages change anything: browsers name the origin of every such request, and a
 * request that names none, `null` or another is refused before anyone reads it.
 */
export function checkOrigin(req: Request, res: Response, next: NextFunction): void {
  const isReading = ["GET", "HEAD", "OPTIONS"].includes(req.method);
  const isOurs = req.get("Origin")?.toLowerCase() === ownOrigin(req).toLowerCase();
  if (isReading || isOurs) next();
  else refuse(res, 403);
}
