import type {
  disputeOpeners,
  disputeOutcomes,
  disputeReasons,
  disputeStatuses,
  disputeWishes,
} from "~/db/schema";

export type DisputeReason = (typeof disputeReasons)[number];
export type DisputeWish = (typeof disputeWishes)[number];
export type DisputeOutcome = (typeof disputeOutcomes)[number];

/** A dispute as both sides of its chat see it; times are ISO 8601 in UTC. */
export type Dispute = {
  id: string;
  status: (typeof disputeStatuses)[number];
  openedAs: (typeof disputeOpeners)[number];
  reason: DisputeReason;
  /** Null where a moderator or the host opened it. */
  wish: DisputeWish | null;
  /** Only a moderator's or the host's: what a side wrote is for moderators. */
  statement: string | null;
  openedAt: string;
  /** When a moderator should have looked at it, and when it should be decided. */
  firstLookDue: string;
  decisionDue: string;
  outcome: DisputeOutcome | null;
  /** What both sides were told. */
  decision: string | null;
  resolvedAt: string | null;
  /** The dispute whose decision it appeals: its own is final. */
  appealOf: string | null;
  /** Until when either side can appeal; null where none can. */
  appealUntil: string | null;
};

/** As `disputeColumns` has it: PostgreSQL writes times with an offset. */
export type DisputeRow = Dispute;

export function toDispute(row: DisputeRow): Dispute {
  return {
    ...row,
    openedAt: iso(row.openedAt),
    firstLookDue: iso(row.firstLookDue),
    decisionDue: iso(row.decisionDue),
    resolvedAt: row.resolvedAt && iso(row.resolvedAt),
    appealUntil: row.appealUntil && iso(row.appealUntil),
  };
}

const iso = (time: string) => new Date(time).toISOString();
