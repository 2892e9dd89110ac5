import { parseArgs } from "node:util";
import { StartupError } from "~/operations/startup-error.server";

export type RunArguments = { isDryRun: boolean; asOf: Date };

const example = "for example npm run retention -- --dry-run --now 2027-01-31";

/** @throws StartupError that says what is wrong and how it would be right */
export function readArguments(args: string[], now: Date): RunArguments {
  const { values } = parse(args);
  const asOf = values.now === undefined ? now : readDate(values.now);
  return { isDryRun: values["dry-run"] ?? false, asOf };
}

function parse(args: string[]) {
  try {
    const options = { "dry-run": { type: "boolean" }, now: { type: "string" } } as const;
    return parseArgs({ args, options, strict: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartupError(`${reason}; ${example}`);
  }
}

/** A date is its beginning in UTC. */
function readDate(text: string): Date {
  const [, day, time] =
    /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/.exec(
      text,
    ) ?? [];
  const date = new Date(time ? text : `${day}T00:00:00Z`);
  // The 30th of February would be taken for the 2nd of March.
  const isOnCalendar = day && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day);
  if (!isOnCalendar || Number.isNaN(date.getTime())) {
    throw new StartupError(
      `--now ${text} is no date: give a day or a moment with its zone, such as 2027-01-31 or 2027-01-31T12:00:00Z; ${example}`,
    );
  }
  return date;
}
