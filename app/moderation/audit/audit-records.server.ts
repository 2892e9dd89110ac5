import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import type { AuditHead } from "./audit-chain";
import { type AuditFilter, auditWhere } from "./audit-filter.server";
import type { AuditRecord } from "./audit-hash";

/** Rows that are read at once. */
const batch = 1_000;

type Row = Omit<AuditRecord, "seq"> & { seq: string };

/** Where the audit log ends now. */
export async function readAuditHead(db: Db): Promise<AuditHead> {
  const [head] = await db.execute<{ seq: string; hash: string }>(
    sql`select seq, hash from audit_head`,
  );
  if (!head) throw new Error("The audit log has lost its head");
  return { seq: Number(head.seq), hash: head.hash };
}

/**
 * Entries in the order of their numbers, a thousand at a time, so that a long log fits into memory.
 *
 * @param upTo the last number that is read; null for all that is there, also what should not be
 */
export async function* readAuditRecords(
  db: Db,
  filter: AuditFilter,
  { timeZone = "UTC", upTo }: { timeZone?: string; upTo: number | null },
): AsyncGenerator<AuditRecord[]> {
  const where = auditWhere(filter, timeZone);
  const end = upTo === null ? sql`` : sql`and seq <= ${upTo}`;
  for (let after: number | null = null; ; ) {
    const beyond = after === null ? sql`` : sql`and seq > ${after}`;
    const rows: Row[] = await db.execute<Row>(sql`
      select seq, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at,
        actor_id as "actorId", actor_role as "actorRole", action, chat_id as "chatId",
        dispute_id as "disputeId", person_id as "personId", details,
        previous_hash as "previousHash", hash
      from audit_log where ${where} ${beyond} ${end} order by seq limit ${batch}`);
    const records = rows.map((row) => ({ ...row, seq: Number(row.seq) }));
    if (records.length) yield records;
    const last = records.at(-1);
    if (!last || records.length < batch) return;
    after = last.seq;
  }
}
