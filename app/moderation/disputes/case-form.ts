import { z } from "zod";
import { idShape, seqField } from "~/chats/drafts";
import { messageBody } from "~/chats/message-body";
import { threads } from "./case-view";

/** Characters of a note, a reason and a decision. */
const maxWords = 4_000;
const words = messageBody(maxWords);
/** Never presumed: what is for one side must not go to both. */
const thread = z.enum(threads);

/**
 * What a moderator can do on a case's page, each with its fields: the field `intent` says which.
 *
 * @param maxLength of a message, in user-perceived characters
 */
export const caseForm = (maxLength: number) =>
  z.discriminatedUnion(
    "intent",
    [
      z.object({ intent: z.literal("claim") }),
      z.object({ intent: z.literal("hand_over"), to: idShape }),
      z.object({ intent: z.literal("release") }),
      z.object({ intent: z.literal("note"), body: words }),
      z.object({ intent: z.literal("join") }),
      z.object({ intent: z.literal("leave") }),
      z.object({ intent: z.literal("freeze"), reason: words }),
      z.object({ intent: z.literal("thaw") }),
      z.object({
        intent: z.literal("write"),
        thread,
        clientId: z.guid({ error: "chat.clientId.invalid" }).toLowerCase(),
        body: messageBody(maxLength),
      }),
      z.object({ intent: z.literal("redact"), thread, seq: seqField, reason: words }),
      z.object({
        intent: z.literal("decide"),
        outcome: z.enum(["buyer", "seller", "both", "closed"], { error: "case.decision.missing" }),
        text: words,
      }),
    ],
    { error: "chat.intent.unknown" },
  );

export type CaseForm = z.infer<ReturnType<typeof caseForm>>;

/** The section of the page that each is about: where a browser without scripts comes back to. */
export const sectionOf: Record<CaseForm["intent"], string> = {
  claim: "",
  hand_over: "",
  release: "",
  note: "#notes",
  join: "#chat",
  leave: "#chat",
  freeze: "#chat",
  thaw: "#chat",
  write: "#chat",
  redact: "#chat",
  decide: "#decision",
};
