import type { Db } from "~/db/client.server";
import { AuditChain, type AuditFault, type AuditHead } from "./audit-chain";
import { readAuditHead, readAuditRecords } from "./audit-records.server";

export type AuditVerdict = { count: number; head: AuditHead; faults: AuditFault[] };

/**
 * Checks the whole audit log in the database: nothing changed, removed or put in, at one moment,
 * while others may go on writing.
 *
 * @param known heads that were noted elsewhere, against somebody who writes the whole log anew
 */
export async function verifyAuditLog(db: Db, known: AuditHead[] = []): Promise<AuditVerdict> {
  return db.transaction(
    async (tx) => {
      const head = await readAuditHead(tx);
      const chain = new AuditChain(known);
      for await (const records of readAuditRecords(tx, {}, { upTo: null })) {
        for (const record of records) chain.add(record);
      }
      return { count: chain.count, head, faults: chain.end(head) };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}
