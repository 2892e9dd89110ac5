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
const longest = 16;

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
  const found: Finding[] = [];
  for (let start = 0; start < groups.length; start++) {
    let digits = "";
    if (!begins.test((groups[start] as Group).digits)) continue;
    for (let at = start; at < groups.length && digits.length < longest; at++) {
      if (at > start && /[,;]/.test(gaps[at] as string)) break;
      digits += (groups[at] as Group).digits;
      if (digits.length < shortest || digits.length > longest || !isCard(digits)) continue;
      const [from, to] = [(groups[start] as Group).from, (groups[at] as Group).to];
      const { card, other } = announced(prepared, from, to);
      if (other && !card) break;
      const taken = groups.slice(start, at + 1);
      const isOdd = gaps.slice(start + 1, at + 1).some((gap) => !/^[ -]$/.test(gap));
      const isHidden = taken.some(({ isSpelled, isLeet }) => isSpelled || isLeet);
      found.push({ from, to, isDisguised: isOdd || isHidden || taken.length > 5 });
      start = at;
      break;
    }
  }
  return found;
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
