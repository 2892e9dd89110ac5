import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
} from "node:crypto";
import { asc, desc, isNull, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { signingKeys } from "~/db/schema";
import { sha256 } from "../../../bin/transcript/canonical.mjs";
import { audit } from "../audit/audit.server";

export type SigningKey = {
  id: string;
  /** Raw, in base64url. */
  publicKey: string;
  /** @returns the Ed25519 signature in hex */
  sign(content: string): string;
};

/** A key as the address of the public keys tells it. */
export type PublicKey = {
  id: string;
  algorithm: "Ed25519";
  publicKey: string;
  /** SHA-256 of the public key, in hex: what people compare. */
  fingerprint: string;
  createdAt: string;
  retiredAt: string | null;
};

/** Any number that nothing else in this database uses for an advisory lock. */
const KEYS_LOCK = 7_275_395;
const cipher = "aes-256-gcm";
const [ivBytes, tagBytes] = [12, 16];

/**
 * The key that signs now. The first that asks makes it; one that was sealed with another session
 * secret cannot be opened any more, and a new one takes its place here.
 *
 * @param secret the session secret
 */
export async function signingKey(db: Db, secret: string): Promise<SigningKey> {
  return (
    (await newestKey(db, secret)) ??
    db.transaction(async (tx) => {
      await lockKeys(tx);
      return (await newestKey(tx, secret)) ?? makeKey(tx, secret);
    })
  );
}

/** Signs with a new key from now on; what older ones signed stays signed. */
export async function rotateSigningKey(db: Db, secret: string): Promise<SigningKey> {
  return db.transaction(async (tx) => {
    await lockKeys(tx);
    await tx
      .update(signingKeys)
      .set({ retiredAt: sql`clock_timestamp()` })
      .where(isNull(signingKeys.retiredAt));
    const key = await makeKey(tx, secret);
    await audit(tx, "system", { action: "signing_key.rotated", details: { key: key.id } });
    return key;
  });
}

/** All keys that ever signed, oldest first. */
export async function listPublicKeys(db: Db): Promise<PublicKey[]> {
  const rows = await db.select().from(signingKeys).orderBy(asc(signingKeys.createdAt));
  return rows.map(({ id, publicKey, createdAt, retiredAt }) => ({
    id,
    algorithm: "Ed25519",
    publicKey,
    fingerprint: sha256(Buffer.from(publicKey, "base64url")),
    createdAt: createdAt.toISOString(),
    retiredAt: retiredAt?.toISOString() ?? null,
  }));
}

const lockKeys = (tx: Db) => tx.execute(sql`select pg_advisory_xact_lock(${KEYS_LOCK})`);

async function newestKey(db: Db, secret: string): Promise<SigningKey | null> {
  const rows = await db
    .select()
    .from(signingKeys)
    .where(isNull(signingKeys.retiredAt))
    .orderBy(desc(signingKeys.createdAt));
  for (const { id, publicKey, sealedPrivateKey } of rows) {
    const privateKey = unsealed(sealedPrivateKey, secret);
    if (privateKey) return usable(id, publicKey, privateKey);
  }
  return null;
}

async function makeKey(tx: Db, secret: string): Promise<SigningKey> {
  const pair = generateKeyPairSync("ed25519");
  const publicKey = pair.publicKey.export({ format: "jwk" }).x ?? "";
  const id = sha256(Buffer.from(publicKey, "base64url")).slice(0, 16);
  const sealedPrivateKey = sealed(pair.privateKey, secret);
  await tx.insert(signingKeys).values({ id, publicKey, sealedPrivateKey });
  return usable(id, publicKey, pair.privateKey);
}

const usable = (id: string, publicKey: string, privateKey: KeyObject): SigningKey => ({
  id,
  publicKey,
  sign: (content) => sign(null, Buffer.from(content), privateKey).toString("hex"),
});

const sealingKey = (secret: string) =>
  Buffer.from(hkdfSync("sha256", secret, "", "parley transcript signing keys", 32));

function sealed(privateKey: KeyObject, secret: string): string {
  const iv = randomBytes(ivBytes);
  const seal = createCipheriv(cipher, sealingKey(secret), iv);
  const bytes = privateKey.export({ format: "der", type: "pkcs8" });
  const content = Buffer.concat([seal.update(bytes), seal.final()]);
  return Buffer.concat([iv, seal.getAuthTag(), content]).toString("base64url");
}

/** @returns null when it was sealed with another secret */
function unsealed(sealedKey: string, secret: string): KeyObject | null {
  const bytes = Buffer.from(sealedKey, "base64url");
  const [iv, rest] = [bytes.subarray(0, ivBytes), bytes.subarray(ivBytes)];
  try {
    const seal = createDecipheriv(cipher, sealingKey(secret), iv);
    seal.setAuthTag(rest.subarray(0, tagBytes));
    const key = Buffer.concat([seal.update(rest.subarray(tagBytes)), seal.final()]);
    return createPrivateKey({ key, format: "der", type: "pkcs8" });
  } catch {
    return null;
  }
}
