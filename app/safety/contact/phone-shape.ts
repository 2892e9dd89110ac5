import type { CountryCode } from "libphonenumber-js/max";
import type { Groups } from "./digit-groups";
import { type Dialled, dialledAbroad, dialledIn, type Known } from "./numbering";

/** How national numbers look that begin with 0, those kept for fiction among them, which no library knows. */
const shapes = [
  /^01[5-7]\d{8,9}$/,
  /^07\d{9}$/,
  /^0[123]\d{9}$/,
  /^0[1-79]\d{8}$/,
  /^06[5-9]\d{7,9}$/,
];

/** Groups as people write numbers that begin without 0: so many digits in each, as the digits of one number. */
const groupings = new Set([334, 37, 1334, 333, 3222, 36, 2322, 54, 55]);

/** For one text so often at most; what has more numbers than that is judged by shape alone. */
const mostQuestions = 300;
const shortestByShape = 9;

/** Asks what is known of numbers, of one text. */
export class Directory {
  readonly countries: readonly CountryCode[];
  private left = mostQuestions;

  constructor(countries: readonly CountryCode[]) {
    this.countries = countries;
  }

  abroad(digits: string): Dialled {
    return this.mayAsk() ? dialledAbroad(digits) : byShape(digits);
  }

  /** The best that is known of it in any of the countries. */
  within(digits: string): Known {
    let best: Known = "none";
    for (const country of this.countries) {
      const { known } = this.mayAsk() ? dialledIn(digits, country) : byShape(digits);
      if (known === "valid") return known;
      if (known === "possible") best = known;
    }
    return best;
  }

  private mayAsk(): boolean {
    return this.left > 0 && this.left-- > 0;
  }
}

const byShape = (digits: string): Dialled => ({
  known: digits.length >= shortestByShape ? "valid" : "none",
  country: null,
});

/** Groups of a text, up to the second excluded. */
export type Span = { groups: Groups; start: number; end: number };

export function isSpelledOut({ groups, start, end }: Span): boolean {
  let spelled = 0;
  for (let at = start; at < end; at++) if (groups.isSpelled(at)) spelled++;
  return spelled * 2 >= end - start;
}

export function areSingle({ groups, start, end }: Span): boolean {
  for (let at = start; at < end; at++) if (groups.size(at) !== 1) return false;
  return true;
}

function groupingOf({ groups, start, end }: Span): number {
  let sizes = 0;
  for (let at = start; at < end; at++) sizes = sizes * 10 + groups.size(at);
  return sizes;
}

function hasYear({ groups, start, end }: Span): boolean {
  for (let at = start; at < end; at++)
    if (groups.size(at) === 4 && /^(?:19|20)/.test(groups.digits(at))) return true;
  return false;
}

/** Of a number that begins with 0, by what is known of it. */
const nationalSure: Record<Known, number> = { none: 0, possible: 2, valid: 4 };

/** How much digits can look like a number at best, by how they begin. */
export function mostSure(digits: string, hasPlus: boolean): number {
  if (hasPlus || digits.startsWith("00")) return 5;
  return digits.startsWith("0") ? 4 : 3;
}

/** How much digits look like a number that can be dialled, by themselves: 0 not at all, 5 for certain. */
export function looksDialled(
  digits: string,
  hasPlus: boolean,
  span: Span,
  directory: Directory,
): number {
  if (hasPlus || /^00[1-9]/.test(digits)) {
    const { known } = directory.abroad(hasPlus ? digits : digits.slice(2));
    if (known === "none") return digits.length >= shortestByShape ? 1 : 0;
    return known === "valid" ? 5 : 3;
  }
  if (/^0[1-9]/.test(digits)) {
    const shape = shapes.some((one) => one.test(digits)) ? 3 : 0;
    return Math.max(nationalSure[directory.within(digits)], shape);
  }
  const count = span.end - span.start;
  if (digits.length >= 9 && digits.length <= 11) {
    const isGrouped = groupings.has(groupingOf(span)) || isSpelledOut(span) || areSingle(span);
    const known = isGrouped || count === 1 ? directory.within(digits) : "none";
    if (known === "valid") return isGrouped ? 3 : 2;
    if (known === "possible") return 1;
  }
  if (digits.length >= 10) {
    const { known, country } = directory.abroad(digits);
    if (known === "valid" && country && directory.countries.includes(country))
      return count > 1 ? 2 : 1;
  }
  return digits.length <= 8 && count <= 3 && !hasYear(span) ? 1 : 0;
}
