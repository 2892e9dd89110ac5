import { eq } from "drizzle-orm";
import { z } from "zod";
import { configuredLimits } from "~/accounts/authenticator.server";
import { verifyPassword } from "~/accounts/passwords.server";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { users } from "~/db/schema";
import type { Limited } from "~/http/rate-limits.server";
import { holdsOfPerson } from "../holds.server";
import { readRetention } from "../settings.server";
import { eraseAccount } from "./erase-account.server";
import type { OwnErasure, OwnHold } from "./own-erasure";

/**
 * What proves that it is he: his password; where he has none his e-mail address, or his name where he has
 * no address either.
 */
export const eraseForm = z.object({
  intent: z.literal("erase"),
  password: z.string().max(256).optional(),
  email: z.string().trim().toLowerCase().max(254).optional(),
  name: z.string().trim().normalize("NFC").max(200).optional(),
});

type Proof = Pick<z.output<typeof eraseForm>, "password" | "email" | "name"> & { address: string };

/** What somebody is told before he has his account deleted. */
export async function readOwnErasure(db: Db, userId: string): Promise<OwnErasure | null> {
  const [user] = await db.select().from(users).where(eq(users.id, userId));
  if (!user) return null;
  const { erasedMessages: messages, erasureDays: days } = await readRetention(db);
  const holds = await holdsOfPerson(db, userId, new Date());
  return {
    email: user.email,
    name: user.name,
    hasPassword: user.passwordHash !== null,
    messages,
    days,
    holds: said(holds),
  };
}

/** Each kind once, with the last end that is known; nobody is told who reported what of him. */
function said(holds: Awaited<ReturnType<typeof holdsOfPerson>>): OwnHold[] {
  const byKind = new Map<OwnHold["kind"], OwnHold>();
  for (const { kind: found, until } of holds) {
    const kind = found === "flag" || found === "appeal" ? "review" : found;
    const known = byKind.get(kind);
    const isLater = !known || (known.until && (!until || until > known.until));
    if (isLater) byKind.set(kind, { kind, until });
  }
  return [...byKind.values()];
}

/**
 * Deletes somebody's own account, when it is proved that it is he who asks: who sits at his open
 * browser is not. What fails is limited as sign-ins are.
 *
 * @param address the peer's
 * @returns null when he is signed out by now
 */
export async function eraseOwnAccount(
  db: Db,
  viewer: Viewer,
  { address, ...proof }: Proof,
): Promise<
  | { asked: true }
  | { refused: "lastAdmin" | WrongProof }
  | ({ refused: "limited" } & Limited)
  | null
> {
  const [user] = await db.select().from(users).where(eq(users.id, viewer.id));
  if (!user || user.erasedAt) return null;
  const prove = async (): Promise<{ userId: string } | { refused: WrongProof }> => {
    const wrong = await wrongIn(user, proof);
    return wrong ? { refused: wrong } : { userId: user.id };
  };
  const counted = user.email ?? user.id;
  const proved = await configuredLimits(db).attempt({ email: counted, address }, prove);
  if ("refused" in proved) return proved;
  const erased = await eraseAccount(db, viewer, { userId: viewer.id });
  return erased && "refused" in erased ? erased : erased && { asked: true };
}

type WrongProof = "wrongPassword" | "wrongEmail" | "wrongName";

/** @returns null when it proves that it is he */
async function wrongIn(
  { passwordHash, email, name }: typeof users.$inferSelect,
  proof: Omit<Proof, "address">,
): Promise<WrongProof | null> {
  if (passwordHash) {
    return (await verifyPassword(passwordHash, proof.password ?? "")) ? null : "wrongPassword";
  }
  if (email) return proof.email === email ? null : "wrongEmail";
  return proof.name === name ? null : "wrongName";
}
