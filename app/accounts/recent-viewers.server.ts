import type { Db } from "~/db/client.server";
import { findViewer } from "./sessions.server";
import type { Viewer } from "./viewer";

/** How old what is said of a person (name, role) may be, in ms. */
const freshMs = 10_000;
/** People who send within that time in one process; beyond it the one found first is asked anew. */
const mostKept = 20_000;

const recent = new Map<string, { viewer: Viewer; until: number }>();

/**
 * Who a session's token belongs to, as it was a few seconds ago: for what asks the database once
 * more whether the session is still valid, in the statement that does the work. Sending does.
 *
 * @returns null when nobody is signed in
 */
export async function findRecentViewer(db: Db, token: string | null): Promise<Viewer | null> {
  if (!token) return null;
  const known = recent.get(token);
  if (known && known.until > Date.now()) return known.viewer;
  const viewer = await findViewer(db, token);
  recent.delete(token);
  if (!viewer) return null;
  if (recent.size >= mostKept) recent.delete(recent.keys().next().value ?? "");
  recent.set(token, { viewer, until: Date.now() + freshMs });
  return viewer;
}

/** The session turned out to be over. */
export function forgetViewer(token: string | null): void {
  if (token) recent.delete(token);
}
