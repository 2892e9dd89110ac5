import { hkdfSync } from "node:crypto";
import { errors, jwtVerify, SignJWT } from "jose";
import { z } from "zod";
import { environment } from "~/operations/environment.server";

/** The session that a user token stands for, and whose it is. */
export type TokenSession = { sessionId: string; userId: string };

const audience = "parley-user";
const typ = "parley-user+jwt";
/** Ours are a fifth of it. */
const longest = 2_000;

const claims = z.object({ sub: z.uuid(), sid: z.string().min(1).max(100) });

/** @param expiresAt in whole seconds */
export function signUserToken({ sessionId, userId }: TokenSession, expiresAt: Date) {
  return new SignJWT({ sid: sessionId })
    .setProtectedHeader({ alg: "HS256", typ })
    .setAudience(audience)
    .setSubject(userId)
    .setIssuedAt()
    .setExpirationTime(expiresAt)
    .sign(key());
}

/** @returns null for what we did not sign as a user token, and for one that expired */
export async function readUserToken(token: string): Promise<TokenSession | null> {
  if (token.length > longest) return null;
  try {
    const { payload } = await jwtVerify(token, key(), {
      algorithms: ["HS256"],
      audience,
      typ,
      requiredClaims: ["exp"],
    });
    const said = claims.safeParse(payload).data;
    return said ? { sessionId: said.sid, userId: said.sub } : null;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

/** Of its own, so that nothing else that the secret seals is ever a user token. */
function key() {
  const { sessionSecret } = environment();
  return new Uint8Array(hkdfSync("sha256", sessionSecret, "", "parley user tokens", 32));
}
