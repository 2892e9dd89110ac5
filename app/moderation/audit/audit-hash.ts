import { createHash } from "node:crypto";

/** An entry of the audit log, as it is hashed and exported. */
export type AuditRecord = {
  seq: number;
  /** ISO 8601, UTC, with milliseconds. */
  at: string;
  actorId: string | null;
  actorRole: string;
  action: string;
  chatId: string | null;
  disputeId: string | null;
  personId: string | null;
  /** JSON, to the byte. */
  details: string;
  previousHash: string;
  hash: string;
};

/** What the first entry follows. */
export const noHash = "0".repeat(64);

/** SHA-256 in hex of an entry and the hash before it; the database's `audit_hash` computes the same. */
export function auditHash(record: Omit<AuditRecord, "hash">): string {
  const fields = [
    String(record.seq),
    record.at,
    record.actorId,
    record.actorRole,
    record.action,
    record.chatId,
    record.disputeId,
    record.personId,
    record.details,
  ].map((value) => (value === null ? "-" : `${Buffer.byteLength(value)}:${value}`));
  return createHash("sha256")
    .update(record.previousHash + fields.join(","))
    .digest("hex");
}
