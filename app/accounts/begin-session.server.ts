import { redirect } from "@remix-run/node";
import type { Db } from "~/db/client.server";
import { chatsPath } from "~/http/paths";
import { safeRedirect } from "~/http/safe-redirect";
import { endedSessionCookie, readSessionToken, sessionCookie } from "./session-cookie.server";
import { createSession, endSession, findSession } from "./sessions.server";

/**
 * Signs a user in and leads him on. The browser gets a new token, and what it held before opens
 * nothing any more, so that nobody can sign another in to a session that he knows.
 */
export async function beginSession(
  db: Db,
  request: Request,
  { userId, redirectTo }: { userId: string; redirectTo?: string },
): Promise<Response> {
  await endSessionOf(db, request);
  const { token } = await createSession(db, userId);
  const path = safeRedirect(redirectTo, new URL(request.url).origin, chatsPath);
  return redirect(path, { status: 303, headers: { "Set-Cookie": sessionCookie(token) } });
}

/** Signs out whoever is signed in, if anybody is. */
export async function leaveSession(db: Db, request: Request, path: string): Promise<Response> {
  await endSessionOf(db, request);
  return redirect(path, { status: 303, headers: { "Set-Cookie": endedSessionCookie() } });
}

async function endSessionOf(db: Db, request: Request) {
  const former = await findSession(db, readSessionToken(request.headers.get("Cookie")));
  if (former) await endSession(db, former.viewer.sessionId);
}
