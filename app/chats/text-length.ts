/**
 * A text is at most this many UTF-16 units, whatever it shows: marks can pile up on one character.
 * Any text of that size fits into a form of 1 MiB and into PostgreSQL's limit for a `tsvector`.
 */
export const maxUnits = 65_536;

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Whether a text has more user-perceived characters than `max`. */
export function isLonger(text: string, max: number): boolean {
  if (text.length <= max) return false;
  if (text.length > maxUnits) return true;
  let count = 0;
  for (const _ of segmenter.segment(text)) if (++count > max) return true;
  return false;
}
