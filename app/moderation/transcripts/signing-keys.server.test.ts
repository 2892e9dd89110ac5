import { createPublicKey, verify } from "node:crypto";
import { expect, test } from "vitest";
import { signingKeys } from "~/db/schema";
import { db } from "~test/database";
import {
  listPublicKeys,
  rotateSigningKey,
  type SigningKey,
  signingKey,
} from "./signing-keys.server";

const secret = "a session secret, long enough for it";

function isSignedBy(key: SigningKey, content: string) {
  const jwk = { kty: "OKP", crv: "Ed25519", x: key.publicKey };
  const publicKey = createPublicKey({ key: jwk, format: "jwk" });
  return verify(null, Buffer.from(content), publicKey, Buffer.from(key.sign(content), "hex"));
}

test("many instances that need a key at once make one", async () => {
  const keys = await Promise.all(Array.from({ length: 8 }, () => signingKey(db, secret)));
  expect(new Set(keys.map(({ id }) => id)).size).toBe(1);
  expect(isSignedBy(keys[0] as SigningKey, "a transcript")).toBe(true);
});

test("a new key signs after a rotation, and the old one stays known", async () => {
  const before = await signingKey(db, secret);
  const after = await rotateSigningKey(db, secret);
  expect(after.id).not.toBe(before.id);
  expect((await signingKey(db, secret)).id).toBe(after.id);
  const known = await listPublicKeys(db);
  expect(known.find(({ id }) => id === before.id)).toMatchObject({
    publicKey: before.publicKey,
    retiredAt: expect.any(String),
  });
  expect(known.find(({ id }) => id === after.id)?.retiredAt).toBeNull();
});

test("whoever reads the database without the session secret cannot sign", async () => {
  const known = await signingKey(db, secret);
  const other = await signingKey(db, "another session secret, long enough");
  expect(other.id).not.toBe(known.id);
  expect((await signingKey(db, secret)).id, "the others go on with theirs").toBe(known.id);
  const rows = await db.select().from(signingKeys);
  const sealed = rows.map(({ sealedPrivateKey }) => Buffer.from(sealedPrivateKey, "base64url"));
  // How every Ed25519 key in PKCS #8 begins.
  const plain = Buffer.from("302e020100300506032b6570", "hex");
  expect(sealed.some((bytes) => bytes.includes(plain))).toBe(false);
});
