import { errors, type JWTPayload, jwtVerify } from "jose";
import { type SignInClaims, signInClaims } from "./claims.server";
import { type HostKeys, HostUnreachable } from "./host-keys.server";

/** `why` is for the log: which check it was, and nothing of the token. */
export type NotVerified = { refused: "expired" | "wrong" | "claims" | "unreachable"; why: string };

/** A link lasts at most so long, in seconds. */
export const longestLife = 300;
/** So much clocks may differ, in seconds. */
export const clockTolerance = 30;
/** Longer ones do not fit into an address anyway. */
const longest = 8_000;

/** @param audiences by which we are meant: one of them is enough */
export async function verifySignIn(
  token: string,
  { algorithms, keyOf }: HostKeys,
  { issuer, audiences }: { issuer: string; audiences: string[] },
): Promise<{ claims: SignInClaims } | NotVerified> {
  if (token.length > longest) return { refused: "wrong", why: "length" };
  try {
    const { payload } = await jwtVerify(token, keyOf, {
      algorithms,
      issuer,
      audience: audiences,
      clockTolerance,
      maxTokenAge: longestLife,
      requiredClaims: ["exp", "iat", "jti", "sub"],
    });
    return readClaims(payload);
  } catch (error) {
    return refusalOf(error);
  }
}

function readClaims(payload: JWTPayload): { claims: SignInClaims } | NotVerified {
  const read = signInClaims.safeParse(payload);
  if (!read.success) {
    return { refused: "claims", why: String(read.error.issues[0]?.path[0] ?? "claims") };
  }
  const life = read.data.exp - read.data.iat;
  if (life <= 0 || life > longestLife) return { refused: "claims", why: "exp" };
  return { claims: read.data };
}

function refusalOf(error: unknown): NotVerified {
  if (error instanceof HostUnreachable) return { refused: "unreachable", why: error.message };
  if (error instanceof errors.JWTExpired) return { refused: "expired", why: error.claim };
  if (error instanceof errors.JWTClaimValidationFailed) {
    // Of another issuer, or for somebody else: it is no link to us, however well it is made.
    const isForeign = ["iss", "aud", "nbf"].includes(error.claim);
    return { refused: isForeign ? "wrong" : "claims", why: error.claim };
  }
  if (error instanceof errors.JOSEError) return { refused: "wrong", why: error.code };
  // A key of the host that no signature can be checked with.
  if (error instanceof Error) return { refused: "wrong", why: error.name };
  throw error;
}
