import type { Db } from "~/db/client.server";
import { findViewer } from "./sessions.server";
import type { Viewer } from "./viewer";

/**
 * How long a token is taken for its owner's, in ms. Whose it is never changes, and what uses it looks at
 * the session itself; but a session in use is prolonged by looking it up, and one that lasts a month
 * has to be now and then.
 */
const keptMs = 600_000;
/** People who send within that time in one process; beyond it the one found first is asked anew. */
const mostKept = 20_000;

const recent = new Map<string, { viewer: Viewer; until: number }>();

/**
 * Who a session's token belongs to, with the name and role of minutes ago: for what asks the database
 * whether the session is still valid in the statement that does the work, and what else it has to
 * know of him there, too. Sending does.
 *
 * @returns null when nobody is signed in
 */
export async function findRecentViewer(db: Db, token: string | null): Promise<Viewer | null> {
  if (!token) return null;
  const known = recent.get(token);
  if (known && known.until > Date.now()) return known.viewer;
  const viewer = await findViewer(db, token);
  rememberViewer(token, viewer);
  return viewer;
}

/** Who a token belonged to when it was last looked up, however long ago: a guess to be checked. */
export function lastKnownViewer(token: string | null): Viewer | null {
  return (token && recent.get(token)?.viewer) || null;
}

/** @param viewer as the database says now; null for a session that is over */
export function rememberViewer(token: string, viewer: Viewer | null): void {
  recent.delete(token);
  if (!viewer) return;
  if (recent.size >= mostKept) recent.delete(recent.keys().next().value ?? "");
  recent.set(token, { viewer, until: Date.now() + keptMs });
}

/** The session turned out to be over. */
export function forgetViewer(token: string | null): void {
  if (token) recent.delete(token);
}
