import { z } from "zod";
import { idShape } from "~/chats/drafts";
import { messageBody } from "~/chats/message-body";

/** Characters of a note, a reason and a decision. */
const maxWords = 4_000;
const words = messageBody(maxWords);

/** What a moderator can do on a case's page, each with its fields: the field `intent` says which. */
export const caseForm = z.discriminatedUnion(
  "intent",
  [
    z.object({ intent: z.literal("claim") }),
    z.object({ intent: z.literal("hand_over"), to: idShape }),
    z.object({ intent: z.literal("release") }),
    z.object({ intent: z.literal("note"), body: words }),
    z.object({
      intent: z.literal("decide"),
      outcome: z.enum(["buyer", "seller", "both", "closed"], { error: "case.decision.missing" }),
      text: words,
    }),
  ],
  { error: "chat.intent.unknown" },
);

export type CaseForm = z.infer<typeof caseForm>;

/** The section of the page that each is about: where a browser without scripts comes back to. */
export const sectionOf: Record<CaseForm["intent"], string> = {
  claim: "",
  hand_over: "",
  release: "",
  note: "#notes",
  decide: "#decision",
};
