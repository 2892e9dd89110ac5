import { parseCookie, stringifySetCookie } from "cookie";
import { environment } from "~/operations/environment.server";

const name = "session";

/**
 * The row says when a session ends, not the cookie, so that a session can slide without a new
 * cookie. 400 days is the most that browsers keep one (RFC 6265bis, 5.5).
 */
const maxAge = 400 * 24 * 60 * 60;

/** @param cookies the `Cookie` header */
export function readSessionToken(cookies: string | null | undefined): string | null {
  return parseCookie(cookies ?? "")[name] ?? null;
}

/** The `Set-Cookie` that signs in. */
export function sessionCookie(token: string): string {
  return stringifySetCookie(name, token, { ...attributes(), maxAge });
}

/** The `Set-Cookie` that signs out. */
export function endedSessionCookie(): string {
  return stringifySetCookie(name, "", { ...attributes(), maxAge: 0 });
}

function attributes() {
  const secure = environment().publicUrl?.protocol === "https:";
  return { path: "/", httpOnly: true, sameSite: "lax", secure } as const;
}
