import { z } from "zod";
import { emailAddress, personName } from "~/accounts/join.server";
import { externalId } from "./user";

const most = 1_000_000_000;

/** What is left out stays as it is; null takes back what was said. */
export const userPatch = z
  .object({
    name: personName.optional().meta({
      description: "What others see the person called: 1 to 80 characters on one line.",
      example: "Mira K.",
    }),
    email: emailAddress.nullable().optional().meta({
      description:
        "Where mails go. Nobody signs in with it, so that two people may have the same; null: no mails.",
      example: "mira@example.com",
    }),
    isVerified: z.boolean().nullable().optional().meta({
      description:
        "Whether the marketplace knows who it is. Shown to those whom the person writes to.",
      example: true,
    }),
    dealsDone: z.int().min(0).max(most).nullable().optional().meta({
      description: "How many deals the person did. Shown to those whom the person writes to.",
      example: 37,
    }),
    isSuspended: z.boolean().optional().meta({
      description:
        "Shuts the person out: sessions and live streams end within a second, nobody can sign in as this person. `false` lets them in again.",
      example: false,
    }),
  })
  .meta({ description: "What is to change; what is left out stays as it is." });

export const userInput = userPatch
  .extend({
    externalId,
    name: personName.meta({
      description: "What others see the person called: 1 to 80 characters on one line.",
      example: "Mira K.",
    }),
  })
  .meta({ description: "A person, by what the marketplace calls them." });

export type UserPatch = z.output<typeof userPatch>;
export type UserInput = z.output<typeof userInput>;
