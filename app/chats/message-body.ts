import { z } from "zod";
import { isLonger, maxUnits } from "./text-length";

/** White space, control and format characters and what shows as nothing, the empty braille too. */
export const invisible = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

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
    .refine((text) => text.length <= 2 * maxUnits, { ...tooLong(maxLength), abort: true })
    .transform((text) => text.replace(/\r\n?/g, "\n").normalize("NFC").trim())
    .refine((text) => !invisible.test(text), { error: "chat.body.empty", abort: true })
    .refine((text) => !isLonger(text, maxLength), tooLong(maxLength));

const tooLong = (max: number) => ({ error: "chat.body.tooLong", params: { max } });
