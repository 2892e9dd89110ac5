import type { IncomingMessage, ServerResponse } from "node:http";
import { readSessionToken } from "~/accounts/session-cookie.server";
import { findViewer } from "~/accounts/sessions.server";
import { db } from "~/db/db.server";
import type { Live } from "~/live/live.server";
import { streamHeaders } from "~/live/opening.server";
import { takeTurns } from "./turns.server";

/** Readers who are looked up at once: when thousands come back, sends go on between them. */
const lookedUpAtOnce = 4;

/**
 * `GET /events`: 401 when nobody is signed in, for a stream has no page to lead to, and 503 while
 * the database is away.
 */
export function answerEvents(live: Live) {
  const inTurn = takeTurns(lookedUpAtOnce);

  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const token = readSessionToken(req.headers.cookie);
    const findReader = () => findViewer(db, token);
    try {
      const viewer = await inTurn("reader", findReader);
      if (!viewer) res.writeHead(401).end();
      // What answers GET answers HEAD as well: a stream would never end it.
      else if (req.method === "HEAD") res.writeHead(200, streamHeaders).end();
      else await live.open(req, res, viewer, async () => (await findReader()) !== null);
    } catch (error) {
      live.failed(error);
      if (res.headersSent) res.destroy();
      else res.writeHead(503, { "Retry-After": "1" }).end();
    }
  };
}
