import type { Groups } from "../contact/digit-groups";
import { type Run, readDigits } from "../contact/digits";
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
const [firstDigit, lastDigit] = [2, 6];

/** Of a card's number, in digits. */
const lengths = [16, 15, 14];
const [longest, , shortest] = lengths as [number, number, number];

/**
 * Numbers of payment cards, by brand, length and check digit (Luhn), in whichever way their digits are
 * written. One in sixteen others would pass by chance: what the words around it say that it is, it is.
 */
export function findCards(prepared: Prepared, strength: Strength, most: number): Finding[] {
  const { groups, runs } = readDigits(prepared);
  const found: Finding[] = [];
  for (const run of runs) {
    if (groups.size(run.first, run.end) < shortest) continue;
    if (run.glued > 0 && strength !== "high") continue;
    for (let at = run.first; at < run.end && found.length < most; at++) {
      const end = endOfCard(groups, run, at);
      if (end === null || !isMeant(prepared, groups, at, end)) continue;
      found.push(findingOf(groups, at, end));
      at = end - 1;
    }
  }
  return found;
}

/** The group after a card's number that begins at one; null for none. */
function endOfCard(groups: Groups, run: Run, start: number): number | null {
  const first = groups.digit(start, 0);
  if (first < firstDigit || first > lastDigit) return null;
  let best: number | null = null;
  for (let end = start + 1; end <= run.end; end++) {
    const size = groups.size(start, end);
    if (size > longest) break;
    // The longest that is one: they are looked at from the shortest on.
    if (size >= shortest && isCard(groups, start, size)) best = end;
  }
  return best;
}

function isCard(groups: Groups, start: number, size: number): boolean {
  let sum = 0;
  for (let place = 0; place < size; place++) {
    const digit = groups.digit(start, size - 1 - place);
    const twice = digit * 2;
    sum += place % 2 === 0 ? digit : twice > 9 ? twice - 9 : twice;
  }
  if (sum % 10 !== 0) return false;
  let digits = "";
  for (let place = 0; place < size; place++) digits += groups.digit(start, place);
  return brands.some((brand) => brand.test(digits));
}

function isMeant(prepared: Prepared, groups: Groups, start: number, end: number): boolean {
  for (let at = start + 1; at < end; at++) if (/[,;]/.test(groups.gap(at))) return false;
  const { card, other } = announced(prepared, groups.from(start), groups.to(end - 1));
  return card || !other;
}

const mostUsual = 5;

function findingOf(groups: Groups, start: number, end: number): Finding {
  let isDisguised = end - start > mostUsual;
  for (let at = start; at < end; at++) {
    isDisguised ||= groups.isSpelled(at) || groups.isLeet(at);
    isDisguised ||= at > start && !/^[ -]$/.test(groups.gap(at));
  }
  return { from: groups.from(start), to: groups.to(end - 1), isDisguised };
}
