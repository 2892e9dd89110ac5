import type { IncomingMessage, ServerResponse } from "node:http";
import { rememberViewer } from "~/accounts/recent-viewers.server";
import { readSessionToken } from "~/accounts/session-cookie.server";
import { findViewer, viewerOf } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import { db } from "~/db/db.server";
import { corsHeaders } from "~/integration/api/cors.server";
import { findTokenViewer, readBearer } from "~/integration/tokens/token-viewer.server";
import type { Live } from "~/live/live.server";
import { streamHeaders } from "~/live/opening.server";
import type { TakeConnection } from "./connection-taker.server";
import { eventsAnswer } from "./events-answer.server";
import { takeTurns } from "./turns.server";

/** Readers who are looked up at once: when thousands come back, sends go on between them. */
const lookedUpAtOnce = 4;

/**
 * `GET /events`: 401 when nobody is signed in, for a stream has no page to lead to, and 503 while
 * the database is away.
 *
 * @param take where requests come straight from the server; else a stream stays an answer of it
 */
export function answerEvents(live: Live, take?: TakeConnection) {
  const inTurn = takeTurns(lookedUpAtOnce);

  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const findReader = readerOf(req);
    const answer = await eventsAnswer(req, res, take);
    try {
      await letPagesRead(req, res);
      if (req.method === "OPTIONS") return void answer.begin(204).end();
      const viewer = await inTurn("reader", findReader);
      if (!viewer) answer.begin(401).end();
      // What answers GET answers HEAD as well: a stream would never end it.
      else if (req.method === "HEAD") answer.begin(200, streamHeaders).end();
      else await live.open(req, answer, viewer, async () => (await findReader()) !== null);
    } catch (error) {
      live.failed(error);
      if (answer.isBegun()) answer.destroy();
      else answer.begin(503, { "Retry-After": "1" }).end();
    }
  };
}

/**
 * Where a user token is shown nothing else counts: a cookie may be somebody else's. Other schemes are
 * for a proxy before us.
 */
function readerOf({ headers }: IncomingMessage): () => Promise<Viewer | null> {
  if (showsToken(headers)) {
    const bearer = readBearer(headers.authorization);
    return async () => viewerOf(await findTokenViewer(db, bearer));
  }
  const token = readSessionToken(headers.cookie);
  return async () => {
    const viewer = await findViewer(db, token);
    // Who reads is about to send.
    if (token) rememberViewer(token, viewer);
    return viewer;
  };
}

const showsToken = ({ authorization }: IncomingMessage["headers"]) =>
  /^bearer\b/i.test(authorization ?? "");

/** Pages of origins that an admin listed read the stream by a token, never by the cookie. */
async function letPagesRead(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const { method, headers } = req;
  if (!headers.origin || (method !== "OPTIONS" && !showsToken(headers))) return;
  const cors = await corsHeaders(db, { method }, headers.origin);
  for (const [name, value] of Object.entries(cors)) res.setHeader(name, value);
}
