import type { auditRoles } from "~/db/schema";
import type { AuditAction } from "./audit-actions";

/** One line of what was done in a case, or with a flag; times are ISO 8601 in UTC. */
export type Step = {
  /** Its number in the audit log. */
  seq: number;
  at: string;
  action: AuditAction;
  /** By whom; somebody who is gone, the host and the program itself have no name. */
  actor: { name: string | null; role: (typeof auditRoles)[number] };
  /** Whom it concerns, where that differs from line to line. */
  person: string | null;
};
