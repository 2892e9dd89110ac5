import { createRemixRequest, sendRemixResponse } from "@remix-run/express/dist/server.js";
import { type AppLoadContext, createRequestHandler, type ServerBuild } from "@remix-run/node";
import type { Handler, Request, Response } from "express";

type Options = {
  build: ServerBuild | (() => Promise<ServerBuild>);
  mode: "production" | "development";
  getLoadContext: (req: Request, res: Response) => AppLoadContext;
};

/**
 * As Remix's own handler for Express, but pages are written straight into the answer, where its own
 * lead through a stream of the web's kind, piece by piece.
 */
export function answerPages({ build, mode, getLoadContext }: Options): Handler {
  const answer = createRequestHandler(build, mode);
  return async (req, res, next) => {
    try {
      const context = getLoadContext(req, res);
      const response = await answer(createRemixRequest(req, res), context);
      if (!context.writePage || req.method === "HEAD")
        return await sendRemixResponse(res, response);
      res.status(response.status);
      for (const [name, value] of response.headers) res.append(name, value);
      context.writePage(res);
    } catch (error) {
      next(error);
    }
  };
}
