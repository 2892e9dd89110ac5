import type { IncomingMessage, ServerResponse } from "node:http";
import { readSessionToken } from "~/accounts/session-cookie.server";
import { findViewer } from "~/accounts/sessions.server";
import { db } from "~/db/db.server";
import type { Live } from "~/live/live.server";
import { streamHeaders } from "~/live/opening.server";

/**
 * `GET /events`: 401 when nobody is signed in, for a stream has no page to lead to.
 *
 * @returns answers a request, and throws when the database is away before anything was answered
 */
export function answerEvents(live: Live) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const token = readSessionToken(req.headers.cookie);
    const findReader = () => findViewer(db, token);
    const viewer = await findReader();
    if (!viewer) res.writeHead(401).end();
    // Express hands HEAD to what answers GET: a stream would never end it.
    else if (req.method === "HEAD") res.writeHead(200, streamHeaders).end();
    else await live.open(req, res, viewer, async () => (await findReader()) !== null);
  };
}
