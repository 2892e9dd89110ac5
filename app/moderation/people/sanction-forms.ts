import { z } from "zod";
import { idShape } from "~/chats/drafts";
import { messageBody } from "~/chats/message-body";
import { roles, sanctionKinds } from "~/db/schema";
import { mostWritten, suspensionDays } from "./sanction";

const id = idShape.toLowerCase();
const text = messageBody(mostWritten);

/** What a person does on the page of his own sanctions. */
export const ownSanctionForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("acknowledge"), id }),
  z.object({ intent: z.literal("appeal"), id, text }),
]);

/** How long a suspension lasts. */
export const sanctionDays = z.coerce
  .number()
  .refine((days) => suspensionDays.some((one) => one === days));

/** What a moderator or an admin does on the page of a person. */
export const personForm = z.discriminatedUnion("intent", [
  z
    .object({
      intent: z.literal("impose"),
      id,
      kind: z.enum(sanctionKinds),
      reason: text,
      /** Chosen for a suspension; the field stands there for the others too. */
      days: sanctionDays,
      disputeId: id.optional(),
    })
    .transform(({ days, ...draft }) => (draft.kind === "suspension" ? { ...draft, days } : draft)),
  z.object({ intent: z.literal("lift"), id, reason: text }),
  z.object({ intent: z.literal("decide"), id, answer: text, isGranted: z.stringbool() }),
  z.object({ intent: z.literal("end-sessions") }),
  z.object({ intent: z.literal("role"), role: z.enum(roles) }),
]);

export type PersonForm = z.output<typeof personForm>;
