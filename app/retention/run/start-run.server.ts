import { lockPeople } from "~/accounts/lock-people.server";
import { hasRole } from "~/accounts/roles";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { audit } from "~/moderation/audit/audit.server";
import { askForRun } from "./retention-job.server";

/**
 * Has a run begun now, or tried without changing anything. Where one is under way that is the one.
 *
 * @returns null for who is no admin (any more)
 */
export async function startRun(
  db: Db,
  viewer: Viewer,
  { isDryRun }: { isDryRun: boolean },
): Promise<{ runId: string } | null> {
  return db.transaction(async (tx) => {
    const admin = (await lockPeople(tx, [viewer.id])).get(viewer.id);
    if (!admin || admin.isLockedOut || !hasRole(admin, "admin")) return null;
    const asked = { trigger: "admin", startedBy: viewer.id, asOf: new Date(), isDryRun } as const;
    const { runId, isNew } = await askForRun(tx, asked);
    if (isNew)
      await audit(tx, admin, { action: "retention.started", details: { runId, isDryRun } });
    return { runId };
  });
}
