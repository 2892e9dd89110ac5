import type { Atoms } from "./atom-columns";

const likeLetters: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
};

const digit = /\d/;

/** A label with letters for the digits that look like them. */
export function withLetters(label: string): string {
  if (!digit.test(label)) return label;
  let text = "";
  for (const char of label) text += likeLetters[char] ?? char;
  return text;
}

/** Names that no other word comes near to. */
const farFromWords = ["whatsapp", "instagram", "snapchat", "facebook"];

const [shortestNear, longestNear] = [7, 10];

/** Whether it begins or ends as such a name: one letter that is wrong is not at both ends. */
export function mayBeNearName(atoms: Atoms, at: number): boolean {
  const length = atoms.length(at);
  if (length < shortestNear || length > longestNear) return false;
  const first = pairOf(atoms.code(at), atoms.code(at, 1));
  const last = pairOf(atoms.code(at, length - 2), atoms.code(at, length - 1));
  return nearBeginnings.has(first) || nearEnds.has(last);
}

const pairOf = (first: number, second: number) => (first << 16) | second;
const pairAt = (name: string, at: number) => pairOf(name.charCodeAt(at), name.charCodeAt(at + 1));
const nearBeginnings = new Set(farFromWords.map((name) => pairAt(name, 0)));
const nearEnds = new Set(farFromWords.map((name) => pairAt(name, name.length - 2)));

/** Whether one letter of a messenger's name is another, is missing or is too much. */
export function isNearName(text: string): boolean {
  if (text.length < shortestNear || text.length > longestNear) return false;
  for (const name of farFromWords) if (isOneApart(text, name)) return true;
  return false;
}

function isOneApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - from && a.at(-1 - end) === b.at(-1 - end)) end++;
  return Math.max(a.length, b.length) - from - end <= 1;
}

const ascii = 128;
const isDigit = (code: number) => code >= 48 && code <= 57;

/**
 * Asked of every word: most are none of the names by their first two letters, and what mixes letters and
 * digits may be any.
 */
export function mayBeginName(names: readonly string[]): (atoms: Atoms, at: number) => boolean {
  const beginnings = new Uint8Array(ascii * ascii);
  for (const name of names) beginnings[name.charCodeAt(0) * ascii + name.charCodeAt(1)] = 1;
  return (atoms, at) => {
    if (atoms.length(at) < 2) return true;
    const [first, second] = [atoms.code(at), atoms.code(at, 1)];
    if (first < ascii && second < ascii && beginnings[first * ascii + second]) return true;
    return isDigit(first) !== isDigit(second);
  };
}
