import {
  type CountryCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import type { Detector, Finding } from "../detector";
import type { Strength } from "../filters";
import type { Prepared } from "../prepare";
import { type Group, type Run, readRuns } from "./digits";
import { announced } from "./lead-ins";
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

/** The library is asked so often for one text; what has more numbers than that is judged by shape alone. */
const mostQuestions = 60;

/** How national numbers look that begin with 0, those kept for fiction among them, which no library knows. */
const shapes = [
  /^01[5-7]\d{8,9}$/,
  /^07\d{9}$/,
  /^0[123]\d{9}$/,
  /^0[1-79]\d{8}$/,
  /^06[5-9]\d{7,9}$/,
];

/** Groups as people write numbers that begin without 0. */
const groupings = new Set([
  "3 3 4",
  "3 7",
  "1 3 3 4",
  "3 3 3",
  "3 2 2 2",
  "3 6",
  "2 3 2 2",
  "5 4",
  "5 5",
]);

/** A message of the greatest length has fewer beginnings and ends of numbers than this. */
const mostTries = 6_000;

type Asked = { left: number; triesLeft: number; countries: CountryCode[] };

function ask(digits: string, country: CountryCode | undefined, asked: Asked): number {
  if (asked.left === 0) return digits.length >= 9 ? 2 : 0;
  asked.left--;
  const number = parsePhoneNumberFromString(digits, country);
  if (number?.isValid()) return 2;
  return number?.isPossible() ? 1 : 0;
}

const best = (digits: string, asked: Asked) =>
  asked.countries.reduce(
    (most, country) => (most === 2 ? most : Math.max(most, ask(digits, country, asked))),
    0,
  );

/** Whether the check digit at the end is that of an article number (GTIN). */
function isArticleNumber(digits: string): boolean {
  if (![8, 12, 13, 14].includes(digits.length)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++)
    sum += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 1 : 3);
  return sum % 10 === 0;
}

/** How much digits look like a number that can be dialled, by themselves. */
function looks(digits: string, hasPlus: boolean, groups: readonly Group[], asked: Asked): number {
  if (hasPlus || /^00[1-9]/.test(digits)) {
    const dialled = `+${hasPlus ? digits : digits.slice(2)}`;
    return [digits.length >= 9 ? 1 : 0, 3, 5][ask(dialled, undefined, asked)] as number;
  }
  if (/^0[1-9]/.test(digits)) {
    const known = [0, 2, 4][best(digits, asked)] as number;
    return Math.max(known, shapes.some((shape) => shape.test(digits)) ? 3 : 0);
  }
  const sizes = groups.map((group) => group.digits.length).join(" ");
  const isGrouped =
    groupings.has(sizes) ||
    isSpelledOut(groups) ||
    groups.every((group) => group.digits.length === 1);
  if (digits.length >= 9 && digits.length <= 11 && (isGrouped || groups.length === 1)) {
    const known = best(digits, asked);
    if (known === 2) return isGrouped ? 3 : 2;
    if (known === 1) return 1;
  }
  if (digits.length >= 10 && asked.left > 1 && ask(`+${digits}`, undefined, asked) === 2) {
    const code = parsePhoneNumberFromString(`+${digits}`)?.country;
    if (code && asked.countries.includes(code)) return groups.length > 1 ? 2 : 1;
  }
  const isLocal = digits.length <= 8 && groups.length <= 3;
  return isLocal && !groups.some((group) => /^(?:19|20)\d\d$/.test(group.digits)) ? 1 : 0;
}

const isTight = (gap: string | undefined) => gap !== undefined && gap !== "" && !/\s/.test(gap);

type Part = {
  run: Run;
  start: number;
  end: number;
  isAnnounced: boolean;
  isByFours: boolean;
};

/** Runs without what are prices, dates and the like in them. */
function partsOf(prepared: Prepared, run: Run): Part[] {
  const first = run.groups[0] as Group;
  const last = run.groups.at(-1) as Group;
  const { phone } = announced(prepared, first.from, last.to);
  const isOther = quantitiesIn(prepared, run, phone);
  const parts: Part[] = [];
  let start = 0;
  for (let at = 0; at <= run.groups.length; at++) {
    if (at < run.groups.length && !isOther[at]) continue;
    if (at > start) {
      const isByFours = areByFours(run, start, at);
      parts.push({ run, start, end: at, isAnnounced: phone, isByFours });
    }
    start = at + 1;
  }
  return parts;
}

const isSpelledOut = (groups: readonly Group[]) =>
  groups.filter(({ isSpelled }) => isSpelled).length * 2 >= groups.length;
const isLeet = (groups: readonly Group[]) => groups.some((group) => group.isLeet);
const isOneByOne = (groups: readonly Group[]) =>
  groups.length >= shortest && groups.every(({ digits }) => digits.length === 1);

