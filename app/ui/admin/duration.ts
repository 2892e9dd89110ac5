import type { Phrase } from "~/ui/i18n";

const minuteMs = 60_000;

/**
 * A length of time in its two largest units, cut and not rounded: what is left is never more than
 * what is said.
 *
 * @param ms not negative
 */
export function durationPhrase(ms: number): Phrase {
  const whole = Math.floor(ms / minuteMs);
  const [days, hours, minutes] = [
    Math.floor(whole / 1_440),
    Math.floor(whole / 60) % 24,
    whole % 60,
  ];
  if (days > 0) return { id: "case.time.days", values: { days, hours } };
  if (hours > 0) return { id: "case.time.hours", values: { hours, minutes } };
  return { id: "case.time.minutes", values: { minutes } };
}

/** How long something has been there, in its largest unit: nobody needs the minutes of a week. */
export function agePhrase(ms: number): Phrase {
  const { id, values } = durationPhrase(Math.max(0, ms));
  const coarse = { "case.time.days": { hours: 0 }, "case.time.hours": { minutes: 0 } };
  return { id, values: { ...values, ...coarse[id as keyof typeof coarse] } };
}
