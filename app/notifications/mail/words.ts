const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/** Marks pile up on one character without end; the longest emoji there are have fewer units. */
const unitsOfCharacter = 40;

/** What ends a line or turns the direction of what stands around it. */
const unfitForLine = /[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]+/gu;
const unfitForText = /(?![\n\t])[\p{Cc}\u202a-\u202e\ufffe\uffff]+/gu;

/** How much of a name or title stands in one line. */
const mostOfLine = 60;

/**
 * A name or title for a line of its own, such as a subject: it can neither end the line nor turn
 * what stands beside it.
 */
export function oneLine(text: string, most = mostOfLine): string {
  return clipped(text.replace(unfitForLine, " ").replace(/\s+/g, " ").trim(), most);
}

/** What somebody wrote, with its lines, at most so many user-perceived characters of it. */
export function written(text: string, most: number): string {
  const kept = text.replace(/\r\n?|[\u2028\u2029]/g, "\n").replace(unfitForText, "");
  return clipped(kept.replace(/\n{3,}/g, "\n\n").trim(), most);
}

/** Where there is more, the last character is an ellipsis. */
function clipped(text: string, most: number): string {
  if (text.length <= most) return text.toWellFormed();
  let [count, end] = [0, 0];
  for (const { segment, index } of segmenter.segment(text)) {
    if (count === most - 1) end = index;
    if (++count > most) return cut(text, end);
    if (segment.length > unitsOfCharacter) return cut(text, index);
  }
  return text.toWellFormed();
}

const cut = (text: string, end: number) => `${text.slice(0, end).trimEnd()}…`.toWellFormed();
