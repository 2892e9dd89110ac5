import { z } from "zod";

/** A text is at most this many UTF-16 units, whatever it shows: marks can pile up on one character. */
const maxUnits = 65_536;
const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
/** White space, format characters (zero-width and direction marks) and what shows as nothing. */
const invisible = /^[\s\p{Cf}\p{Zs}\u115f\u1160\u2800\u3164\uffa0]*$/u;

/** Whether a text has more user-perceived characters than `max`. */
export function isLonger(text: string, max: number): boolean {
  if (text.length <= max) return false;
  if (text.length > maxUnits) return true;
  let count = 0;
  for (const _ of segmenter.segment(text)) if (++count > max) return true;
  return false;
}

/**
 * What a person writes: NFC, line breaks as \n, no blank edges. The errors are message ids.
 *
 * @param maxLength in user-perceived characters
 */
export const messageBody = (maxLength: number) =>
  z
    .string({ error: "chat.body.empty" })
    .refine((text) => !text.includes("\0"), { error: "chat.body.nul", abort: true })
    .refine((text) => text.isWellFormed(), { error: "chat.body.malformed", abort: true })
    .refine((text) => text.length <= 2 * maxUnits, { error: "chat.body.tooLong", abort: true })
    .transform((text) => text.replaceAll("\r\n", "\n").normalize("NFC").trim())
    .refine((text) => !invisible.test(text), { error: "chat.body.empty", abort: true })
    .refine((text) => !isLonger(text, maxLength), { error: "chat.body.tooLong" });

export const seqField = z.coerce
  .number({ error: "chat.seq.invalid" })
  .int({ error: "chat.seq.invalid" })
  .min(1, { error: "chat.seq.invalid" })
  .max(Number.MAX_SAFE_INTEGER, { error: "chat.seq.invalid" });

/** The fields of `intent=send`: the form's, the API's and the function's. */
export const messageDraft = (maxLength: number) =>
  z.object({
    clientId: z.guid({ error: "chat.clientId.invalid" }).toLowerCase(),
    body: messageBody(maxLength),
    replyTo: z.preprocess((value) => (value === "" ? undefined : value), seqField.optional()),
  });

export type MessageDraft = z.infer<ReturnType<typeof messageDraft>>;

export const editDraft = (maxLength: number) =>
  z.object({ seq: seqField, body: messageBody(maxLength) });

export const seqOnly = z.object({ seq: seqField });

/** Ids in addresses: another shape is as unknown as an id that nobody has. */
export const chatIdShape = z.guid();
