import type { core } from "zod";
import { catalogOf } from "~/ui/catalogs.server";
import type { MessageId, Phrase } from "~/ui/i18n";

/** A schema says what is wrong by the id of a message: `z.string().min(10, says("join.short"))`. */
export function says(id: MessageId): { error: MessageId } {
  return { error: id };
}

/** Where a schema says nothing itself. */
export function defaultMessage(issue: core.$ZodRawIssue): MessageId {
  if (issue.code === "invalid_type" && issue.input === undefined) return "error.required";
  if (issue.code === "too_small") return "error.tooShort";
  if (issue.code === "too_big") return "error.tooLong";
  return "error.invalid";
}

/** The limits that an issue names go into its sentence as `{min}` and `{max}`. */
export function phrasesOf(issues: core.$ZodIssue[]): Phrase[] {
  return issues.map((issue): Phrase => {
    const id = isMessageId(issue.message) ? issue.message : "error.invalid";
    if (issue.code === "too_small") return { id, values: { min: Number(issue.minimum) } };
    if (issue.code === "too_big") return { id, values: { max: Number(issue.maximum) } };
    // A rule of our own brings its limit along.
    if (issue.code === "custom" && issue.params) return { id, values: issue.params };
    return { id };
  });
}

function isMessageId(text: string): text is MessageId {
  return Object.hasOwn(catalogOf("en"), text);
}
