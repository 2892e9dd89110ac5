import { redirect } from "@remix-run/node";
import { db } from "~/db/db.server";
import { currentExchange } from "~/http/exchange.server";
import { loginPath } from "~/http/paths";
import { readSessionToken } from "./session-cookie.server";
import { findViewer } from "./sessions.server";
import type { Viewer } from "./viewer";

/**
 * One query a request, however many loaders ask. Remix hands each of them a Request of its own, so
 * what they share is the exchange; outside of one the Request itself has to do.
 */
const seen = new WeakMap<object, Promise<Viewer | null>>();

/** @returns null when nobody is signed in */
export function readViewer(request: Request): Promise<Viewer | null> {
  const key = currentExchange() ?? request;
  const known = seen.get(key);
  if (known) return known;
  const viewer = lookUp(request);
  seen.set(key, viewer);
  return viewer;
}

/** @throws the redirect to the sign-in page, which leads back here */
export async function requireViewer(request: Request): Promise<Viewer> {
  const viewer = await readViewer(request);
  if (viewer) return viewer;
  const { pathname, search } = new URL(request.url);
  throw redirect(loginPath(pathname + search), 303);
}

async function lookUp(request: Request) {
  const viewer = await findViewer(db, readSessionToken(request.headers.get("Cookie")));
  const exchange = currentExchange();
  if (viewer && exchange) exchange.userId = viewer.id;
  return viewer;
}
