import { abuse } from "~/safety/abuse/abuse";
import type { FilterKind, Strength } from "~/safety/filters";
import { prepare } from "~/safety/prepare";

/** What the four filters for abuse find in a text: of which kind, which words, and whether hidden. */
export function findAbuse(text: string, strength: Strength = "normal") {
  const prepared = prepare(text);
  const surroundings = {
    strength,
    allowedDomains: [],
    phoneCountries: [],
    isJoined: false,
    most: 20,
  };
  return abuse.flatMap(({ kind, find }) =>
    find(prepared, surroundings).map(({ from, to, isDisguised = false, isDoubtful }) => ({
      kind,
      words: prepared.originalOf(from, to),
      isDisguised,
      ...(isDoubtful && { isDoubtful }),
    })),
  );
}

/** Of which kinds. */
export const abuseIn = (text: string, strength?: Strength): FilterKind[] => [
  ...new Set(findAbuse(text, strength).map(({ kind }) => kind)),
];
