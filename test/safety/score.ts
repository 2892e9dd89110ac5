import type { FilterKind } from "~/safety/filters";
import { isPlain, judge } from "~/safety/judge";
import { defaultSettings } from "~/safety/settings";
import { cleanLines, type Labelled, linesToFind, type Style, styles } from "./labelled.ts";

export type Score = {
  kind: FilterKind;
  /** Of what is to be found, by how it is written; null where the set has none. */
  recall: Record<Style, Share | null>;
  /** Of what was found as this, as how much it rightly was. */
  precision: Share;
};

/** So many of so many. */
export type Share = { part: number; of: number };

export type Scores = {
  scores: Score[];
  /** Clean lines in which anything was found. */
  falseAlarms: { line: string; kinds: FilterKind[] }[];
  clean: number;
  /** Clean lines that take the fast way. */
  plain: number;
  missed: Labelled[];
};

export const shareOf = ({ part, of }: Share): number => part / of;

/**
 * How well the filters do on the labelled set, as they are set at first, before there is a deal. A
 * message goes the way that a send goes: what takes the fast way is not judged.
 */
export function scoreFilters(): Scores {
  const lines = [...cleanLines(), ...linesToFind()].map((line) => ({ ...line, found: find(line) }));
  const clean = lines.filter(({ kinds }) => !kinds.length);
  const toFind = lines.filter(({ kinds }) => kinds.length);
  const own = [...new Set(toFind.flatMap(({ kinds }) => kinds.slice(0, 1)))];
  const isCaught = (line: (typeof lines)[number]) =>
    line.kinds.some((kind) => line.found.includes(kind));
  return {
    scores: own.map((kind) => {
      const ofKind = toFind.filter(({ kinds }) => kinds[0] === kind);
      const foundAsKind = lines.filter(({ found }) => found.includes(kind));
      const recall = styles.map((style) => {
        const all = ofKind.filter((line) => line.style === style);
        const share = { part: all.filter(isCaught).length, of: all.length };
        return [style, all.length ? share : null] as const;
      });
      return {
        kind,
        recall: Object.fromEntries(recall) as Score["recall"],
        precision: {
          part: foundAsKind.filter(({ kinds }) => kinds.includes(kind)).length,
          of: foundAsKind.length,
        },
      };
    }),
    falseAlarms: clean
      .filter(({ found }) => found.length)
      .map(({ messages, found }) => ({ line: messages.join(" / "), kinds: found })),
    clean: clean.length,
    plain: clean.filter(({ messages }) => messages.every((text) => isPlain(text, defaultSettings)))
      .length,
    missed: toFind.filter((line) => !isCaught(line)),
  };
}

function find({ messages }: Labelled): FilterKind[] {
  const found = messages.flatMap((text, index) => {
    if (isPlain(text, defaultSettings)) return [];
    const earlier = messages.slice(0, index).map((body, before) => ({ seq: before + 1, body }));
    return judge(text, { stage: "inquiry", earlier }, defaultSettings).reasons;
  });
  return [...new Set(found.flatMap(({ kind }) => (kind === "rule" ? [] : [kind])))];
}
