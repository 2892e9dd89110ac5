import type { Submission, SubmissionResult } from "@conform-to/zod/v4";
import { parseWithZod } from "@conform-to/zod/v4";
import { coerceFormValue } from "@conform-to/zod/v4/future";
import type { z } from "zod";
import type { Phrase } from "~/ui/i18n";
import { BodyTooLarge } from "./body-limit.server";
import { FormFault, type FormSource } from "./form-fault.server";
import { readFields } from "./form-fields.server";
import { defaultMessage, phrasesOf } from "./form-phrases.server";

/** What `useForm` takes as `lastResult`: what was typed, and what is wrong with it. */
export type FormResult = SubmissionResult<Phrase[]>;
export type FormRefusal = {
  ok: false;
  status: FormFault["status"] | 422 | 429;
  result: FormResult;
};
export type FormReading<Value> =
  | { ok: true; value: Value; refuse: (errors: FormErrors) => FormRefusal }
  | FormRefusal;
/** By field name; `form` for the form as a whole. */
type FormErrors = Record<string, Phrase>;

/**
 * Reads a form and checks it. One schema serves the form, the action and the types.
 *
 * 400 and 415: not one of our forms; 413: too large; 422: a field is wrong, said beside it. A
 * refusal carries what was typed, but not the fields of `hide`.
 */
export async function readForm<Schema extends z.ZodType>(
  source: FormSource,
  schema: Schema,
  options: { hide?: string[] } = {},
): Promise<FormReading<z.output<Schema>>> {
  let fields: [string, string][];
  try {
    fields = await readFields(source);
  } catch (error) {
    if (error instanceof FormFault) return refuseWhole(error.status, error.phrase);
    if (error instanceof BodyTooLarge) return refuseWhole(413, { id: "error.tooLarge" });
    throw error;
  }
  return checkForm(fields, schema, options);
}

/** As `readForm`, of fields that were read already. */
export function checkForm<Schema extends z.ZodType>(
  fields: readonly [name: string, value: string][],
  schema: Schema,
  { hide = ["password"] }: { hide?: string[] } = {},
): FormReading<z.output<Schema>> {
  const unreadable = fields.filter(([, value]) => isUnreadable(value));
  // Made when it is wanted: it takes twice as long as the check itself.
  const submission = () =>
    parseWithZod(new URLSearchParams(fields.map(([name, value]) => [name, readable(value)])), {
      schema,
      error: defaultMessage,
      formatError: phrasesOf,
    });
  const refuse = (errors: FormErrors) => refuseFields(submission(), errors, hide);
  if (unreadable.length > 0) {
    const phrase: Phrase = { id: "error.unreadable" };
    return refuse(Object.fromEntries(unreadable.map(([name]) => [name, phrase])));
  }
  const plain = isFlat(fields)
    ? coerceFormValue(schema).safeParse(Object.fromEntries(fields))
    : undefined;
  if (plain?.success) return { ok: true, value: plain.data as z.output<Schema>, refuse };
  const read = submission();
  if (read.status !== "success") return refuse({});
  return { ok: true, value: read.value, refuse };
}

/** Each name once, and none that stands for a place in a list or an object. */
function isFlat(fields: readonly [name: string, value: string][]): boolean {
  return (
    fields.every(([name]) => /^[a-z]\w*$/i.test(name)) &&
    new Set(fields.map(([name]) => name)).size === fields.length
  );
}

function refuseFields(
  submission: Submission<unknown, Phrase[]>,
  { form, ...fields }: FormErrors,
  hideFields: string[],
): FormRefusal {
  const result = submission.reply({
    hideFields,
    formErrors: form && [form],
    fieldErrors: Object.fromEntries(
      Object.entries(fields).map(([name, phrase]) => [name, [phrase]]),
    ),
  });
  return { ok: false, status: 422, result };
}

function refuseWhole(status: FormFault["status"], phrase: Phrase): FormRefusal {
  return { ok: false, status, result: { status: "error", error: { "": [phrase] } } };
}

/** PostgreSQL refuses NUL, and a lone surrogate has no UTF-8. */
function isUnreadable(value: string) {
  return value.includes("\0") || !value.isWellFormed();
}

function readable(value: string) {
  return value.replaceAll("\0", "").toWellFormed();
}
