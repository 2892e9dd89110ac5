import { type AuditRecord, auditHash, noHash } from "./audit-hash";

/** Where the log ends, or ended when somebody noted it. */
export type AuditHead = { seq: number; hash: string };

/** A place where the log is not as it was written; `seq` is the first entry that shows it. */
export type AuditFault = { seq: number; problem: string };

/** More would only repeat that the rest does not fit either. */
const mostFaults = 20;

/**
 * Follows the chain of the audit log entry by entry, in the order of their numbers, and notes what
 * was changed, removed or put in.
 */
export class AuditChain {
  readonly faults: AuditFault[] = [];
  count = 0;
  private last: AuditHead = { seq: 0, hash: noHash };

  /**
   * @param known heads that were noted elsewhere: the log has to go through each
   * @param isWhole false for an export that leaves entries out by a filter
   */
  constructor(
    private readonly known: AuditHead[] = [],
    private readonly isWhole = true,
  ) {}

  add(record: AuditRecord): void {
    this.count += 1;
    const { seq, hash } = record;
    const { last } = this;
    const next = last.seq + 1;
    if (seq < next) {
      this.fault(seq, `entry ${seq} was put in after entry ${last.seq}`);
      return;
    }
    if (auditHash(record) !== hash) this.fault(seq, `entry ${seq} was changed`);
    if (seq > next && this.isWhole) this.fault(next, missing(next, seq - 1));
    else if (seq === next && record.previousHash !== last.hash) {
      const [before, after] = [`entry ${last.seq}`, `entry ${seq}`];
      const problem = last.seq ? `${before} or ${after}` : after;
      this.fault(seq, `${problem} was changed or put in: one does not follow the other`);
    }
    for (const head of this.known) {
      if (head.seq === seq && head.hash !== hash) this.fault(seq, `entry ${seq} was exchanged`);
    }
    this.last = { seq, hash };
  }

  /** @param head where the log says that it ends */
  end(head: AuditHead): AuditFault[] {
    const { seq, hash } = this.last;
    if (this.isWhole && seq < head.seq) this.fault(seq + 1, missing(seq + 1, head.seq));
    if (seq > head.seq) this.fault(head.seq + 1, `entries after ${head.seq} were put in`);
    if (seq === head.seq && hash !== head.hash) {
      this.fault(seq, `entry ${seq}, the last one, is not the one that was written last`);
    }
    for (const { seq: noted } of this.known) {
      if (noted > Math.max(seq, head.seq)) this.fault(seq + 1, missing(seq + 1, noted));
    }
    return this.faults;
  }

  private fault(seq: number, problem: string): void {
    if (this.faults.length < mostFaults) this.faults.push({ seq, problem });
  }
}

function missing(from: number, to: number): string {
  return from === to ? `entry ${from} was removed` : `entries ${from} to ${to} were removed`;
}
