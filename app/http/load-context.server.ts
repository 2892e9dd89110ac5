import type { AppLoadContext } from "@remix-run/node";
import type { Request, Response } from "express";

/** What Remix hands to loaders, actions and the renderer of this request. */
export function getLoadContext(req: Request, res: Response): AppLoadContext {
  return {
    nonce: res.locals.nonce,
    requestId: res.locals.requestId,
    isDocument: !req.path.endsWith(".data"),
    address: req.ip ?? "",
  };
}
