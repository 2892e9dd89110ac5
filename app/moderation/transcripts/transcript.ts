import type { ParticipantRole } from "~/chats/message";
import type { ChatStatus, Stage } from "~/chats/system-event";
import type { auditRoles } from "~/db/schema";
import type { StoredVerdict } from "../access/case-message";
import type { AuditKey } from "../audit/audit-entry";
import type { Dispute } from "../disputes/dispute";
import type { PictureFacts, TranscriptRecord } from "./records";

/**
 * Everything, for moderators; what the chat shows to its sides, for the host; or what one side may have,
 * with the other's private data masked.
 */
export type Copy = "full" | "host" | "buyer" | "seller";

/**
 * The export of a chat as evidence: the JSON that every format holds. Times are ISO 8601 in UTC; what
 * a copy masks is null, or in messages the hash of what stands there.
 */
export type Transcript = {
  format: "parley-transcript-1";
  copy: Copy;
  exportedAt: string;
  /** Null where the host or the program itself did it. */
  exportedBy: string | null;
  /** By which key the host did it; where it did. */
  exportedByKey?: AuditKey;
  /** The case under which a moderator made it. */
  caseId: string | null;
  /** Where the operator's Parley is; null where it was not told. */
  operator: string | null;
  chatId: string;
  chat: {
    status: ChatStatus;
    version: number;
    createdAt: string;
    closedAt: string | null;
    /** Of a private thread with moderators. */
    privateTo: string | null;
    subject: {
      reference: string;
      title: string;
      priceAmount: number;
      priceCurrency: string;
      stage: Stage;
    };
  };
  people: TranscriptPerson[];
  /** In the order in which the chat saw them. */
  messages: TranscriptRecord[];
  head: Head;
  /** Where the chain ended when a case made it matter, as the audit log has it. */
  checkpoints: Checkpoint[];
  /** What filters found in messages that were stored all the same; for moderators alone. */
  verdicts: TranscriptVerdict[];
  disputes: TranscriptDispute[];
  /** From the audit log. */
  actions: TranscriptAction[];
  /** In which moderators write to one side alone. */
  threads: TranscriptThread[];
};

export type Head = { version: number; hash: string };

export type Checkpoint = {
  at: string;
  /** Its number in the audit log. */
  entry: number;
  version: number;
  head: string;
  /** Whether the messages were still the same at the export. */
  matches: boolean;
};

/** Of one version of a message, which stands in the chain without it. */
export type TranscriptVerdict = StoredVerdict & { seq: number };

export type TranscriptPerson = {
  id: string;
  name: string | null;
  role: ParticipantRole;
  joinedAt: string;
  leftAt: string | null;
  deliveredSeq: number | null;
  readSeq: number | null;
};

export type TranscriptDispute = Pick<
  Dispute,
  | "id"
  | "status"
  | "openedAs"
  | "reason"
  | "wish"
  | "statement"
  | "openedAt"
  | "outcome"
  | "decision"
  | "resolvedAt"
  | "appealOf"
> & { openedBy: string | null; decidedBy: string | null; pictures: PictureFacts[] };

export type TranscriptAction = {
  /** Its number in the audit log. */
  entry: number;
  chatId: string;
  at: string;
  actorId: string | null;
  actorRole: (typeof auditRoles)[number];
  action: string;
  disputeId: string | null;
  personId: string | null;
  details: unknown;
  /** Of the entry in the audit log, whose chain it belongs to. */
  hash: string;
};

export type TranscriptThread = {
  chatId: string;
  disputeId: string;
  privateTo: string;
  people: TranscriptPerson[];
  messages: TranscriptRecord[];
  head: Head;
};
