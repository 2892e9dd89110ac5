import type { Attachment } from "~/attachments/attachment";
import type { Chat } from "~/chats/chat";
import type { Step } from "../audit/step";
import type { Sanction } from "../people/sanction";
import type { DeskCase } from "./desk";
import type { Dispute } from "./dispute";
import type { Template } from "./template";

/** With whom a moderator talks: with both in the chat itself, with one side in a thread of its own. */
export const threads = ["both", "buyer", "seller"] as const;
export type Thread = (typeof threads)[number];

export type Side = {
  id: string;
  name: string;
  role: "buyer" | "seller";
  sanctions: Sanction[];
  /** Since when this side blocks the other. */
  blocksSince: string | null;
};

/** A case as its page shows it to one moderator. Times are ISO 8601 in UTC. */
export type CaseView = {
  chat: Pick<Chat, "id" | "status" | "subject">;
  dispute: Pick<
    Dispute,
    "id" | "status" | "openedAs" | "reason" | "wish" | "openedAt" | "outcome" | "resolvedAt"
  > & { statement: string; decision: string | null; isAppeal: boolean };
  due: DeskCase["due"];
  opener: string | null;
  claimer: { name: string; isViewer: boolean } | null;
  decider: string | null;
  isDecidedByHost: boolean;
  /** It appeals what the viewer himself decided. */
  isOwnDecision: boolean;
  sides: [buyer: Side, seller: Side];
  evidence: Attachment[];
  notes: { id: string; author: string; body: string; createdAt: string }[];
  takers: { id: string; name: string }[];
  /** The case that this one appeals, or the appeal of this one. */
  related: { id: string; isAppeal: boolean } | null;
  templates: Template[];
  steps: Step[];
  allowed: { claim: boolean; handle: boolean; handOver: boolean };
};
