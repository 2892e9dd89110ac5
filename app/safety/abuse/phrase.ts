import { type Strength, strengths } from "../filters";

/** One of several words or named groups of words; `isLast`: where a clause ends. */
export type Part = { meaning: number; isLast: boolean; gap: number };

/**
 * Words that say something together: one after the other, each at most so many words after the one
 * before, or in any order within so many words.
 */
export type Phrase = {
  /** Its place among `strengths`. */
  strength: number;
  /** Honest people say it too: nothing worse than a warning comes of it. */
  isDoubtful: boolean;
  parts: Part[];
  /** In any order, from the first to the last at most so many words apart. */
  within: number | null;
  /** Not where one of these stands within it or close to it. */
  unless: number | null;
  /** Not where it is said that one does not. */
  isDeniable: boolean;
};

const doubtful = "w";
const strengthOf: Record<string, Strength> = {
  l: "low",
  n: "normal",
  [doubtful]: "normal",
  h: "high",
};

/**
 * Reads a line of a list:
 *
 * - `l`, `n`, `h`: from which strength on it counts; `w`: as `n`, for what honest people say too, so that
 *   who says it is warned at worst;
 * - `a|b*`: one of these words, or of those that begin like that; `@group`; `#` any number; `a$` only
 *   where a clause may end;
 * - `.3` between two: up to so many other words;
 * - `~12 a + b + c`: in any order within 12 words;
 * - `- a|b`: not with one of these in it or three words before or after;
 * - `!` at the end: not where up to three words before it somebody says that he does not.
 */
export function readPhrase(line: string, meaningOf: (alternatives: string) => number): Phrase {
  const isDeniable = line.endsWith(" !");
  const [said = "", except] = (isDeniable ? line.slice(0, -2) : line).split(" - ");
  const [first = "", ...words] = said.trim().split(/\s+/);
  const strength = strengthOf[first];
  if (!strength) throw new Error(`No strength: ${line}`);
  const isNear = words[0]?.startsWith("~");
  const within = isNear ? Number(words.shift()?.slice(1)) : null;
  const parts: Part[] = [];
  for (let at = 0; at < words.length; at++) {
    const between = parts.length ? (words[at++] ?? "") : ".0";
    if (!(isNear && between === "+") && !/^\.\d+$/.test(between))
      throw new Error(`No gap: ${line}`);
    const word = words[at];
    if (!word) throw new Error(`A gap and no word: ${line}`);
    const isLast = word.endsWith("$");
    const meaning = meaningOf(isLast ? word.slice(0, -1) : word);
    parts.push({ meaning, isLast, gap: Number(between.slice(1)) });
  }
  if (!parts.length) throw new Error(`Nothing to find: ${line}`);
  return {
    strength: strengths.indexOf(strength),
    isDoubtful: first === doubtful,
    parts,
    within,
    unless: except ? meaningOf(except.trim()) : null,
    isDeniable,
  };
}
