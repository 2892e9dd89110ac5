import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { environment } from "~/operations/environment.server";

const algorithm = "aes-256-gcm";
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Encrypts what is kept and has to be read again (AES-256-GCM under a key of its own, by HKDF from
 * `SESSION_SECRET`), so that whoever reads the table alone has nothing.
 *
 * @param label what it is for: what was sealed for one thing opens for no other
 */
export function seal(label: string, text: string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, keyOf(label), nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
}

/** @returns null for what was sealed under another secret or label, or was changed since */
export function unseal(label: string, sealed: Buffer): string | null {
  if (sealed.length < nonceBytes + tagBytes) return null;
  const nonce = sealed.subarray(0, nonceBytes);
  const decipher = createDecipheriv(algorithm, keyOf(label), nonce, { authTagLength: tagBytes });
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    const text = decipher.update(sealed.subarray(nonceBytes + tagBytes));
    return Buffer.concat([text, decipher.final()]).toString("utf8");
  } catch {
    return null;
  }
}

/** For one purpose, so that no two ever share a key. */
export function derivedKey(label: string): Buffer {
  return Buffer.from(hkdfSync("sha256", environment().sessionSecret, "", `parley ${label}`, 32));
}

const keyOf = (label: string) => derivedKey(`sealed ${label}`);
