import { type SQL, sql } from "drizzle-orm";

/** One dispute as JSON that is a `DisputeRow`. Expects the alias `d`. */
export const disputeColumns: SQL = sql`json_build_object(
  'id', d.id, 'status', d.status, 'openedAs', d.opened_as, 'reason', d.reason, 'wish', d.wish,
  'statement', case when d.opened_as in ('moderator', 'host') then d.statement end,
  'openedAt', d.opened_at, 'firstLookDue', d.first_look_due, 'decisionDue', d.decision_due,
  'outcome', d.outcome, 'decision', d.decision, 'resolvedAt', d.resolved_at,
  'appealOf', d.appeal_of,
  'appealUntil', case when not exists (select 1 from disputes appeal where appeal.appeal_of = d.id)
    then d.appeal_until end)`;

/**
 * Of a chat: the one that is under way, else the last that was decided. What a moderator opened by
 * hand and closed again comes after those, because it must not take an appeal away from anybody.
 * Expects the alias `c`.
 */
export const latestDispute: SQL = sql`(
  select ${disputeColumns} from disputes d where d.chat_id = c.id
  order by d.status <> 'resolved' desc,
    d.opened_as = 'moderator' and coalesce(d.outcome = 'closed', false),
    d.opened_at desc, d.id desc limit 1)`;