const gapsOf = (run: Run, start: number, end: number) => run.gaps.slice(start + 1, end);

/** As cards and bank accounts are printed. */
function areByFours(run: Run, start: number, end: number): boolean {
  const sizes = run.groups.slice(start, end).map(({ digits }) => digits.length);
  const isAccount = run.glued?.length === 2 && sizes[0] === 2;
  const middle = sizes.slice(isAccount ? 1 : 0, -1);
  const isLong = sizes.reduce((sum, size) => sum + size, 0) > mostDialled;
  return (isAccount || isLong) && middle.every((size) => size === 4);
}

function sureness(
  prepared: Prepared,
  part: Part,
  start: number,
  end: number,
  asked: Asked,
): number {
  const { run } = part;
  const groups = run.groups.slice(start, end);
  const digits = groups.map((group) => group.digits).join("");
  const hasPlus = run.pluses[start] ?? false;
  let sure = looks(digits, hasPlus, groups, asked);
  if (sure === 0) return 0;
  const words = announced(prepared, (groups[0] as Group).from, (groups.at(-1) as Group).to);
  const isHidden = isSpelledOut(groups) || isLeet(groups) || isOneByOne(groups);
  // "1 2 3 4 5 6 7 8 9 10": somebody counts.
  if (isHidden && digits.startsWith("12345")) return 0;
  if (words.phone) sure += 2;
  else if (words.number) sure += 1;
  if (words.other) sure -= isHidden || hasPlus ? 1 : 3;
  if (isHidden) sure += 1;
  if (start > part.start && isTight(run.gaps[start])) sure -= 2;
  if (gapsOf(run, start, end).some((gap) => /[,;]/.test(gap)) && !isHidden) sure -= 1.5;
  if (part.isByFours && !words.phone) sure -= 3;
  if (end < part.end) sure -= isTight(run.gaps[end]) ? 1.5 : 0.5;
  if (digits.length < 9 && !words.phone) sure -= 2;
  if (!hasPlus && groups.length === 1 && isArticleNumber(digits) && !words.phone) sure -= 2;
  if (run.glued && start === 0 && !words.phone) sure -= 1;
  return sure;
}

/** How long a number that begins there can be. */
function mostDigits({ groups, pluses }: Run, start: number): number {
  if (pluses[start]) return longest;
  const first = (groups[start]?.digits ?? "") + (groups[start + 1]?.digits ?? "");
  return first.startsWith("00") ? longest : mostNational;
}

function findInPart(prepared: Prepared, part: Part, needed: number, asked: Asked): Finding[] {
  const { groups, gaps, pluses } = part.run;
  const found: Finding[] = [];
  let start = part.start;
  while (start < part.end && asked.triesLeft > 0) {
    let length = 0;
    let end = start;
    while (end < part.end && length + (groups[end] as Group).digits.length <= longest)
      length += (groups[end++] as Group).digits.length;
    let sure = 0;
    let until = end;
    const most = mostDigits(part.run, start);
    const least = part.isAnnounced ? shortest : shortestUnannounced;
    for (; until > start && length >= least; until--) {
      if (length <= most) {
        asked.triesLeft--;
        sure = sureness(prepared, part, start, until, asked);
        if (sure >= needed) break;
      }
      length -= (groups[until - 1] as Group).digits.length;
    }
    if (sure < needed) {
      start++;
      continue;
    }
    const taken = groups.slice(start, until);
    const from = (taken[0] as Group).from;
    const hasOddGaps = gaps.slice(start + 1, until).some((gap) => /[^\s\-./()]|\n|.{4}/.test(gap));
    found.push({
      from: pluses[start] && prepared.text[from - 1] === "+" ? from - 1 : from,
      to: (taken.at(-1) as Group).to,
      isDisguised: isSpelledOut(taken) || isLeet(taken) || isOneByOne(taken) || hasOddGaps,
    });
    start = until;
  }
  return found;
}

/** Telephone numbers of the marketplace's countries, and of any with its code. */
export const phone: Detector = {
  kind: "phone",
  canBeSplit: true,
  find(prepared, { strength, phoneCountries }) {
    const asked = {
      left: mostQuestions,
      triesLeft: mostTries,
      countries: phoneCountries.filter((code) => isSupportedCountry(code)),
    };
    const found: Finding[] = [];
    for (const run of readRuns(prepared)) {
      const digits = run.groups.reduce((sum, group) => sum + group.digits.length, 0);
      if (digits < shortest) continue;
      for (const part of partsOf(prepared, run))
        found.push(...findInPart(prepared, part, enough[strength], asked));
    }
    return found;
  },
};
