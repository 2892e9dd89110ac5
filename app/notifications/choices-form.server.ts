import { z } from "zod";
import { shownContents } from "~/db/schema";
import {
  alwaysMailed,
  type Channel,
  type ChoiceKind,
  type Choices,
  type ChoicesByKind,
  type ChoicesDraft,
  channels,
  choiceKinds,
} from "./choices";

type Told = `${Channel}_${ChoiceKind}`;

/** A switch that is off is not sent. */
const choice = z.boolean().default(false);
const content = z.enum(shownContents);

const told = Object.fromEntries(
  choiceKinds.flatMap((kind) => channels.map((channel) => [`${channel}_${kind}`, choice])),
) as Record<Told, typeof choice>;

/** Some browsers say the seconds, too. Without quiet hours it does not matter what stands there. */
const clock = z.string().trim().max(20).optional();
const clockShape = /^([01]\d|2[0-3]):([0-5]\d)(?::00(?:\.0+)?)?$/;

/** The fields of the form. */
export const notificationsForm = z
  .object({
    intent: z.literal("notifications"),
    ...told,
    pushContent: content,
    mailContent: content,
    sound: choice,
    quiet: choice,
    quietFrom: clock,
    quietTo: clock,
    timeZone: z.string().max(64).refine(isTimeZone, { error: "settings.timeZoneUnknown" }),
  })
  .superRefine(({ quiet, quietFrom, quietTo }, { addIssue }) => {
    if (!quiet) return;
    const wrong = Object.entries({ quietFrom, quietTo }).filter(([, at]) => minutesOf(at) === null);
    for (const [field] of wrong) {
      addIssue({ code: "custom", path: [field], message: "settings.quietTime" });
    }
    if (!wrong.length && minutesOf(quietFrom) === minutesOf(quietTo)) {
      addIssue({ code: "custom", path: ["quietTo"], message: "settings.quietSame" });
    }
  });

type Fields = z.output<typeof notificationsForm>;

/** What the form says, as it is kept. */
export function choicesOf(form: Fields): ChoicesDraft {
  const { quiet, quietFrom, quietTo, timeZone, pushContent, mailContent, sound } = form;
  const [from, to] = [minutesOf(quietFrom), minutesOf(quietTo)];
  const ofKind = (kind: ChoiceKind) => ({
    push: form[`push_${kind}`],
    mail: form[`mail_${kind}`] || alwaysMailed.includes(kind),
  });
  return {
    byKind: Object.fromEntries(choiceKinds.map((kind) => [kind, ofKind(kind)])) as ChoicesByKind,
    pushContent,
    mailContent,
    hasSound: sound,
    quiet: quiet && from !== null && to !== null ? { from, to, timeZone } : null,
    timeZone,
  };
}

/**
 * What stands in the form, by the names of its fields; a switch that is off is not there.
 *
 * @param timeZone of the browser, where the person never chose one
 */
export function fieldsOf(choices: Choices, timeZone: string): Record<string, string> {
  const { quiet, hasSound, byKind, pushContent, mailContent } = choices;
  const on = choiceKinds.flatMap((kind) =>
    channels.filter((channel) => byKind[kind][channel]).map((channel) => `${channel}_${kind}`),
  );
  return {
    ...Object.fromEntries(on.map((name) => [name, "on"])),
    pushContent,
    mailContent,
    ...(hasSound && { sound: "on" }),
    ...(quiet && { quiet: "on" }),
    quietFrom: clockOf(quiet?.from ?? 22 * 60),
    quietTo: clockOf(quiet?.to ?? 7 * 60),
    timeZone: choices.timeZone ?? timeZone,
  };
}

/** @returns null for what is no time of day */
function minutesOf(at: string | undefined): number | null {
  const [, hours, minutes] = clockShape.exec(at ?? "") ?? [];
  return hours && minutes ? Number(hours) * 60 + Number(minutes) : null;
}

const clockOf = (minutes: number) =>
  [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":");

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}
