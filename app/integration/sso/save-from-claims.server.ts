import { eq } from "drizzle-orm";
import { lockPeople } from "~/accounts/lock-people.server";
import type { Db } from "~/db/client.server";
import { users } from "~/db/schema";
import { signInLink } from "../host/host";
import { changeUser, saveUser } from "../host/save-user.server";
import type { HostUser } from "../host/user";
import type { SignInClaims } from "./claims.server";
import { clockTolerance } from "./verify.server";

/** `nameless`: there is nobody yet, and the link does not say what to call him. */
type NotSaved = { refused: "staff" | "nameless" };

/** Makes or updates the person that a link is about. */
export async function saveFromClaims(tx: Db, claims: SignInClaims): Promise<HostUser | NotSaved> {
  const { sub: externalId, name, email, verified, deals_done } = claims;
  const known = await lockKnown(tx, externalId);
  if (known && known.role !== "user") return { refused: "staff" };
  const isSuspended = suspensionOf(claims, known?.hostSuspendedAt ?? null);
  const said = { name, email, isVerified: verified, dealsDone: deals_done, isSuspended };
  const saidAt = new Date(Math.floor(claims.iat) * 1_000);
  const changed = known && (await changeUser(tx, signInLink, known.id, said, { saidAt }));
  if (changed) return changed;
  if (name === undefined) return { refused: "nameless" };
  const saved = await saveUser(tx, signInLink, { ...said, externalId, name }, { saidAt });
  return "refused" in saved ? saved : saved.user;
}

async function lockKnown(tx: Db, externalId: string) {
  const find = () => tx.query.users.findFirst({ where: eq(users.externalId, externalId) });
  const known = await find();
  if (!known) return undefined;
  await lockPeople(tx, [known.id]);
  // Anew: he may have been suspended while this waited.
  return find();
}

/**
 * A link that was made before somebody was suspended does not let him in again, whatever it says: it
 * may have waited in a tab. Clocks differ.
 */
function suspensionOf({ suspended, iat }: SignInClaims, since: Date | null): boolean | undefined {
  const isOlder = since !== null && (iat - clockTolerance) * 1_000 <= since.getTime();
  return suspended === false && isOlder ? undefined : suspended;
}
