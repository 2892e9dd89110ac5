/** Making one takes most of a millisecond, and a page needs one in each of its components. */
export const formatFor = remembered(64, makeFormat);

const priceFormatFor = remembered(64, (locale: string, currency: string) => {
  const format = new Intl.NumberFormat(locale, { style: "currency", currency });
  return { format, digits: format.resolvedOptions().maximumFractionDigits ?? 2 };
});

function makeFormat(locale: string, timeZone: string) {
  const dateTime = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone });
    return byMinute((date) => plainSpaces(format.format(date)));
  };
  const relativeDay = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const number = new Intl.NumberFormat(locale);
  const dayKey = isoDay(timeZone);
  const weekday = dateTime({ weekday: "long" });
  const date = dateTime({ dateStyle: "medium" });
  const time = dateTime({ timeStyle: "short" });
  const moment = dateTime({ dateStyle: "medium", timeStyle: "short" });
  const month = dateTime({ month: "long", year: "numeric" });
  const shortDay = dateTime({ month: "short", day: "numeric" });
  /** Whole calendar days between two moments, in the reader's time zone. */
  const daysBetween = (from: Date, to: Date) =>
    Math.round((Date.parse(dayKey(to)) - Date.parse(dayKey(from))) / 86_400_000);

  /** "Today", "Yesterday", "Tuesday" within a week, else the date. */
  const day = (moment: Date, now: Date) => {
    const ago = daysBetween(moment, now);
    if (ago === 0 || ago === 1) return capitalise(relativeDay.format(-ago, "day"), locale);
    return ago > 1 && ago < 7 ? weekday(moment) : date(moment);
  };

  return {
    time,
    moment,
    month,
    shortDay,
    /** The calendar day as in `2025-03-09`. */
    dayKey,
    day,
    /** The time for today, else as short as a list needs it. */
    brief: (date: Date, now: Date) => (daysBetween(date, now) <= 0 ? time(date) : day(date, now)),
    number: (value: number) => number.format(value),
    /** @param amount in the currency's smallest unit */
    price(amount: number, currency: string) {
      const { format, digits } = priceFormatFor(locale, currency);
      return plainSpaces(format.format(amount / 10 ** digits));
    },
  };
}

/** In parts, because how a locale puts them together changes with the engine's data. */
function isoDay(timeZone: string) {
  const format = new Intl.DateTimeFormat("en-u-ca-gregory-nu-latn", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  });
  return byMinute((date) => {
    const parts = new Map(format.formatToParts(date).map(({ type, value }) => [type, value]));
    return `${parts.get("year")?.padStart(4, "0")}-${parts.get("month")}-${parts.get("day")}`;
  });
}

/** Time zones were off by seconds before this, 1972-01-07 (Liberia's was the last). */
const wholeMinutesFrom = Date.UTC(1972, 0, 8);
const mostMinutes = 1_000;

/**
 * Remembers what the last moments look like. Nothing here says seconds, so all of a minute are one;
 * a page asks for the same ones several times, and both parties' pages ask for the same.
 */
function byMinute(make: (date: Date) => string) {
  const known = new Map<number, string>();
  return (date: Date): string => {
    const ms = date.getTime();
    if (!(ms >= wholeMinutesFrom)) return make(date);
    const minute = Math.floor(ms / 60_000);
    const before = known.get(minute);
    if (before !== undefined) return before;
    if (known.size >= mostMinutes) known.clear();
    const made = make(date);
    known.set(minute, made);
    return made;
  };
}

/** Engines differ in which space they put before "PM"; a difference would break hydration. */
function plainSpaces(text: string) {
  return text.replaceAll("\u202f", " ");
}

function capitalise(text: string, locale: string) {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

/**
 * Makes a value once for the same arguments.
 *
 * @param most values that are kept: the oldest goes, for nobody may fill the server's memory
 */
export function remembered<Args extends string[], Value>(
  most: number,
  make: (...args: Args) => Value,
) {
  const made = new Map<string, Value>();
  return (...args: Args): Value => {
    const key = args.join("|");
    const known = made.get(key);
    if (known !== undefined) return known;
    const value = make(...args);
    const [oldest] = made.keys();
    if (made.size >= most && oldest !== undefined) made.delete(oldest);
    made.set(key, value);
    return value;
  };
}
