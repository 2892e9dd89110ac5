import type { AuditRecord } from "./audit-hash";

export const auditSorts = ["newest", "oldest"] as const;
export type AuditSort = (typeof auditSorts)[number];

/** An entry of the audit log as its page shows it; the names are those of now. */
export type AuditListed = Pick<
  AuditRecord,
  "seq" | "at" | "actorRole" | "action" | "chatId" | "disputeId"
> & {
  /** Null for the host and for the program itself. */
  actor: AuditPerson | null;
  /** The host's, with its name of then; null where it was not the host. */
  key: AuditKey | null;
  /** Whom it concerns. */
  person: AuditPerson | null;
  details: Record<string, unknown>;
};

export type AuditKey = { id: string; name: string };

/** Without a name where nobody has this id any more. */
type AuditPerson = { id: string; name: string | null };
