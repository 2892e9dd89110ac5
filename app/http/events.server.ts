import type { Handler } from "express";
import { readSessionToken } from "~/accounts/session-cookie.server";
import { findViewer } from "~/accounts/sessions.server";
import { db } from "~/db/db.server";
import type { Live } from "~/live/live.server";

/** `GET /events`: 401 when nobody is signed in, for a stream has no page to lead to. */
export function answerEvents(live: Live): Handler {
  return async (req, res, next) => {
    try {
      const token = readSessionToken(req.get("Cookie") ?? null);
      const findReader = () => findViewer(db, token);
      const viewer = await findReader();
      if (viewer) await live.open(req, res, viewer, async () => (await findReader()) !== null);
      else res.status(401).end();
    } catch (error) {
      next(error);
    }
  };
}
