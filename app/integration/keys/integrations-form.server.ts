import { z } from "zod";
import { idShape } from "~/chats/drafts";
import { keyForm } from "./keys.server";
import { originForm } from "./origins.server";

const id = idShape.toLowerCase();

/** What an admin does on the page of keys and origins. */
export const integrationsForm = z.discriminatedUnion(
  "intent",
  [
    keyForm.extend({ intent: z.literal("createKey"), id }),
    z.object({ intent: z.literal("revokeKey"), id }),
    originForm.extend({ intent: z.literal("addOrigin") }),
    z.object({ intent: z.literal("removeOrigin"), origin: z.string().max(300) }),
  ],
  { error: "chat.intent.unknown" },
);
