import type { Phrase } from "~/ui/i18n";
import type { FormResult } from "./forms.server";

/** A form that was not taken, of a page that has several: why, by field, and what was typed. */
export type RefusedForm = {
  intent: string;
  /** What is wrong with the form as a whole stands under "". */
  errors: Record<string, Phrase[] | undefined>;
  typed: Record<string, string | undefined>;
  /** Of fields that were sent more than once: boxes of one name that were ticked. */
  ticked: Record<string, string[] | undefined>;
};

export function refusedForm({ error, initialValue }: FormResult): RefusedForm {
  const entries = Object.entries(initialValue ?? {});
  const typed = Object.fromEntries(
    entries.filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
  const ticked = Object.fromEntries(
    entries.flatMap(([name, value]) =>
      Array.isArray(value) ? [[name, value.filter((one) => typeof one === "string")]] : [],
    ),
  );
  const errors = Object.entries(error ?? {}).map(([field, phrases]) => [field, phrases ?? []]);
  return { intent: typed.intent ?? "", errors: Object.fromEntries(errors), typed, ticked };
}

/** What of it belongs to the form with one of these intents: nothing when another was sent. */
export function partOf(
  refused: RefusedForm | undefined,
  ...intents: string[]
): Pick<RefusedForm, "errors" | "typed"> {
  return refused && intents.includes(refused.intent) ? refused : { errors: {}, typed: {} };
}
