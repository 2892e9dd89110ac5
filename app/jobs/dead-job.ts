import { z } from "zod";

/** A job that was tried as often as it may be. */
export type DeadJob = {
  id: string;
  task: string;
  attempts: number;
  /** Of the last attempt; null where its process ended each time. */
  error: string | null;
  /** ISO 8601 UTC. */
  createdAt: string;
};

export const deadJobForm = z.object({
  intent: z.enum(["retry", "discard"], "chat.intent.unknown"),
  /** As the queue counts them. */
  job: z.string().regex(/^\d{1,18}$/, "error.unknownField"),
});
