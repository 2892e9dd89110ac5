import { type SQL, sql } from "drizzle-orm";

/** Which entries of the audit log; what is left out may be anything. */
export type AuditFilter = {
  /** Who did it, or whom it concerns. */
  personId?: string;
  chatId?: string;
  disputeId?: string;
  action?: string;
  /** Calendar days as in `2025-03-09`, both included, in `timeZone`. */
  from?: string;
  to?: string;
};

/** Of rows of `audit_log`. @param timeZone IANA name */
export function auditWhere(filter: AuditFilter, timeZone: string): SQL {
  const { personId, chatId, disputeId, action, from, to } = filter;
  const conditions = [
    personId && sql`(actor_id = ${personId} or person_id = ${personId})`,
    chatId && sql`chat_id = ${chatId}`,
    disputeId && sql`dispute_id = ${disputeId}`,
    action && sql`action = ${action}`,
    from && sql`at >= ${from}::date::timestamp at time zone ${timeZone}`,
    to && sql`at < (${to}::date + 1)::timestamp at time zone ${timeZone}`,
  ].filter((one) => one !== undefined && one !== "");
  return conditions.length ? sql.join(conditions, sql` and `) : sql`true`;
}
