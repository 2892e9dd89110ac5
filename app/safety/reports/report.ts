import type { ReportReason, ReportTarget } from "~/moderation/flags/flag";

/** Where in a chat the report points: at a message, at a picture, or with neither at the person. */
export type Pointed = { seq?: number; picture?: string };

/** How a report stands, as its reporter is told; what was done to a person is not his to know. */
export type ReportStatus = "open" | "in_review" | "fine" | "removed" | "acted" | "dispute";

/** A report as its reporter sees it. Times as ISO 8601 in UTC. */
export type OwnReport = {
  id: string;
  /** What an appeal names. */
  flagId: string;
  chatId: string;
  subject: string;
  /** Whom it is about. */
  person: string;
  target: ReportTarget;
  reason: ReportReason;
  note: string;
  createdAt: string;
  /** The message that it is about, as anybody in the chat sees it now. */
  message: { seq: number; body: string | null; isGone: boolean } | null;
  status: ReportStatus;
  decidedAt: string | null;
  /** Why there was nothing against it; of everything else he sees what came of it. */
  answer: string | null;
  /** Decided since he last looked. */
  isNews: boolean;
  /** He may ask another moderator. */
  mayAppeal: boolean;
  /** The one appeal that he knows of: a reporter's, or the author's once it is decided. */
  appeal: OwnAppeal | null;
};

type OwnAppeal = {
  by: "me" | "reporter" | "author";
  /** Only his own. */
  text: string | null;
  at: string;
  status: ReportStatus;
  decidedAt: string | null;
  answer: string | null;
};
