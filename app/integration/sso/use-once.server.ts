import { lt, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { ssoTokens } from "~/db/schema";
import type { SignInClaims } from "./claims.server";

/** Longer than clocks differ, ours and the database's: a token is accepted by none of them then. */
const keptMs = 300_000;

/**
 * Spends a sign-in link.
 *
 * @param tx signs somebody in with it: of two at once the second waits, and finds it used
 * @returns whether it was not used before
 */
export async function useOnce(tx: Db, { jti, exp }: SignInClaims): Promise<boolean> {
  const expiresAt = new Date(exp * 1_000 + keptMs);
  const used = await tx
    .insert(ssoTokens)
    .values({ id: jti, expiresAt })
    .onConflictDoNothing()
    .returning({ id: ssoTokens.id });
  return used.length > 0;
}

/** Forgets the links that nothing could accept any more, used or not. */
export async function sweepTokens(db: Db): Promise<void> {
  await db.delete(ssoTokens).where(lt(ssoTokens.expiresAt, sql`now()`));
}
