import { z } from "zod";
import { invisible, messageBody } from "~/chats/message-body";
import { reportReasons } from "~/db/schema";

/** What somebody adds to a report in his own words, in user-perceived characters. */
export const maxReportNote = 2_000;

const given = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(
    (value) => (typeof value === "string" && invisible.test(value) ? undefined : value),
    schema.optional(),
  );

const seq = z.coerce
  .number({ error: "chat.seq.invalid" })
  .int()
  .min(1)
  .max(Number.MAX_SAFE_INTEGER);

/**
 * What a party to a chat tells moderators about the other: of a message by its place, of a picture by
 * its id, or of the person.
 */
export const reportForm = z.object({
  intent: z.literal("report"),
  seq: given(seq),
  picture: given(z.guid().toLowerCase()),
  reason: z.enum(reportReasons, { error: "report.choose" }),
  note: given(messageBody(maxReportNote)),
  /** Shuts the other out as well. */
  block: z.stringbool({ truthy: ["on", "true"], falsy: ["", "false"] }).optional(),
});
