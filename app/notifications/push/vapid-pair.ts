import { createECDH } from "node:crypto";

/** Whether two keys in base64url are the halves of one pair on the curve of RFC 8292. */
export function isVapidPair(publicKey: string, privateKey: string): boolean {
  const curve = createECDH("prime256v1");
  try {
    curve.setPrivateKey(Buffer.from(privateKey, "base64url"));
    return curve.getPublicKey().equals(Buffer.from(publicKey, "base64url"));
  } catch {
    return false;
  }
}
