import bidiFactory from "bidi-js";

const bidi = bidiFactory();

/** A stretch of a line, from left to right; one that reads from the right is in the order of reading. */
export type Run = { text: string; isRightToLeft: boolean };
export type Line = { runs: Run[]; width: number; isRightToLeft: boolean };

const rightToLeft =
  /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

export const needsBidi = (text: string) => rightToLeft.test(text);

/**
 * Breaks a text into lines and puts what stands in each into the order in which it is seen (Unicode
 * Standard Annex #9).
 *
 * @param measure how wide a stretch of text is
 */
export function visualLines(
  text: string,
  width: number,
  measure: (text: string) => number,
): Line[] {
  return text.split("\n").flatMap((paragraph) => {
    const embedding = bidi.getEmbeddingLevels(paragraph);
    const isRightToLeft = (embedding.paragraphs[0]?.level ?? 0) % 2 === 1;
    return breaks(paragraph, width, measure).map(([start, end]) => {
      const indices = bidi
        .getReorderedIndices(paragraph, embedding, start, end - 1)
        .slice(start, end);
      const mirrored = bidi.getMirroredCharactersMap(paragraph, embedding.levels, start, end - 1);
      const runs: (Run & { level: number; last: number })[] = [];
      for (const index of indices) {
        const level = embedding.levels[index] ?? 0;
        const step = level % 2 ? -1 : 1;
        const run = runs.at(-1);
        const character = mirrored.get(index) ?? paragraph[index] ?? "";
        if (run && run.level === level && run.last + step === index) {
          run.text = step > 0 ? run.text + character : character + run.text;
          run.last = index;
        } else runs.push({ text: character, isRightToLeft: step < 0, level, last: index });
      }
      return { runs, width: measure(paragraph.slice(start, end)), isRightToLeft };
    });
  });
}

/** Where lines begin, and before which unit they end: between words, and within one that fills more than a line. */
function breaks(
  text: string,
  width: number,
  measure: (text: string) => number,
): [number, number][] {
  const lines: [number, number][] = [];
  let start = 0;
  let end = 0;
  let used = 0;
  const close = () => {
    // A space at its end would move a line that stands at the right.
    const stop = start + text.slice(start, end).trimEnd().length;
    if (end > start) lines.push([start, stop]);
    start = end;
    used = 0;
  };
  for (const word of text.match(/\S+\s*|\s+/gu) ?? []) {
    if (used + measure(word.trimEnd()) > width) close();
    const pieces = measure(word.trimEnd()) > width ? [...word] : [word];
    for (const piece of pieces) {
      if (used + measure(piece.trimEnd()) > width) close();
      end += piece.length;
      used += measure(piece);
    }
  }
  close();
  return lines.length ? lines : [[0, 0]];
}
