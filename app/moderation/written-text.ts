import { z } from "zod";

/** White space, control and format characters and what shows as nothing. */
const invisible = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*$/u;

/**
 * What somebody writes to be read by others, beside messages: NFC, line breaks as \n, no blank
 * edges. The errors are message ids.
 *
 * @param max in UTF-16 units, as a browser's `maxlength` counts
 */
export const writtenText = (max: number) =>
  z
    .string()
    .transform((text) => text.replace(/\r\n?/g, "\n").normalize("NFC").trim())
    .refine((text) => !invisible.test(text), { error: "error.required", abort: true })
    .pipe(z.string().max(max));
