import type { Chat } from "~/chats/chat";
import { type FilterKind, filterKinds } from "~/safety/filters";
import {
  type FlagOutcome,
  type FlagSource,
  type FlagStatus,
  type ReportReason,
  reportReasons,
} from "./flag";

/** Which flags the queue shows: those that are not decided, of these the viewer's own, or the others. */
export const queueFilters = ["waiting", "mine", "decided"] as const;
export type QueueFilter = (typeof queueFilters)[number];

/** Where they came from first. */
export const queueSources = [
  "filter",
  "report",
  "appeal",
  "case",
] as const satisfies readonly FlagSource[];

/** What they are about: what filters found in them, or for which reason they were reported. */
export type QueueKind = `found-${FilterKind | "rule"}` | `reported-${ReportReason}`;

export const foundKinds = [...filterKinds, "rule"] as const;

export const queueKinds: readonly QueueKind[] = [
  ...foundKinds.map((kind) => `found-${kind}` as const),
  ...reportReasons.map((reason) => `reported-${reason}` as const),
];

/** A flag as the queue lists it: who and about what, and nothing of what was written. */
export type ListedFlag = {
  id: string;
  source: FlagSource;
  severity: number;
  status: FlagStatus;
  isOfMessage: boolean;
  kinds: QueueKind[];
  reports: number;
  openedAt: string;
  resolvedAt: string | null;
  outcome: FlagOutcome | null;
  /** Who looks at it now, or who decided it. */
  by: { id: string; name: string } | null;
  /** It appeals what the viewer decided: it is for another one. */
  isOwnDecision: boolean;
  person: { id: string; name: string };
  subject: Chat["subject"];
};

/** Three steps are told apart at a glance; numbers are not. */
export function gravityOf(severity: number): "high" | "middle" | "low" {
  return severity >= 70 ? "high" : severity >= 45 ? "middle" : "low";
}
