import type { AppLoadContext } from "@remix-run/node";
import type { Request, Response } from "express";

/**
 * What Remix hands to loaders, actions and the renderer of this request.
 *
 * @param isOnline as this process heard
 */
export const makeLoadContext =
  (isOnline: (userId: string) => boolean) =>
  (req: Request, res: Response): AppLoadContext => ({
    isOnline,
    nonce: res.locals.nonce,
    requestId: res.locals.requestId,
    isDocument: !req.path.endsWith(".data"),
    address: req.ip ?? "",
    origin: res.locals.origin ?? req.headers.origin ?? null,
  });
