import { type CountryCode, isSupportedCountry } from "libphonenumber-js/max";
import type { Detector, Finding } from "../detector";
import type { Strength } from "../filters";
import type { Prepared } from "../prepare";
import type { Groups } from "./digit-groups";
import { type Run, readDigits } from "./digits";
import { announced } from "./lead-ins";
import { type Part, sureness } from "./phone-certainty";
import { areSingle, Directory, isSpelledOut, type Span } from "./phone-shape";
import { quantitiesIn } from "./quantities";

/** So sure must one be that digits are a telephone number, by strength. */
const enough: Record<Strength, number> = { low: 4, normal: 3, high: 2 };

const shortest = 7;
const longest = 17;
/** Shorter ones are local numbers: only words around say what they are. */
const shortestUnannounced = 9;
/** Without a sign of a country's code. */
const mostNational = 13;
/** Digits of a number with its country's code (E.164) are fewer. */
const mostDialled = 12;

/** A message of the greatest length has fewer beginnings and ends of numbers than this. */
const mostTries = 6_000;

type Search = { prepared: Prepared; needed: number; directory: Directory; triesLeft: number };

/** A run without what are prices, dates and the like in it. */
function partsOf(prepared: Prepared, groups: Groups, run: Run): Part[] {
  const { phone } = announced(prepared, groups.from(run.first), groups.to(run.end - 1));
  const isOther = quantitiesIn(prepared, groups, run, phone);
  const parts: Part[] = [];
  let start = run.first;
  for (let at = run.first; at <= run.end; at++) {
    if (at < run.end && !isOther[at - run.first]) continue;
    if (at > start) {
      const isByFours = areByFours(groups, run, start, at);
      parts.push({ groups, run, start, end: at, isAnnounced: phone, isByFours });
    }
    start = at + 1;
  }
  return parts;
}

/** As cards and bank accounts are printed. */
function areByFours(groups: Groups, run: Run, start: number, end: number): boolean {
  const isAccount = run.glued === 2 && groups.size(start) === 2;
  if (!isAccount && groups.size(start, end) <= mostDialled) return false;
  for (let at = isAccount ? start + 1 : start; at < end - 1; at++)
    if (groups.size(at) !== 4) return false;
  return true;
}

/** How long a number that begins there can be. */
function mostDigits({ groups, run }: Part, start: number): number {
  const begun = groups.size(start, Math.min(start + 2, run.end));
  const isAbroad = begun > 1 && groups.digit(start, 0) === 0 && groups.digit(start, 1) === 0;
  return groups.hasPlus(start) || isAbroad ? longest : mostNational;
}

/** The end of a number that begins at a group, the longest that is one; null for none. */
function endOfNumber(search: Search, part: Part, start: number): number | null {
  const { groups } = part;
  let end = start;
  while (end < part.end && groups.size(start, end + 1) <= longest) end++;
  const most = mostDigits(part, start);
  const least = part.isAnnounced ? shortest : shortestUnannounced;
  for (; end > start && groups.size(start, end) >= least; end--) {
    if (groups.size(start, end) > most) continue;
    search.triesLeft--;
    const { prepared, needed, directory } = search;
    if (sureness(prepared, part, start, end, directory, needed) >= needed) return end;
  }
  return null;
}

function findingOf({ text }: Prepared, { groups, start, end }: Span): Finding {
  const span = { groups, start, end };
  let isDisguised = isSpelledOut(span) || (end - start >= shortest && areSingle(span));
  for (let at = start; at < end; at++) isDisguised ||= groups.isLeet(at);
  for (let at = start + 1; at < end; at++)
    isDisguised ||= /[^\s\-./()]|\n|.{4}/.test(groups.gap(at));
  const from = groups.from(start);
  const isAfterPlus = groups.hasPlus(start) && text[from - 1] === "+";
  return { from: isAfterPlus ? from - 1 : from, to: groups.to(end - 1), isDisguised };
}

const withPlans = new WeakMap<readonly string[], readonly CountryCode[]>();

/** Those of the countries whose numbers are known, looked up once for each list. */
function countriesWithPlans(countries: readonly string[]): readonly CountryCode[] {
  let known = withPlans.get(countries);
  if (!known) {
    known = countries.filter((code): code is CountryCode => isSupportedCountry(code));
    withPlans.set(countries, known);
  }
  return known;
}

/** Telephone numbers of the marketplace's countries, and of any with its code. */
export const phone: Detector = {
  kind: "phone",
  canBeSplit: true,
  find(prepared, { strength, phoneCountries, most }) {
    const { groups, runs } = readDigits(prepared);
    const found: Finding[] = [];
    const search: Search = {
      prepared,
      needed: enough[strength],
      directory: new Directory(countriesWithPlans(phoneCountries)),
      triesLeft: mostTries,
    };
    for (const run of runs) {
      if (groups.size(run.first, run.end) < shortest) continue;
      for (const part of partsOf(prepared, groups, run)) {
        let start = part.start;
        while (start < part.end && search.triesLeft > 0 && found.length < most) {
          const end = endOfNumber(search, part, start);
          if (end !== null) found.push(findingOf(prepared, { groups, start, end }));
          start = end ?? start + 1;
        }
      }
    }
    return found;
  },
};
