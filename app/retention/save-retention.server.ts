import { isDeepStrictEqual } from "node:util";
import { sql } from "drizzle-orm";
import { lockPeople } from "~/accounts/lock-people.server";
import { hasRole } from "~/accounts/roles";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { retentionSettings, stages } from "~/db/schema";
import { audit } from "~/moderation/audit/audit.server";
import { type RetentionSettings, readRetention } from "./settings.server";

export type RetentionChange = Omit<RetentionSettings, "version">;

/**
 * Changes how long chats are kept and how people are erased; the next run goes by it, and one that
 * is under way from its next page on.
 *
 * @param version of the settings that the change was made from: `changed` when another admin was
 *   faster, and nothing is saved
 * @returns null for who is no admin (any more)
 */
export async function saveRetention(
  db: Db,
  viewer: Viewer,
  { version, change }: { version: number; change: RetentionChange },
): Promise<{ saved: true } | { refused: "changed" } | null> {
  return db.transaction(async (tx) => {
    await tx.insert(retentionSettings).values({ version: 0 }).onConflictDoNothing();
    await tx.select({ only: retentionSettings.only }).from(retentionSettings).for("update");
    const admin = (await lockPeople(tx, [viewer.id])).get(viewer.id);
    if (!admin || admin.isLockedOut || !hasRole(admin, "admin")) return null;
    const { version: current, ...before } = await readRetention(tx);
    const details = difference(before, change);
    // Sent twice, or what the other one did as well: there is nothing to lose.
    if (Object.keys(details).length === 0) return { saved: true };
    if (current !== version) return { refused: "changed" };
    await tx.update(retentionSettings).set({
      ...change,
      version: sql`${retentionSettings.version} + 1`,
      updatedBy: viewer.id,
      updatedAt: sql`clock_timestamp()`,
    });
    await audit(tx, admin, { action: "retention.changed", details });
    return { saved: true };
  });
}

/** What changes, from what to what. */
function difference(before: RetentionChange, after: RetentionChange): Record<string, unknown> {
  const flat = ({ byStage, ...others }: RetentionChange): Record<string, unknown> => ({
    ...Object.fromEntries(stages.map((stage) => [stage, byStage[stage]])),
    ...others,
  });
  const [from, to] = [flat(before), flat(after)];
  return Object.fromEntries(
    Object.keys(to)
      .filter((name) => !isDeepStrictEqual(from[name], to[name]))
      .map((name) => [name, { from: from[name], to: to[name] }]),
  );
}
