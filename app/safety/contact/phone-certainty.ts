import type { Prepared } from "../prepare";
import type { Groups } from "./digit-groups";
import type { Run } from "./digits";
import { announced } from "./lead-ins";
import {
  areSingle,
  type Directory,
  isSpelledOut,
  looksDialled,
  mostSure,
  type Span,
} from "./phone-shape";

/** Groups of a run between two that are something else. */
export type Part = Span & {
  run: Run;
  isAnnounced: boolean;
  /** As cards and bank accounts are printed. */
  isByFours: boolean;
};

/** What words around say of it at most. */
const mostByWords = 2;
const fewestOneByOne = 7;
const shortestUnannounced = 9;

const isTight = (groups: Groups, at: number) => {
  const gap = groups.gap(at);
  return gap !== "" && !/\s/.test(gap);
};

/** Whether the check digit at the end is that of an article number (GTIN). */
function isArticleNumber(digits: string): boolean {
  if (![8, 12, 13, 14].includes(digits.length)) return false;
  let sum = 0;
  for (let i = 0; i < digits.length; i++)
    sum += Number(digits[digits.length - 1 - i]) * (i % 2 === 0 ? 1 : 3);
  return sum % 10 === 0;
}

function isHidden(span: Span): boolean {
  const { groups, start, end } = span;
  for (let at = start; at < end; at++) if (groups.isLeet(at)) return true;
  return isSpelledOut(span) || (end - start >= fewestOneByOne && areSingle(span));
}

/** What speaks for and against it in how it stands among other digits. */
function byPlace(part: Part, start: number, end: number, isOpen: boolean): number {
  const { groups } = part;
  let sure = 0;
  if (start > part.start && isTight(groups, start)) sure -= 2;
  if (isOpen) {
    for (let at = start + 1; at < end; at++) {
      if (!/[,;]/.test(groups.gap(at))) continue;
      sure -= 1.5;
      break;
    }
  }
  if (end < part.end) sure -= isTight(groups, end) ? 1.5 : 0.5;
  return sure;
}

/** How sure one is that some groups are a telephone number, all in all; 0 where it cannot be enough. */
export function sureness(
  prepared: Prepared,
  part: Part,
  start: number,
  end: number,
  directory: Directory,
  enough: number,
): number {
  const { groups, run } = part;
  const span = { groups, start, end };
  const hasPlus = groups.hasPlus(start);
  const hidden = isHidden(span);
  const place = byPlace(part, start, end, !hidden) + (hidden ? 1 : 0);
  if (5 + mostByWords + place < enough) return 0;
  const digits = groups.digits(start, end);
  if (mostSure(digits, hasPlus) + mostByWords + place < enough) return 0;
  // "1 2 3 4 5 6 7 8 9 10": somebody counts.
  if (hidden && digits.startsWith("12345")) return 0;
  const words = announced(prepared, groups.from(start), groups.to(end - 1));
  let sure = place;
  if (words.phone) sure += mostByWords;
  else if (words.number) sure += 1;
  if (words.other) sure -= hidden || hasPlus ? 1 : 3;
  if (!words.phone) {
    if (part.isByFours) sure -= 3;
    if (digits.length < shortestUnannounced) sure -= 2;
    if (!hasPlus && end - start === 1 && isArticleNumber(digits)) sure -= 2;
    if (run.glued > 0 && start === run.first) sure -= 1;
  }
  if (mostSure(digits, hasPlus) + sure < enough) return 0;
  const looks = looksDialled(digits, hasPlus, span, directory);
  return looks === 0 ? 0 : looks + sure;
}
