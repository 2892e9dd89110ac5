import { createHmac, randomBytes } from "node:crypto";
import { seal, unseal } from "../sealed.server";

const prefix = "whsec_";
const bytes = 32;
/** How long the secret before still signs beside a new one. */
export const rotationHours = 24;
const label = "webhook secrets";

/** What a receiver checks signatures with, as Standard Webhooks writes it. */
export const makeSecret = (): string => prefix + randomBytes(bytes).toString("base64");

export const sealSecret = (secret: string): Buffer => seal(label, secret);

/** @throws where the session secret is another one than when it was sealed */
export function openSecret(sealed: Buffer): string {
  const secret = unseal(label, sealed);
  if (!secret)
    throw new SecretLost("The secret was sealed with another SESSION_SECRET: make a new one");
  return secret;
}

/** It cannot be opened any more. */
export class SecretLost extends Error {}

/**
 * The headers of Standard Webhooks (https://www.standardwebhooks.com).
 *
 * @param secrets each signs: a receiver may know the new one already, or the old one still
 */
export function signedHeaders(
  { id, at, body }: { id: string; at: Date; body: string },
  secrets: readonly string[],
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signature = (secret: string) =>
    createHmac("sha256", Buffer.from(secret.slice(prefix.length), "base64"))
      .update(`${id}.${timestamp}.${body}`)
      .digest("base64");
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": secrets.map((secret) => `v1,${signature(secret)}`).join(" "),
  };
}
