import { z } from "zod";

/** For how long a chat can be muted. */
export const muteTimes = ["1h", "8h", "week", "ever"] as const;

export type MuteTime = (typeof muteTimes)[number];

/** What one can do about being called for a chat. Who does not say for how long means for ever. */
export const muteForms = [
  z.object({
    intent: z.literal("mute"),
    for: z.enum(muteTimes, { error: "error.invalid" }).default("ever"),
  }),
  z.object({ intent: z.literal("unmute") }),
] as const;
