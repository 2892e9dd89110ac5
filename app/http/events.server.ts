import type { Handler } from "express";
import { readSessionToken } from "~/accounts/session-cookie.server";
import { findViewer } from "~/accounts/sessions.server";
import { db } from "~/db/db.server";
import type { Live } from "~/live/live.server";
import { streamHeaders } from "~/live/opening.server";

/** `GET /events`: 401 when nobody is signed in, for a stream has no page to lead to. */
export function answerEvents(live: Live): Handler {
  return async (req, res, next) => {
    try {
      const token = readSessionToken(req.get("Cookie") ?? null);
      const findReader = () => findViewer(db, token);
      const viewer = await findReader();
      if (!viewer) res.status(401).end();
      // Express hands HEAD to what answers GET: a stream would never end it.
      else if (req.method === "HEAD") res.writeHead(200, streamHeaders).end();
      else await live.open(req, res, viewer, async () => (await findReader()) !== null);
    } catch (error) {
      next(error);
    }
  };
}
