import { data } from "@remix-run/node";
import { Authenticator } from "remix-auth";
import { Strategy } from "remix-auth/strategy";
import type { z } from "zod";
import type { Db } from "~/db/client.server";
import { type FormReading, type FormRefusal, readForm } from "~/http/forms.server";
import type { Limited } from "~/http/rate-limits.server";
import { environment } from "~/operations/environment.server";
import { signIn, signInForm } from "./sign-in.server";
import { signInLimits } from "./sign-in-limits.server";

export type SignedIn = { userId: string; redirectTo?: string };
type Attempt = Extract<FormReading<z.output<typeof signInForm>>, { ok: true }>;

/** Carries what the sign-in page has to show through remix-auth, which knows users and errors only. */
export class SignInRefused extends Error {
  override name = "SignInRefused";
  constructor(
    readonly refusal: FormRefusal,
    readonly retryAfter?: number,
  ) {
    super("Sign-in was refused");
  }

  answer() {
    return answerRefusal(this.refusal, this.retryAfter);
  }
}

/** remix-auth-form's strategy reads a form of any size and any number of fields; this one does not. */
class PasswordStrategy extends Strategy<SignedIn, Attempt> {
  override name = "password";

  override async authenticate(request: Request): Promise<SignedIn> {
    const form = await readForm(request, signInForm);
    if (!form.ok) throw new SignInRefused(form);
    return this.verify(form);
  }
}

/**
 * Whose requests these are. Another way to sign in is another strategy here.
 *
 * @param address the peer's
 */
export function authenticator(db: Db, address: string) {
  const password = new PasswordStrategy(async ({ value, refuse }) => {
    const outcome = await signIn(db, { ...value, address }, { limits: configuredLimits(db) });
    if ("userId" in outcome) return { userId: outcome.userId, redirectTo: value.redirectTo };
    if (outcome.refused === "limited") {
      throw new SignInRefused(refuseAttempts(refuse, outcome), outcome.retryAfter);
    }
    throw new SignInRefused(refuse({ form: { id: "accounts.wrongCredentials" } }));
  });
  return new Authenticator<SignedIn>().use(password);
}

/** The limit that the operator has set. */
export function configuredLimits(db: Db) {
  const points = environment().limitSignInFailuresPer15Minutes;
  return signInLimits(db, { points, seconds: 15 * 60 });
}

export function refuseAttempts(refuse: Attempt["refuse"], { retryAfter }: Limited): FormRefusal {
  const minutes = Math.ceil(retryAfter / 60);
  return {
    ...refuse({ form: { id: "accounts.tooManyAttempts", values: { minutes } } }),
    status: 429,
  };
}

export function answerRefusal({ result, status }: FormRefusal, retryAfter?: number) {
  const headers = retryAfter ? { "Retry-After": String(retryAfter) } : undefined;
  return data({ result }, { status, headers });
}
