import { randomBytes } from "node:crypto";
import { parseCookie, stringifySetCookie } from "cookie";
import { environment } from "~/operations/environment.server";

const name = "device";
/** From the last sign-in; a browser that nobody signed in with for so long is a new one. */
const maxAge = 365 * 24 * 60 * 60;
const shape = /^[\w-]{43}$/;

/** What a browser is known by, whoever signs in with it; a new name where it has none of ours. */
export function deviceTokenOf(request: Request): string {
  const token = parseCookie(request.headers.get("Cookie") ?? "")[name];
  return token && shape.test(token) ? token : randomBytes(32).toString("base64url");
}

/** The `Set-Cookie` by which it is known again. It opens nothing. */
export function deviceCookie(token: string): string {
  const secure = environment().publicUrl?.protocol === "https:";
  return stringifySetCookie(name, token, {
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure,
    maxAge,
  });
}
