import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "~/db/client.server";
import { users } from "~/db/schema";
import { says } from "~/http/form-phrases.server";
import type { Limited } from "~/http/rate-limits.server";
import { verifyPassword } from "./passwords.server";
import { signInLimits } from "./sign-in-limits.server";

/** Only what an account can have is looked up; that it is an address at all is no matter here. */
export const signInForm = z.object({
  email: z.string().trim().toLowerCase().max(254, says("accounts.wrongCredentials")),
  password: z.string().max(256, says("accounts.wrongCredentials")),
  redirectTo: z.string().max(2_000).optional(),
});

export type SignInFields = z.input<typeof signInForm>;
export type SignIn = { userId: string } | { refused: "wrong" } | ({ refused: "limited" } & Limited);

/**
 * Checks a password. An unknown account and a wrong password take the same way through here: one
 * count, one query, one verification, one answer.
 *
 * @param address the peer's, whose failures are limited beside the account's
 */
export async function signIn(
  db: Db,
  { email, password, address }: { email: string; password: string; address: string },
  { limits = signInLimits(db), verify = verifyPassword } = {},
): Promise<SignIn> {
  return limits.attempt({ email, address }, async () => {
    const [user] = await db
      .select({ id: users.id, passwordHash: users.passwordHash })
      .from(users)
      // People of the host may have the same address, and no password.
      .where(and(eq(users.email, email), isNull(users.externalId)));
    const isRight = await verify(user?.passwordHash ?? null, password);
    return user && isRight ? { userId: user.id } : { refused: "wrong" as const };
  });
}
