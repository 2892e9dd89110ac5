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
