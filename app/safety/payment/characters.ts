import type { Prepared } from "../prepare";

/** The letters and digits of a text without what stands between them, and where each was. */
export type Characters = {
  /** As large or small as they were written. */
  cased: string;
  places: Uint32Array;
  /** For each one, whether something stands before it: nothing but the rest of a word goes on. */
  isFirst: Uint8Array;
};

/** What people put into numbers so that they can be read, or so that they cannot be found. */
const between = new Set(Array.from(" \n\t.-_/|*,:~", (char) => char.charCodeAt(0)));
/** So much of it may stand within one number. */
const widest = 3;

function isAlphanumeric(code: number): boolean {
  const small = code | 32;
  return (code >= 48 && code <= 57) || (small >= 97 && small <= 122);
}

/** Account numbers and addresses of wallets as they are typed: in groups, or a character at a time. */
export function charactersOf({ cased }: Prepared): Characters {
  const places = new Uint32Array(cased.length);
  const isFirst = new Uint8Array(cased.length);
  let kept = "";
  let gap = widest + 1;
  for (let at = 0; at < cased.length; at++) {
    const code = cased.charCodeAt(at);
    if (isAlphanumeric(code)) {
      places[kept.length] = at;
      isFirst[kept.length] = gap > 0 ? 1 : 0;
      kept += cased[at];
      gap = 0;
    } else gap = between.has(code) ? gap + 1 : widest + 1;
  }
  return { cased: kept, places, isFirst };
}

/** Whether so many characters from there are one number: nothing but separators in it, and not the beginning of a longer one. */
export function standsAlone(
  { cased, places, isFirst }: Characters,
  start: number,
  length: number,
): boolean {
  const end = start + length;
  if (end > cased.length || !isFirst[start]) return false;
  for (let at = start + 1; at < end; at++) {
    if ((places[at] as number) - (places[at - 1] as number) > widest + 1) return false;
  }
  return end === cased.length || isFirst[end] === 1;
}
