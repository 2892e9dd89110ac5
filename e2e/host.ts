import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";

/** The marketplace that the server of these flows belongs to. */
export const host = {
  address: "http://market.test/",
  issuer: "https://market.test",
  secret: "what the market of the flows and its Parley share",
};

/** An address of ours that lets in, as the marketplace makes it. */
export async function signInLink(said: Record<string, unknown> & { sub: string }) {
  const token = await new SignJWT(said)
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer(host.issuer)
    .setAudience("parley")
    .setJti(randomUUID())
    .setIssuedAt()
    .setExpirationTime("2m")
    .sign(new TextEncoder().encode(host.secret));
  return `/sso?token=${token}`;
}
