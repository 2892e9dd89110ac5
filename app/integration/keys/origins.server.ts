import { desc, eq } from "drizzle-orm";
import { z } from "zod";
import { hasRole } from "~/accounts/roles";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { apiOrigins, users } from "~/db/schema";
import { audit } from "~/moderation/audit/audit.server";
import { originOf } from "./origin";

/** An origin as a browser says it in `Origin`, however it was typed. */
export const originForm = z.object({
  origin: z.string().transform((typed, context) => {
    const origin = originOf(typed);
    if (typeof origin === "string") return origin;
    context.addIssue({
      code: "custom",
      message: `integrations.origin.${origin.refused}`,
      input: typed,
    });
    return z.NEVER;
  }),
});

export type ListedOrigin = { origin: string; createdBy: string; createdAt: string };

/** Whose pages may call the API, the newest first; null for whoever is no admin. */
export async function listOrigins(db: Db, viewer: Viewer): Promise<ListedOrigin[] | null> {
  if (!hasRole(viewer, "admin")) return null;
  const rows = await db
    .select({
      origin: apiOrigins.origin,
      createdBy: users.name,
      createdAt: apiOrigins.createdAt,
    })
    .from(apiOrigins)
    .innerJoin(users, eq(users.id, apiOrigins.createdBy))
    .orderBy(desc(apiOrigins.createdAt), apiOrigins.origin);
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}

/**
 * Lets the pages of an origin call the API. One that is listed stays as it is.
 *
 * @returns null for whoever is no admin
 */
export async function addOrigin(
  db: Db,
  viewer: Viewer,
  { origin }: z.output<typeof originForm>,
): Promise<{ origin: string } | null> {
  if (!hasRole(viewer, "admin")) return null;
  return db.transaction(async (tx) => {
    const [added] = await tx
      .insert(apiOrigins)
      .values({ origin, createdBy: viewer.id })
      .onConflictDoNothing()
      .returning({ origin: apiOrigins.origin });
    if (added) await audit(tx, viewer, { action: "origin.added", details: { origin } });
    return { origin };
  });
}

/**
 * From its commit on no answer says to a browser that these pages may read it; what a browser was told
 * before, it remembers for a minute. One that is not listed is none already.
 *
 * @returns null for whoever is no admin
 */
export async function removeOrigin(
  db: Db,
  viewer: Viewer,
  origin: string,
): Promise<{ origin: string } | null> {
  if (!hasRole(viewer, "admin")) return null;
  return db.transaction(async (tx) => {
    const [removed] = await tx
      .delete(apiOrigins)
      .where(eq(apiOrigins.origin, origin))
      .returning({ origin: apiOrigins.origin });
    if (removed) await audit(tx, viewer, { action: "origin.removed", details: { origin } });
    return { origin };
  });
}
