import { z } from "zod";
import { idShape } from "~/chats/drafts";
import { messageBody } from "~/chats/message-body";
import { erasedMessages, stages } from "~/db/schema";
import { type RetentionByStage, retention } from "./policy";
import { fieldOf, steps } from "./retention-fields";

/** An empty field stands for never. */
const months = z.coerce
  .string()
  .default("")
  .transform((text) => text.trim())
  .refine((text) => text === "" || /^\d{1,4}$/.test(text), "retention.months.wrong")
  .transform((text) => (text === "" ? null : Number(text)))
  .refine((value) => retention.shape.closeAfter.safeParse(value).success, "retention.months.wrong");

const monthFields = Object.fromEntries(
  stages.flatMap((stage) => steps.map((step) => [fieldOf(stage, step), months])),
);

const settings = {
  version: z.coerce.number().int().min(0),
  ...monthFields,
  erasedMessages: z.enum(erasedMessages),
  erasureDays: z.coerce
    .number({ error: "retention.days.wrong" })
    .int("retention.days.wrong")
    .min(1, "retention.days.wrong")
    .max(30, "retention.days.wrong"),
};

type Given = Record<string, unknown> & {
  version: number;
  erasedMessages: (typeof erasedMessages)[number];
  erasureDays: number;
};

function changeOf(given: Given) {
  const byStage = Object.fromEntries(
    stages.map((stage) => [
      stage,
      Object.fromEntries(steps.map((step) => [step, given[fieldOf(stage, step)] ?? null])),
    ]),
  ) as RetentionByStage;
  const { version, erasedMessages, erasureDays } = given;
  return { version, change: { byStage, erasedMessages, erasureDays } };
}

/** What can be sent from `/admin/retention`. */
export const retentionForm = z.discriminatedUnion(
  "intent",
  [
    z
      .object({ intent: z.literal("preview"), ...settings })
      .transform(({ intent, ...given }) => ({ intent, ...changeOf(given as unknown as Given) })),
    z
      .object({
        intent: z.literal("save"),
        ...settings,
        /** The change that the preview beside the button was of. */
        previewed: z.string().max(2_000).default(""),
      })
      .transform(({ intent, previewed, ...given }) => ({
        ...{ intent, previewed },
        ...changeOf(given as unknown as Given),
      })),
    z.object({ intent: z.literal("run") }),
    z.object({ intent: z.literal("try") }),
  ],
  { error: "chat.intent.unknown" },
);

const reason = messageBody(2_000);

/** What can be sent from the page of what holds a chat or a person. */
export const holdForm = z.discriminatedUnion(
  "intent",
  [
    z.object({
      intent: z.literal("place"),
      id: idShape.toLowerCase(),
      reason,
      /** A day; the hold ends with it, in UTC. Empty: until it is lifted. */
      until: z.union([z.literal(""), z.iso.date("retention.hold.until.wrong")]).default(""),
    }),
    z.object({ intent: z.literal("lift"), id: idShape.toLowerCase(), reason }),
  ],
  { error: "chat.intent.unknown" },
);
