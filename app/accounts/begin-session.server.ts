import { redirect } from "@remix-run/node";
import type { Db } from "~/db/client.server";
import { chatsPath } from "~/http/paths";
import { safeRedirect } from "~/http/safe-redirect";
import { findTimeZone } from "~/http/time-zone.server";
import { keepLanguage } from "~/notifications/choices.server";
import { pickLocale } from "~/ui/catalogs.server";
import { browserOf } from "./browser.server";
import { deviceCookie, deviceTokenOf } from "./device-cookie.server";
import { noteDevice } from "./devices.server";
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
  await endFormerSession(db, request);
  const { headers } = await openSession(db, request, userId);
  const path = safeRedirect(redirectTo, new URL(request.url).origin, chatsPath);
  return redirect(path, { status: 303, headers });
}

/**
 * Signs a user in. Who was signed in in this browser is so until `endFormerSession`.
 *
 * @param isVouchedFor by a host, who guards how its people sign in, and tells them of new browsers
 * @returns what tells the browser
 */
export async function openSession(
  db: Db,
  request: Request,
  userId: string,
  { isVouchedFor = false } = {},
): Promise<{ sessionId: string; headers: Headers }> {
  const device = deviceTokenOf(request);
  const { token, id } = await db.transaction(async (tx) => {
    const session = await createSession(tx, userId);
    const noted = { token: device, ...browserOf(request) };
    await noteDevice(tx, userId, noted, { isTold: !isVouchedFor });
    const language = { locale: pickLocale(request), timeZone: findTimeZone(request) };
    await keepLanguage(tx, userId, language);
    return session;
  });
  const headers = new Headers({ "Set-Cookie": sessionCookie(token) });
  headers.append("Set-Cookie", deviceCookie(device));
  return { sessionId: id, headers };
}

/** Signs out whoever is signed in, if anybody is. */
export async function leaveSession(db: Db, request: Request, path: string): Promise<Response> {
  await endFormerSession(db, request);
  return redirect(path, { status: 303, headers: { "Set-Cookie": endedSessionCookie() } });
}

/**
 * Ends the session that a request came with, if it came with one. Not in a transaction that has locked
 * anything: whoever locks that person out holds his session, and then wants the audit log.
 */
export async function endFormerSession(db: Db, request: Request): Promise<void> {
  const former = await findSession(db, readSessionToken(request.headers.get("Cookie")));
  if (former) await endSession(db, former.viewer.sessionId);
}
