import { z } from "zod";

/** What the host marketplace calls somebody or something: its own, taken as it is. */
export const hostsOwn = (what: string) =>
  z
    .string()
    .min(1, `Give ${what}.`)
    .max(200, `${what} has at most 200 characters.`)
    .regex(/^\P{Cc}*$/u, `${what} holds no control characters.`)
    .refine((text) => text.isWellFormed(), `${what} is not well-formed Unicode.`);
