import { type Group, type Run, readRuns } from "../contact/digits";
import { announced } from "../contact/lead-ins";
import type { Finding } from "../detector";
import type { Strength } from "../filters";
import type { Prepared } from "../prepare";

/** Numbers of cards by brand (ISO/IEC 7812): Visa, Mastercard, American Express, Discover, Diners, JCB. */
const brands = [
  /^4\d{15}$/,
  /^5[1-5]\d{14}$/,
  /^2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}$/,
  /^3[47]\d{13}$/,
  /^6(?:011|5\d\d|4[4-9]\d)\d{12}$/,
  /^3(?:0[0-5]|[68]\d)\d{11}$/,
  /^35(?:2[89]|[3-8]\d)\d{12}$/,
];

const begins = /^[2-6]/;
const shortest = 14;
/** Of a card's number, in digits. */
const lengths = [16, 15, shortest];

/**
 * Numbers of payment cards, by brand, length and check digit (Luhn), in whichever way their digits are
 * written. One in sixteen others would pass by chance: what the words around it say that it is, it is.
 */
export function findCards(prepared: Prepared, strength: Strength): Finding[] {
  return readRuns(prepared).flatMap((run) => {
    const [first] = run.groups;
    if (!first || (run.glued && strength !== "high")) return [];
    return findInRun(prepared, run);
  });
}

function findInRun(prepared: Prepared, { groups, gaps }: Run): Finding[] {
  const digits = groups.map((group) => group.digits).join("");
  if (digits.length < shortest) return [];
  const found: Finding[] = [];
  /** The group that ends at a place of the digits. */
  const endsAt = new Int32Array(digits.length + 1).fill(-1);
  let place = 0;
  for (const [at, group] of groups.entries()) {
    place += group.digits.length;
    endsAt[place] = at;
  }
  place = 0;
  for (let start = 0; start < groups.length; start++) {
    const end = endOfCard(digits, place, endsAt);
    const last = end === null ? -1 : (endsAt[end] as number);
    if (end !== null && isOne(prepared, groups, gaps, start, last)) {
      found.push(findingOf(groups, gaps, start, last));
      place = end;
      start = last;
    } else place += (groups[start] as Group).digits.length;
  }
  return found;
}

function endOfCard(digits: string, start: number, ends: Int32Array): number | null {
  if (!begins.test(digits[start] ?? "")) return null;
  for (const length of lengths) {
    if ((ends[start + length] ?? -1) >= 0 && isCard(digits.slice(start, start + length)))
      return start + length;
  }
  return null;
}

function isOne(prepared: Prepared, groups: Group[], gaps: string[], start: number, last: number) {
  if (gaps.slice(start + 1, last + 1).some((gap) => /[,;]/.test(gap))) return false;
  const { from } = groups[start] as Group;
  const { card, other } = announced(prepared, from, (groups[last] as Group).to);
  return card || !other;
}

function findingOf(groups: Group[], gaps: string[], start: number, last: number): Finding {
  const taken = groups.slice(start, last + 1);
  const isOdd = gaps.slice(start + 1, last + 1).some((gap) => !/^[ -]$/.test(gap));
  const isHidden = taken.some(({ isSpelled, isLeet }) => isSpelled || isLeet);
  return {
    from: (groups[start] as Group).from,
    to: (groups[last] as Group).to,
    isDisguised: isOdd || isHidden || taken.length > 5,
  };
}

const isCard = (digits: string) => passesLuhn(digits) && brands.some((brand) => brand.test(digits));

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    const twice = digit * 2;
    sum += at % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice;
  }
  return sum % 10 === 0;
}
