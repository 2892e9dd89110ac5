import { type SQL, sql } from "drizzle-orm";
import { isLockedOut } from "~/accounts/standing.server";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import type { FlagOutcome, FlagSource, FlagStatus } from "./flag";

/** How long a flag is a moderator's who looked at it, in minutes; each look of his begins it anew. */
export const holdMinutes = 15;

/** Whether somebody looks at it now. Expects the alias `f`, as all of these do. */
export const isHeld: SQL = sql`(f.status = 'in_review'
  and f.claimed_at > clock_timestamp() - ${sql.raw(`interval '${holdMinutes} minutes'`)})`;

/**
 * Whether somebody is a party to what it is about: such a moderator neither sees nor decides it. Of a
 * private thread both sides of its case are, so that neither learns of the other's.
 */
export const isPartyTo = (userId: SQL): SQL => sql`(
  f.person_id = ${userId} or f.appealed_by is not distinct from ${userId}
  or exists (select from reports r where r.flag_id in (f.id, f.appeal_of)
    and r.reporter_id = ${userId})
  or exists (select from chat_participants p where p.user_id = ${userId} and p.role <> 'moderator'
    and p.chat_id in (f.chat_id, (select d.chat_id from chats thread
      join disputes d on d.id = thread.dispute_id where thread.id = f.chat_id))))`;

/** Whether it appeals what somebody decided; found by its id, and not by all that he ever decided. */
export const isDecisionOf = (userId: SQL): SQL => sql`coalesce((
  select appealed.decided_by from flags appealed where appealed.id = f.appeal_of) = ${userId}, false)`;

/** A flag as one moderator finds it. */
export type FlagRow = {
  id: string;
  chatId: string;
  messageId: string | null;
  personId: string;
  seq: number;
  source: FlagSource;
  severity: number;
  status: FlagStatus;
  openedAt: string;
  heldBy: string | null;
  outcome: FlagOutcome | null;
  statement: string | null;
  isRedacted: boolean;
  decidedBy: string | null;
  resolvedAt: string | null;
  disputeId: string | null;
  appealOf: string | null;
  appealedBy: string | null;
  appeal: string | null;
  isParty: boolean;
  isOwnDecision: boolean;
};

/**
 * Locks a flag, and after it the role of the moderator who asks for it; both as they are now.
 * @returns null when there is no such flag, and for who is no moderator, or locked out
 */
export async function lockFlag(
  tx: Db,
  viewer: Pick<Viewer, "id">,
  flagId: string,
): Promise<{ flag: FlagRow; moderator: Pick<Viewer, "id" | "role"> } | null> {
  await tx.execute(sql`select from flags where id = ${flagId} for no key update`);
  const me = sql`u.id`;
  // A second statement, because one that waited for the lock would show the row as it was before.
  const [found] = await tx.execute<{ flag: FlagRow; role: Viewer["role"] }>(sql`
    select json_build_object('id', f.id, 'chatId', f.chat_id, 'messageId', f.message_id,
      'personId', f.person_id, 'seq', f.seq, 'source', f.source, 'severity', f.severity,
      'status', f.status, 'openedAt', f.opened_at,
      'heldBy', case when ${isHeld} then f.claimed_by end, 'outcome', f.outcome,
      'statement', f.statement, 'isRedacted', f.is_redacted, 'decidedBy', f.decided_by,
      'resolvedAt', f.resolved_at, 'disputeId', f.dispute_id, 'appealOf', f.appeal_of,
      'appealedBy', f.appealed_by, 'appeal', f.appeal, 'isParty', ${isPartyTo(me)},
      'isOwnDecision', ${isDecisionOf(me)}) as flag, u.role
    from flags f join users u on u.id = ${viewer.id} and u.role in ('moderator', 'admin')
    where f.id = ${flagId} and not ${isLockedOut(me)}
    for share of u`);
  return found ? { flag: found.flag, moderator: { id: viewer.id, role: found.role } } : null;
}
