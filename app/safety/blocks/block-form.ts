import { z } from "zod";

/** Whom the viewer blocks no more, where he sees all whom he does. */
export const unblockForm = z.object({
  intent: z.literal("unblock"),
  personId: z.guid({ error: "error.invalid" }).toLowerCase(),
});
