import type { Prepared } from "../prepare";

/** The letters and digits of a text without what stands between them, and where each was. */
export type Characters = {
  /** As large or small as they were written. */
  cased: string;
  places: number[];
  /** For each one, whether something stands before it that ends a number: a word apart, a line's end, a sign. */
  isFirst: boolean[];
};

/** What people put into numbers so that they can be read, or so that they cannot be found. */
const between = /[\s.\-_/|*,:~]/;
/** So much of it may stand within one number. */
const widest = 3;

const alphanumeric = /[a-z0-9]/i;

/** Account numbers and addresses of wallets as they are typed: in groups, or a character at a time. */
export function charactersOf({ cased }: Prepared): Characters {
  const places: number[] = [];
  const isFirst: boolean[] = [];
  let kept = "";
  let gap = widest + 1;
  for (let at = 0; at < cased.length; at++) {
    const char = cased[at] as string;
    if (!alphanumeric.test(char)) {
      gap = between.test(char) ? gap + 1 : widest + 1;
      continue;
    }
    kept += char;
    places.push(at);
    isFirst.push(gap > 0);
    gap = 0;
  }
  return { cased: kept, places, isFirst };
}

/** Whether so many characters from there are one number: nothing but separators in it, and not the beginning of a longer one. */
export function standsAlone(
  { places, isFirst }: Characters,
  start: number,
  length: number,
): boolean {
  const end = start + length;
  if (end > places.length || !isFirst[start]) return false;
  for (let at = start + 1; at < end; at++) {
    if ((places[at] as number) - (places[at - 1] as number) > widest + 1) return false;
  }
  return end === places.length || (isFirst[end] as boolean);
}
