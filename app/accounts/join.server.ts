import { isNull } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "~/db/client.server";
import { users } from "~/db/schema";
import { says } from "~/http/form-phrases.server";
import type { Limited } from "~/http/rate-limits.server";
import { hashPassword } from "./passwords.server";
import { signInLimits } from "./sign-in-limits.server";

/** Control characters, line breaks and what turns the direction of the text around it. */
const unprintable = /[\p{Cc}\p{Zl}\p{Zp}\p{Co}\p{Cn}\u202a-\u202e\u2066-\u2069]/u;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, says("accounts.emailInvalid"))
  .pipe(z.email(says("accounts.emailInvalid")));

/** What others see somebody called. */
export const personName = z
  .string()
  .trim()
  .normalize("NFC")
  .min(1, says("error.required"))
  .max(80)
  .refine((name) => !unprintable.test(name) && visible.test(name), says("accounts.nameInvalid"));

export const joinForm = z.object({
  email: emailAddress,
  name: personName,
  /**
   * Length is what makes a password hard to guess, so nothing else is asked of it (NIST SP 800-63B,
   * 3.1.1). The upper bound only limits the work of hashing it.
   */
  password: z.string().min(10, says("accounts.passwordShort")).max(256),
  redirectTo: z.string().max(2_000).optional(),
});

export type JoinFields = z.input<typeof joinForm>;
export type Joined =
  | { userId: string }
  | { refused: "email_taken" }
  | ({ refused: "limited" } & Limited);

/**
 * Makes an account. That an e-mail address is taken is said openly, because its owner has to know;
 * asking for one after another is limited as sign-in failures are.
 */
export async function join(
  db: Db,
  values: { email: string; name: string; password: string; address: string },
  { limits = signInLimits(db) } = {},
): Promise<Joined> {
  return limits.fromAddress(values.address, async () => {
    const passwordHash = await hashPassword(values.password);
    const [user] = await db
      .insert(users)
      .values({ email: values.email, name: values.name, passwordHash })
      .onConflictDoNothing({ target: users.email, where: isNull(users.externalId) })
      .returning({ id: users.id });
    return user ? { userId: user.id } : { refused: "email_taken" as const };
  });
}
