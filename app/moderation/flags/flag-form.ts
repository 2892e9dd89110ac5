import { z } from "zod";
import { messageBody } from "~/chats/message-body";
import { mostWritten } from "../people/sanction";
import { sanctionDays } from "../people/sanction-forms";
import { appealChoices, flagChoices } from "./flag-view";

const choice = z.enum([...flagChoices, ...appealChoices], { error: "flag.decision.missing" });

/** What a moderator does on a flag's page, each with its fields: the field `intent` says which. */
export const flagForm = z.discriminatedUnion(
  "intent",
  [
    z.object({ intent: z.literal("release") }),
    z.object({
      intent: z.literal("decide"),
      choice,
      statement: messageBody(mostWritten),
      /** Counts with a sanction of a message's sender; the field stands there for the others too. */
      alsoRedact: z.boolean().default(false),
      /** Counts for a suspension. */
      days: sanctionDays.default(7),
    }),
  ],
  { error: "chat.intent.unknown" },
);

export type FlagForm = z.output<typeof flagForm>;
