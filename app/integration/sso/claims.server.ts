import { z } from "zod";
import { emailAddress, personName } from "~/accounts/join.server";
import { hostsOwn } from "../host/hosts-own";
import { externalId } from "../host/user";

/** Of time, in seconds since 1970; some libraries write fractions. */
const moment = z.number().min(0).max(253_402_300_799);

/**
 * What a sign-in link of the host says, beside `iss` and `aud`. What is left out of a person stays as it
 * is known; `docs/identity.md` has the same list for people. What else it says is not read.
 */
export const signInClaims = z.object({
  sub: externalId,
  jti: hostsOwn("jti"),
  iat: moment,
  exp: moment,
  name: personName.optional(),
  email: emailAddress.nullable().optional(),
  verified: z.boolean().nullable().optional(),
  deals_done: z.int().min(0).max(1_000_000_000).nullable().optional(),
  suspended: z.boolean().optional(),
  subject: hostsOwn("subject").optional(),
  redirectTo: z.string().max(2_000).optional(),
});

export type SignInClaims = z.output<typeof signInClaims>;
