import { z } from "zod";
import { messageBody } from "~/chats/message-body";
import { disputeReasons, disputeWishes } from "~/db/schema";

/** What a side or a moderator writes about a dispute, in characters. */
export const maxStatement = 4_000;

const choose = { error: "dispute.choose" };

/** What the two sides of a chat can do about a dispute, each with its fields. */
export const disputeForms = [
  z.object({
    intent: z.literal("dispute"),
    reason: z.enum(disputeReasons, choose),
    wish: z.enum(disputeWishes, choose),
    statement: messageBody(maxStatement),
  }),
  z.object({ intent: z.literal("appeal"), statement: messageBody(maxStatement) }),
  z.object({ intent: z.literal("withdraw") }),
] as const;

/** Those that may bring pictures. */
export const disputeForm = z.discriminatedUnion("intent", [disputeForms[0], disputeForms[1]]);
