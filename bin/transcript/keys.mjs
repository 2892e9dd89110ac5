import { createPublicKey } from "node:crypto";
import { isBase64url } from "./seal.mjs";

/**
 * The public keys in a file: what the operator's address of keys gives, or one key as PEM, in
 * base64url or in hex.
 *
 * @param {string} text
 * @returns {string[] | null} raw, in base64url; null when it is none of these
 */
export function readKeys(text) {
  try {
    const keys = candidates(text.trim());
    return keys.length && keys.every((key) => isBase64url(key, 32)) ? keys : null;
  } catch {
    return null;
  }
}

/** @param {string} text @returns {string[]} */
function candidates(text) {
  if (text.startsWith("{")) {
    return JSON.parse(text).keys.map((/** @type {{ publicKey: string }} */ key) => key.publicKey);
  }
  if (text.startsWith("-----")) {
    const key = createPublicKey(text);
    return key.asymmetricKeyType === "ed25519" ? [key.export({ format: "jwk" }).x ?? ""] : [];
  }
  return [/^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, "hex").toString("base64url") : text];
}
