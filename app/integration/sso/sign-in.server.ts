import { eq } from "drizzle-orm";
import { endFormerSession, openSession } from "~/accounts/begin-session.server";
import type { Viewer } from "~/accounts/viewer";
import { readSession } from "~/accounts/viewer.server";
import type { Db } from "~/db/client.server";
import { users } from "~/db/schema";
import type { SignInClaims } from "./claims.server";
import { saveFromClaims } from "./save-from-claims.server";
import { useOnce } from "./use-once.server";

export type SignedInFromHost =
  | { viewer: Viewer; headers: Headers }
  | { refused: "used" | "suspended" | "staff" | "nameless" };

/**
 * Signs in whom a verified link is about, in place of whoever was signed in in this browser. That the
 * link is used, what it says of the person and the session are there together, or none of them is.
 */
export async function signInFromHost(
  db: Db,
  request: Request,
  claims: SignInClaims,
): Promise<SignedInFromHost> {
  const signedIn = await saveAndOpen(db, request, claims);
  // After the commit, with none of its locks. Who dies here has told the browser nothing: it goes on as
  // it was before, its own token still opens its own session, and nobody has that of the new one.
  if ("viewer" in signedIn) await endFormerSession(db, request);
  return signedIn;
}

function saveAndOpen(db: Db, request: Request, claims: SignInClaims): Promise<SignedInFromHost> {
  return db.transaction(async (tx) => {
    if (!(await useOnce(tx, claims))) return { refused: "used" };
    const person = await saveFromClaims(tx, claims);
    if ("refused" in person) return person;
    if (person.isSuspended) return { refused: "suspended" };
    const { id, name } = person;
    const { sessionId, headers } = await openSession(tx, request, id, { isVouchedFor: true });
    return { viewer: { id, name, role: "user", sessionId }, headers };
  });
}

/** Whom a link would have signed in, where it is he who comes back with it: from the history, say. */
export async function findSignedIn(
  db: Db,
  request: Request,
  { sub }: SignInClaims,
): Promise<Viewer | null> {
  const session = await readSession(request);
  if (!session) return null;
  const [person] = await db
    .select({ externalId: users.externalId })
    .from(users)
    .where(eq(users.id, session.viewer.id));
  return person?.externalId === sub ? session.viewer : null;
}
