import type { chatStatuses, stages } from "~/db/schema";

export type Stage = (typeof stages)[number];
export type ChatStatus = (typeof chatStatuses)[number];

/** What a system message says, without words: those come from the reader's language. */
export type SystemEvent =
  | { kind: "chat_started" }
  | { kind: "stage_changed"; from: Stage; to: Stage }
  | { kind: "chat_closed"; by: "buyer" | "seller" | "moderator" };
