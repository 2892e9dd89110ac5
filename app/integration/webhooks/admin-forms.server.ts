import { z } from "zod";
import { idShape } from "~/chats/drafts";
import { endpointDraft } from "./endpoint-form.server";

// A program that names no types wants all; an admin who ticks none made a mistake.
const eventTypes = endpointDraft.shape.eventTypes.unwrap();
const draft = endpointDraft.extend({ eventTypes });

/** What is sent from the page of webhooks; the id is made with the form. */
export const newEndpointForm = draft.extend({
  intent: z.literal("create"),
  id: idShape.toLowerCase(),
});

/** What an admin does on the page of an endpoint. */
export const endpointForm = z.discriminatedUnion(
  "intent",
  [
    draft.extend({ intent: z.literal("save") }),
    z.object({ intent: z.enum(["switchOn", "switchOff", "delete", "resendFailed"]) }),
    // What the form was made from: sent again, it is a form about a secret of before.
    z.object({ intent: z.literal("rotate"), previousSecretUntil: z.string().max(40).optional() }),
    z.object({ intent: z.literal("resend"), message: idShape.toLowerCase() }),
  ],
  { error: "chat.intent.unknown" },
);

export type EndpointForm = z.output<typeof endpointForm>;
