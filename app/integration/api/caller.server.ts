import { readSessionToken } from "~/accounts/session-cookie.server";
import { findSession, type Session } from "~/accounts/sessions.server";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { noteUser } from "~/http/exchange.server";
import type { Host } from "../host/host";
import { findKey, isKey } from "../keys/keys.server";
import { findTokenViewer, readBearer } from "../tokens/token-viewer.server";
import { Problem } from "./problem";
import type { Scope } from "./scopes";

/** Who calls; `name` is what his calls are counted and his answers are kept by. */
export type Caller = { name: string } & (
  | { host: Host; scopes: Scope[]; viewer?: undefined }
  | { viewer: Viewer; host?: undefined }
);

/**
 * Finds who calls: by `Authorization`, and only where there is none, by the cookie of his session.
 *
 * @throws Problem 401 when nobody is known by it; 403 for somebody who is suspended or banned
 */
export async function findCaller(db: Db, request: Request): Promise<Caller> {
  const authorization = request.headers.get("Authorization");
  const bearer = readBearer(authorization ?? undefined);
  if (bearer && isKey(bearer)) {
    const key = await findKey(db, bearer);
    if (!key) throw unknown();
    return { ...key, name: `key ${key.host.keyId}` };
  }
  if (bearer) return asUser(await findTokenViewer(db, bearer));
  if (authorization !== null) throw unknown();
  return asUser(await findSession(db, readSessionToken(request.headers.get("Cookie"))));
}

function asUser(session: Session | null): Caller {
  if (!session) throw unknown();
  const { viewer, standing } = session;
  if (standing === "lockedOut") {
    throw new Problem("forbidden", { reason: "suspended", detail: "This account is suspended" });
  }
  noteUser(viewer.id);
  return { viewer, name: `user ${viewer.id}` };
}

const unknown = () => new Problem("unauthenticated", { headers: { "WWW-Authenticate": "Bearer" } });
