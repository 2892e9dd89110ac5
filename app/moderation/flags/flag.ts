import type {
  flagOutcomes,
  flagSources,
  flagStatuses,
  reportTargets,
  reportReasons as storedReasons,
} from "~/db/schema";
import type { FilterKind } from "~/safety/filters";
import type { Reason } from "~/safety/verdict";

export type FlagSource = (typeof flagSources)[number];
export type FlagStatus = (typeof flagStatuses)[number];
export type FlagOutcome = (typeof flagOutcomes)[number];
export type ReportReason = (typeof storedReasons)[number];
export type ReportTarget = (typeof reportTargets)[number];

/** How bad it looks, from 0 to 100: first what hurts people, then what costs them money. */
const severityByKind: Record<FilterKind | "rule", number> = {
  threat: 90,
  scam: 80,
  slur: 70,
  payment: 60,
  bulk: 60,
  link: 50,
  rule: 50,
  email: 40,
  phone: 40,
  handle: 40,
  new_account: 40,
  profanity: 30,
};

const severityByReport: Record<ReportReason, number> = {
  scam: 75,
  abuse: 65,
  prohibited: 55,
  contact: 45,
  spam: 45,
  other: 35,
};

/** For pages, which cannot read it off the schema. */
export const reportReasons = Object.keys(severityByReport) as ReportReason[];

/** Who hides what he writes knows that it is not wanted. */
const ofDisguise = 10;

/** How bad what filters found looks: the worst of it. */
export function severityOfFindings(reasons: readonly Reason[]): number {
  const each = reasons.map(
    ({ kind, isDisguised }) => severityByKind[kind] + (isDisguised ? ofDisguise : 0),
  );
  return Math.min(100, Math.max(0, ...each));
}

export function severityOfReport(reason: ReportReason): number {
  return severityByReport[reason];
}
