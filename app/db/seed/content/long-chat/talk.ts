import type { DemoLine, DemoSide } from "../types";
import { between, type Random } from "./random";

const minutesInDay = 24 * 60;
/** Talks begin within ten hours of a day, so that nobody haggles in the middle of the night. */
const wakingMinutes = 10 * 60;

/** Collects lines and keeps the clock between them. */
export function startTalk(random: Random) {
  const lines: DemoLine[] = [];
  let clock = 0;
  let wait = 0;

  function quickAnswer(): number {
    return random() < 0.12 ? between(random, 18, 75) : between(random, 1, 9);
  }

  return {
    lines,
    /** Adds a line and tells its index, for a later line to reply to. */
    say(from: DemoSide, text: string, replyTo?: number): number {
      const minutes = lines.length === 0 ? 0 : wait > 0 ? wait : quickAnswer();
      wait = 0;
      clock += minutes;
      lines.push({
        from,
        text,
        minutesAfterPrevious: minutes,
        ...(replyTo === undefined ? {} : { replyTo }),
      });
      return lines.length - 1;
    },
    /** The next line comes on the same day if there is time left, else on the next. */
    laterOn() {
      const start = clock + between(random, 40, 200);
      wait = (start % minutesInDay <= wakingMinutes ? start : nextMorning(start)) - clock;
    },
    /** The next line comes after so many nights. */
    daysLater(days: number) {
      wait = nextMorning(clock) + (days - 1) * minutesInDay - clock;
    },
  };

  function nextMorning(from: number): number {
    return (Math.floor(from / minutesInDay) + 1) * minutesInDay + between(random, 0, 240);
  }
}

export type Talk = ReturnType<typeof startTalk>;

/** Puts values into `{slots}`; a slot without a value is a mistake in the phrases. */
export function fill(phrase: string, slots: Readonly<Record<string, string | number>>): string {
  return phrase.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = slots[name];
    if (value === undefined) throw new Error(`no value for {${name}} in: ${phrase}`);
    return String(value);
  });
}

/** Slots such as {track} or {place} are written small, but may begin a sentence. */
export function sentence(text: string): string {
  return text.replace(
    /(^|[.!?] )(\p{Ll})/gu,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  );
}
