import { eq, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { disputes } from "~/db/schema";
import { environment } from "~/operations/environment.server";
import { endAccess } from "../access/end-access.server";
import type { AuditEntry } from "../audit/audit.server";
import type { DisputeOutcome } from "./dispute";
import type { LockedCase } from "./lock-case.server";
import { tellOfDispute } from "./tell.server";

type Resolution = {
  outcome: DisputeOutcome;
  /** What both sides are told; null where it was withdrawn. */
  decision: string | null;
  /** Null where a side withdrew it, and for the host. */
  decidedBy: string | null;
  /** The key by which the host decided it. */
  decidedByKey?: string;
};

/**
 * Ends a locked case, and with it what it opened to moderators.
 *
 * @param actorId of a participant who ends it
 * @returns what the audit log is to say of it, beside how it ended
 */
export async function resolveCase(
  tx: Db,
  { chat, dispute }: LockedCase,
  { outcome, decision, decidedBy, decidedByKey }: Resolution,
  actorId?: string,
): Promise<AuditEntry[]> {
  const isFinal = dispute.appealOf !== null || outcome === "withdrawn" || outcome === "closed";
  const { disputeAppealDays: days } = environment();
  await tx
    .update(disputes)
    .set({
      status: "resolved",
      outcome,
      decision,
      decidedBy,
      decidedByKey,
      resolvedAt: sql`clock_timestamp()`,
      appealUntil: isFinal ? null : sql`clock_timestamp() + ${days}::int * interval '1 day'`,
    })
    .where(eq(disputes.id, dispute.id));
  const event =
    outcome === "withdrawn"
      ? { kind: "dispute_withdrawn" as const }
      : {
          ...{ kind: "dispute_decided" as const, outcome, text: decision ?? "" },
          ...(decidedByKey && { by: "host" as const }),
        };
  await tellOfDispute(tx, chat, event, actorId);
  return endAccess(tx, chat, dispute.id);
}
