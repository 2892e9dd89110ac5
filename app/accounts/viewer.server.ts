import { redirect } from "@remix-run/node";
import type { Db } from "~/db/client.server";
import { db } from "~/db/db.server";
import { gather } from "~/db/gather.server";
import { currentExchange, noteUser } from "~/http/exchange.server";
import { found } from "~/http/found.server";
import { loginPath, sanctionsPath } from "~/http/paths";
import { lastKnownViewer, rememberViewer } from "./recent-viewers.server";
import { hasRole } from "./roles";
import { readSessionToken } from "./session-cookie.server";
import { findSession, type Session, viewerOf } from "./sessions.server";
import type { Viewer } from "./viewer";

type Asked = { db: Db; session: Promise<Session | null> };

/**
 * What the loaders of a request share. Remix hands each of them a Request of its own, so they meet
 * in the exchange; outside of one the Request itself has to do.
 */
const asked = new WeakMap<object, Asked>();

/** Also of somebody who is suspended or banned; null when nobody is signed in. */
export function readSession(request: Request): Promise<Session | null> {
  return askedBy(request).session;
}

/**
 * @returns null when nobody is signed in
 * @throws the redirect to the one page that a person has who is suspended or banned
 */
export async function readViewer(request: Request): Promise<Viewer | null> {
  const session = await readSession(request);
  if (session?.standing === "lockedOut") throw redirect(sanctionsPath, 303);
  return viewerOf(session);
}

/** @throws the redirect to the sign-in page, which leads back here */
export async function requireViewer(request: Request): Promise<Viewer> {
  return signedIn(request, await readViewer(request));
}

/** As `requireViewer`, also of somebody who is suspended or banned. */
export async function requireSession(request: Request): Promise<Session> {
  return signedIn(request, await readSession(request));
}

/**
 * Every loader and action below `/admin` asks for itself.
 *
 * @throws the redirect to the sign-in page; the 404 for whoever has a lower role
 */
export async function requireRole(request: Request, role: Viewer["role"]): Promise<Viewer> {
  const viewer = await requireViewer(request);
  return found(hasRole(viewer, role) ? viewer : null);
}

/**
 * Reads what a loader shows to whoever is signed in. Who that was a while ago is presumed, so that
 * all that the loaders of a page read is one statement with the look at the session; what was
 * presumed wrong is read again.
 *
 * @param read only reads, and prepares its own statements to take part in that one
 * @returns null when nobody is signed in, or somebody who is suspended or banned
 */
export async function readForViewer<Result>(
  request: Request,
  read: (db: Db, viewer: Viewer) => Promise<Result>,
): Promise<{ viewer: Viewer; result: Result } | null> {
  const { db, session } = askedBy(request);
  const presumed = lastKnownViewer(tokenOf(request));
  const reading = presumed && read(db, presumed);
  // It counts only if the session does.
  reading?.catch(() => {});
  const viewer = viewerOf(await session);
  if (!viewer) return null;
  const isRight = presumed?.id === viewer.id && presumed.role === viewer.role;
  return { viewer, result: await (reading && isRight ? reading : read(db, viewer)) };
}

/**
 * The same where one has to be signed in.
 *
 * @throws the redirect to the sign-in page, which leads back here
 */
export async function readAsViewer<Result>(
  request: Request,
  read: (db: Db, viewer: Viewer) => Promise<Result>,
): Promise<{ viewer: Viewer; result: Result }> {
  const page = await readForViewer(request, read);
  // Whoever is locked out is led elsewhere than whoever is not signed in.
  if (!page) await readViewer(request);
  return signedIn(request, page);
}

function signedIn<Found>(request: Request, found: Found | null): Found {
  if (found) return found;
  const { pathname, search } = new URL(request.url);
  throw redirect(loginPath(pathname + search), 303);
}

function askedBy(request: Request): Asked {
  const exchange = currentExchange();
  const key = exchange ?? request;
  const known = asked.get(key);
  if (known) return known;
  const gathered = gather(db);
  const token = tokenOf(request);
  const session = findSession(gathered, token).then((found) => {
    if (token) rememberViewer(token, viewerOf(found));
    if (found) noteUser(found.viewer.id);
    return found;
  });
  const asking = { db: gathered, session };
  asked.set(key, asking);
  return asking;
}

const tokenOf = (request: Request) => readSessionToken(request.headers.get("Cookie"));
