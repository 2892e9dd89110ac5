import type { Chat } from "~/chats/chat";
import type { ParticipantRole } from "~/chats/message";
import type { CaseMessage } from "../access/case-message";
import type { Step } from "../audit/step";
import type { Template } from "../disputes/template";
import type { Sanction } from "../people/sanction";
import type { FlagOutcome, FlagSource, FlagStatus, ReportReason, ReportTarget } from "./flag";

/**
 * What a moderator can decide: an outcome, or, of an appeal by whom it concerns, that what was
 * decided holds. There `fine` means that a removed message comes back.
 */
export type FlagChoice = FlagOutcome | "upheld";

/** In the order of their keys, 1 to 6. */
export const flagChoices = [
  "fine",
  "redacted",
  "warning",
  "suspension",
  "ban",
  "dispute",
] as const satisfies readonly FlagChoice[];

/** Of an appeal by whom it concerns. */
export const appealChoices = ["fine", "upheld"] as const satisfies readonly FlagChoice[];

export type FlagDecision = {
  choice: FlagChoice;
  /** The reasons, as those whom it concerns read them. */
  statement: string;
  /** With a sanction: whether the message is removed, too. */
  alsoRedact?: boolean;
  /** Of a suspension. */
  days?: number;
};

/** What somebody reported. Times are ISO 8601 in UTC. */
export type ReportOfFlag = {
  id: string;
  by: { id: string; name: string };
  target: ReportTarget;
  reason: ReportReason;
  note: string;
  createdAt: string;
};

/** An earlier flag of a person, without what it was about. */
export type PastFlag = {
  id: string;
  source: FlagSource;
  outcome: FlagOutcome | null;
  openedAt: string;
};

export type PersonOfFlag = {
  id: string;
  name: string;
  role: ParticipantRole;
  sanctions: Sanction[];
  /** Since when he blocks the other side. */
  blocksSince: string | null;
  /** The latest first; `flagCount` of all time. */
  flags: PastFlag[];
  flagCount: number;
};

/** A flag as its page shows it to one moderator. Times are ISO 8601 in UTC. */
export type FlagView = {
  flag: {
    id: string;
    source: FlagSource;
    severity: number;
    status: FlagStatus;
    seq: number;
    /** A message, or a person. */
    isOfMessage: boolean;
    openedAt: string;
    outcome: FlagOutcome | null;
    statement: string | null;
    isRedacted: boolean;
    decider: string | null;
    resolvedAt: string | null;
    disputeId: string | null;
  };
  chat: Pick<Chat, "id" | "status" | "subject">;
  person: { id: string; name: string };
  /** Who looks at it now. */
  holder: { name: string; isViewer: boolean } | null;
  isOwnDecision: boolean;
  /** Null for who does not hold it: nothing that was written is for him. */
  messages: CaseMessage[] | null;
  reports: ReportOfFlag[];
  people: PersonOfFlag[];
  appeal: {
    text: string;
    by: { id: string; name: string };
    isByPerson: boolean;
    of: Appealed;
  } | null;
  /** The appeal of this one. */
  appealedIn: string | null;
  /** What was done with it until now, without this look. */
  steps: Step[];
  choices: readonly FlagChoice[];
  templates: Template[];
};

/** What is appealed. */
export type Appealed = {
  id: string;
  outcome: FlagOutcome | null;
  statement: string | null;
  isRedacted: boolean;
  decider: string | null;
  resolvedAt: string | null;
};
