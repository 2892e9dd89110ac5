import type { chatStatuses, disputeOpeners, disputeOutcomes, stages } from "~/db/schema";

export type Stage = (typeof stages)[number];
export type ChatStatus = (typeof chatStatuses)[number];

/** What a system message says, without words: those come from the reader's language. */
export type SystemEvent =
  | { kind: "chat_started" }
  | { kind: "stage_changed"; from: Stage; to: Stage }
  | { kind: "chat_closed"; by: "buyer" | "seller" | "moderator" | "host" | "system" }
  /** What the host marketplace says: its words are the message's body. */
  | { kind: "host" }
  | { kind: "chat_frozen" }
  | { kind: "chat_thawed" }
  | { kind: "moderator_joined"; name: string }
  | { kind: "moderator_left" }
  | { kind: "private_thread_opened" }
  | { kind: "dispute_opened"; by: (typeof disputeOpeners)[number] }
  | { kind: "dispute_in_review" }
  /** `by` is there where it was no moderator. */
  | { kind: "dispute_decided"; outcome: DecidedFor | "closed"; text: string; by?: "host" }
  | { kind: "dispute_withdrawn" }
  | { kind: "dispute_appealed"; by: "buyer" | "seller" };

/** Words of the host marketplace, and not what a chat says of itself. */
export const isOfHost = ({ event }: { event: SystemEvent | null }) => event?.kind === "host";

/** For whom a dispute can be decided. */
export type DecidedFor = Exclude<(typeof disputeOutcomes)[number], "withdrawn" | "closed">;
