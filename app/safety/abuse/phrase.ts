import type { Strength } from "../filters";

/** One of several words or named groups of words; `isLast`: where a clause ends. */
export type Part = { meaning: number; isLast: boolean; gap: number };

/**
 * Words that say something together: one after the other, each at most so many words after the one
 * before, or in any order within so many words.
 */
export type Phrase = {
  strength: Strength;
  parts: Part[];
  /** In any order, from the first to the last at most so many words apart. */
  within: number | null;
  /** Not where one of these stands within it or close to it. */
  unless: number | null;
  /** Not where it is said that one does not. */
  isDeniable: boolean;
};

const strengthOf: Record<string, Strength> = { l: "low", n: "normal", h: "high" };

/**
 * Reads a line of a list:
 *
 * - `l`, `n`, `h`: from which strength on it counts;
 * - `a|b*`: one of these words, or of those that begin like that; `@group`; `#` any number; `a$` only
 *   where a clause may end;
 * - `.3` between two: up to so many other words;
 * - `~12 a + b + c`: in any order within 12 words;
 * - `- a|b`: not with one of these in it or three words before or after;
 * - `!` at the end: not where two words before it somebody says that he does not.
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
  return { strength, parts, within, unless: except ? meaningOf(except.trim()) : null, isDeniable };
}

/** Where something stands, by the numbers of the first and the last of its words. */
export type Place = { first: number; last: number };

type Places = (meaning: number) => readonly Place[];

const none: readonly Place[] = [];

/** Where a phrase is said. Takes time in proportion to how often its words are. */
export function findPhrase(
  { parts, within }: Phrase,
  places: Places,
  isLast: (word: number) => boolean,
): readonly Place[] {
  // Most of what is looked for is not there.
  for (const { meaning } of parts) if (!places(meaning).length) return none;
  const each: (readonly Place[])[] = [];
  for (const part of parts) {
    const found = places(part.meaning);
    const there = part.isLast ? found.filter(({ last }) => isLast(last)) : found;
    if (!there.length) return none;
    each.push(there);
  }
  return within === null ? inOrder(parts, each) : near(each, within);
}

function inOrder(parts: readonly Part[], each: readonly (readonly Place[])[]): readonly Place[] {
  let reached: readonly Place[] = each[0] ?? [];
  for (let at = 1; at < parts.length; at++) {
    const gap = parts[at]?.gap ?? 0;
    const next: Place[] = [];
    let before = 0;
    for (const place of each[at] ?? []) {
      // The latest that ends before it leaves the smallest gap.
      while (before + 1 < reached.length && (reached[before + 1]?.last ?? 0) < place.first)
        before++;
      const from = reached[before];
      if (!from || from.last >= place.first || place.first - from.last - 1 > gap) continue;
      next.push({ first: from.first, last: place.last });
    }
    reached = next;
    if (!reached.length) return [];
  }
  return reached;
}

function near(each: readonly (readonly Place[])[], within: number): readonly Place[] {
  const all = each
    .flatMap((places, part) => places.map((place) => ({ ...place, part })))
    .sort((one, other) => one.first - other.first);
  const latest: (Place | undefined)[] = each.map(() => undefined);
  for (const { part, ...place } of all) {
    latest[part] = place;
    if (latest.some((one) => !one)) continue;
    const first = Math.min(...latest.map((one) => one?.first ?? 0));
    const last = Math.max(...latest.map((one) => one?.last ?? 0));
    // One is enough: who reads it sees the message.
    if (last - first <= within) return [{ first, last }];
  }
  return [];
}
