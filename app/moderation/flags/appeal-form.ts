import { z } from "zod";
import { idShape } from "~/chats/drafts";
import { messageBody } from "~/chats/message-body";
import { mostWritten } from "../people/sanction";

/** An appeal against what was decided about a flag, by a reporter or by whom it concerns. */
export const flagAppealForm = z.object({
  intent: z.literal("appeal"),
  id: idShape.toLowerCase(),
  text: messageBody(mostWritten),
});
