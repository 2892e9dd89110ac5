import { sql } from "drizzle-orm";
import { isLockedOut } from "~/accounts/standing.server";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { type AuditEntry, audit } from "../audit/audit.server";
import { mayWithFlag } from "../permissions";
import { type FlagRow, isDecisionOf, isHeld, isPartyTo, lockFlag } from "./flag-row.server";

/**
 * Takes the flag that is the most urgent of those that nobody looks at. Of two who ask at once each
 * gets another one.
 *
 * @returns its id; null when none waits for this viewer
 */
export async function takeNextFlag(
  db: Db,
  viewer: Pick<Viewer, "id" | "role">,
): Promise<string | null> {
  return db.transaction(async (tx) => {
    const me = sql`u.id`;
    const [next] = await tx.execute<{ id: string; chat_id: string }>(sql`
      select f.id, f.chat_id
      from flags f join users u on u.id = ${viewer.id} and u.role in ('moderator', 'admin')
      where f.status <> 'resolved' and not ${isHeld} and not ${isPartyTo(me)}
        and not ${isDecisionOf(me)} and not ${isLockedOut(me)}
      order by f.ranked_at, f.id limit 1
      for no key update of f skip locked for share of u`);
    if (!next) return null;
    await audit(tx, viewer, ...(await hold(tx, viewer, { ...next, chatId: next.chat_id })));
    return next.id;
  });
}

/** Takes a locked flag that is free, or goes on with it; the audit entry is its caller's. */
export async function hold(
  tx: Db,
  viewer: Pick<Viewer, "id">,
  { id, chatId, heldBy = null }: Pick<FlagRow, "id" | "chatId"> & { heldBy?: string | null },
): Promise<AuditEntry[]> {
  await tx.execute(sql`
    update flags set status = 'in_review', claimed_by = ${viewer.id},
      claimed_at = clock_timestamp()
    where id = ${id}`);
  if (heldBy === viewer.id) return [];
  return [{ action: "flag.claimed", chatId, details: { flagId: id } }];
}

/**
 * Gives a flag back, so that another one may look at it at once. One that is free stays so.
 *
 * @returns null when there is no such flag for this viewer
 */
export async function releaseFlag(
  db: Db,
  viewer: Pick<Viewer, "id">,
  flagId: string,
): Promise<{ done: true } | { refused: "taken" | "decided" } | null> {
  return db.transaction(async (tx) => {
    const locked = await lockFlag(tx, viewer, flagId);
    if (!locked || !mayWithFlag.see(locked.moderator, locked.flag)) return null;
    const { flag, moderator } = locked;
    if (flag.status === "resolved") return { refused: "decided" };
    if (flag.heldBy === null) return { done: true };
    if (flag.heldBy !== viewer.id) return { refused: "taken" };
    await tx.execute(sql`
      update flags set status = 'open', claimed_by = null, claimed_at = null where id = ${flagId}`);
    const details = { flagId };
    await audit(tx, moderator, { action: "flag.released", chatId: flag.chatId, details });
    return { done: true };
  });
}
