import { createHmac, randomBytes } from "node:crypto";
import { and, desc, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import { hasRole } from "~/accounts/roles";
import type { Viewer } from "~/accounts/viewer";
import { idShape } from "~/chats/drafts";
import type { Db } from "~/db/client.server";
import { prepare } from "~/db/prepared.server";
import { apiKeys, users } from "~/db/schema";
import { audit } from "~/moderation/audit/audit.server";
import { environment } from "~/operations/environment.server";
import { type Scope, scopeNames } from "../api/scopes";
import type { Host } from "../host/host";

/**
 * What a key is made with. The form brings the `id`, so that the same form makes the same key once;
 * `expiresInDays` empty: it does not end by itself.
 */
export const keyForm = z.object({
  id: idShape.optional(),
  name: z
    .string({ error: "integrations.keyNameMissing" })
    .trim()
    .min(1, { error: "integrations.keyNameMissing" })
    .max(100, { error: "integrations.keyNameTooLong" }),
  scopes: z
    .array(z.enum(scopeNames, { error: "integrations.scopeUnknown" }))
    .min(1, { error: "integrations.scopeMissing" })
    .max(scopeNames.length),
  expiresInDays: z.coerce
    .number({ error: "integrations.daysInvalid" })
    .int({ error: "integrations.daysInvalid" })
    .min(1, { error: "integrations.daysInvalid" })
    .max(3_650, { error: "integrations.daysInvalid" })
    .optional(),
});

export type NewKey = z.output<typeof keyForm>;

export type KeyState = "valid" | "expired" | "revoked";

/** A key as admins see it: never the key itself. */
export type ListedKey = {
  id: string;
  name: string;
  prefix: string;
  scopes: Scope[];
  createdBy: string;
  createdAt: string;
  expiresAt: string | null;
  revokedAt: string | null;
  state: KeyState;
  lastUsedAt: string | null;
};

const start = "pk_";
/** Shown to tell keys apart: too little to guess the rest of 256 bits by. */
const shown = start.length + 6;

/**
 * Makes a key for the host.
 *
 * @returns the key, which is kept nowhere and shown once; `made` for an `id` that has one already, since
 *   nobody can say it again; null for whoever is no admin
 */
export async function createKey(
  db: Db,
  viewer: Viewer,
  { id, name, scopes, expiresInDays }: NewKey,
): Promise<{ id: string; key: string } | { refused: "made" } | null> {
  if (!hasRole(viewer, "admin")) return null;
  const key = `${start}${randomBytes(32).toString("base64url")}`;
  return db.transaction(async (tx) => {
    const [row] = await tx
      .insert(apiKeys)
      .values({
        id,
        name,
        hash: hashOf(key),
        prefix: key.slice(0, shown),
        scopes: [...new Set(scopes)],
        createdBy: viewer.id,
        expiresAt: expiresInDays ? sql`now() + ${expiresInDays} * interval '1 day'` : null,
      })
      .onConflictDoNothing({ target: apiKeys.id })
      .returning({ id: apiKeys.id });
    if (!row) return { refused: "made" };
    await audit(tx, viewer, { action: "key.created", details: { keyId: row.id, scopes } });
    return { id: row.id, key };
  });
}

/** All that there ever were, the newest first; null for whoever is no admin. */
export async function listKeys(db: Db, viewer: Viewer): Promise<ListedKey[] | null> {
  if (!hasRole(viewer, "admin")) return null;
  const rows = await db
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      prefix: apiKeys.prefix,
      scopes: apiKeys.scopes,
      createdBy: users.name,
      createdAt: apiKeys.createdAt,
      expiresAt: apiKeys.expiresAt,
      revokedAt: apiKeys.revokedAt,
      lastUsedAt: apiKeys.lastUsedAt,
      state: sql<KeyState>`case when ${apiKeys.revokedAt} is not null then 'revoked'
        when ${apiKeys.expiresAt} <= clock_timestamp() then 'expired' else 'valid' end`,
    })
    .from(apiKeys)
    .innerJoin(users, eq(users.id, apiKeys.createdBy))
    .orderBy(desc(apiKeys.createdAt), desc(apiKeys.id));
  return rows.map((row) => ({
    ...row,
    scopes: row.scopes as Scope[],
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  }));
}

/**
 * From its commit on no call with the key is answered any more, because each looks the key up.
 *
 * @returns null for whoever is no admin, and for a key that there is not
 */
export async function revokeKey(
  db: Db,
  viewer: Viewer,
  id: string,
): Promise<{ revoked: true } | null> {
  if (!hasRole(viewer, "admin")) return null;
  return db.transaction(async (tx) => {
    const [revoked] = await tx
      .update(apiKeys)
      .set({ revokedAt: sql`now()` })
      .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
      .returning({ id: apiKeys.id });
    const [known] = await tx.select({ id: apiKeys.id }).from(apiKeys).where(eq(apiKeys.id, id));
    if (revoked) await audit(tx, viewer, { action: "key.revoked", details: { keyId: id } });
    return known ? { revoked: true } : null;
  });
}

export type KnownKey = { host: Host; scopes: Scope[] };

/** @returns null for a key that there is not, that was revoked or that ended */
export async function findKey(db: Db, key: string): Promise<KnownKey | null> {
  if (!key.startsWith(start) || key.length > 100) return null;
  const [row] = await selectKey(db, { hash: hashOf(key) });
  if (!row) return null;
  if (row.is_unnoted) {
    await db.update(apiKeys).set({ lastUsedAt: sql`now()` }).where(eq(apiKeys.id, row.id));
  }
  return { host: { keyId: row.id, keyName: row.name }, scopes: row.scopes };
}

export const isKey = (bearer: string) => bearer.startsWith(start);

/** Prepared, because every call of a host asks. */
const selectKey = prepare<{ id: string; name: string; scopes: Scope[]; is_unnoted: boolean }>(sql`
  select ${apiKeys.id}, ${apiKeys.name}, ${apiKeys.scopes},
    ${apiKeys.lastUsedAt} is null or ${apiKeys.lastUsedAt} < now() - interval '1 minute' as is_unnoted
  from ${apiKeys}
  where ${apiKeys.hash} = ${sql.placeholder("hash")} and ${apiKeys.revokedAt} is null
    and (${apiKeys.expiresAt} is null or ${apiKeys.expiresAt} > clock_timestamp())`);

/** With the secret, so that whoever reads or writes the table alone has no key. */
function hashOf(key: string) {
  return createHmac("sha256", environment().sessionSecret).update(`api key ${key}`).digest("hex");
}
