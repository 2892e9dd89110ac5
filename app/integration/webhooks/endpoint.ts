import type { switchedOffReasons, webhookStates } from "~/db/schema";
import type { EventType } from "./event-types";

/** An endpoint as admins and the host see it: never its secret. Times are ISO 8601 in UTC. */
export type Endpoint = {
  id: string;
  url: string;
  eventTypes: EventType[];
  createdAt: string;
  /** Since when it is told nothing, and why; null while it is. */
  switchedOff: { at: string; reason: (typeof switchedOffReasons)[number] } | null;
  /** Since then nothing arrived. */
  failingSince: string | null;
  /** Until when the secret before still signs beside the one of now. */
  previousSecretUntil: string | null;
  waiting: number;
};

/** One message to one endpoint. */
export type Delivery = {
  /** `webhook-id` of the request. */
  id: string;
  endpointId: string;
  type: EventType;
  chatId: string | null;
  userId: string | null;
  state: (typeof webhookStates)[number];
  attempts: number;
  /** Null where others of its chat come first, and where it is finished. */
  nextAttemptAt: string | null;
  happenedAt: string;
  finishedAt: string | null;
};

export type Attempt = {
  id: string;
  at: string;
  durationMs: number;
  status: number | null;
  /** Why there was no answer. */
  error: string | null;
  /** The beginning of what was answered. */
  answer: string | null;
};

/** As `webhook-id` has it. */
export const messageName = (id: string): string => `msg_${id}`;

export const messageId = (name: string): string => name.replace(/^msg_/, "");
