import { z } from "zod";
import { notificationKinds } from "~/db/schema";

/** What one does in the notification centre. */
export const centreForm = z.discriminatedUnion("intent", [
  /** All that the page could show: what came since was not seen. */
  z.object({ intent: z.literal("readAll"), asOf: z.coerce.number().int().min(0) }),
  z.object({
    intent: z.literal("read"),
    kind: z.enum(notificationKinds),
    subjectId: z.guid().toLowerCase(),
  }),
]);
