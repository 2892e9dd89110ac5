import type { Finding } from "../detector";
import { isHiding, isLetter } from "./characters";
import type { Words } from "./words";

const fewestLetters = 4;

/** Finds words of which some letters are hidden: f*ck, s**t, sch**sse. */
export class Masked {
  /** Words by their length and first letter. */
  private readonly byShape: string[][] = [];

  /** @param words folded ones */
  constructor(words: readonly string[]) {
    for (const word of words) {
      if (word.length < fewestLetters) continue;
      const shape = shapeOf(word.length, word.charCodeAt(0));
      this.byShape[shape] = [...(this.byShape[shape] ?? []), word];
    }
  }

  /** Adds what is found in the pieces of a text that have hidden letters, until there are so many. */
  find(text: string, words: Words, most: number, findings: Finding[]): void {
    for (let at = 0; at < words.masked && findings.length < most; at++) {
      const [from, to] = [words.maskedFrom[at] as number, words.maskedTo[at] as number];
      if (this.isKnown(text, from, to)) findings.push({ from, to, isDisguised: true });
    }
  }

  private isKnown(text: string, pieceFrom: number, pieceTo: number): boolean {
    let [from, to] = [pieceFrom, pieceTo];
    while (from < to && !isOfWord(text.charCodeAt(from))) from++;
    while (to > from && !isOfWord(text.charCodeAt(to - 1))) to--;
    const known = this.byShape[shapeOf(to - from, text.charCodeAt(from))];
    if (to - from < fewestLetters || !known) return false;
    let shown = 0;
    for (let at = from; at < to; at++) if (!isHiding(text.charCodeAt(at))) shown++;
    // One letter says too little, but for one word.
    if (shown < 2) return text.slice(from, to) === "f***";
    return known.some((word) => isMeant(word, text, from));
  }
}

const shapeOf = (length: number, first: number) => length * 128 + first;

const isOfWord = (code: number) => isLetter(code) || isHiding(code);

function isMeant(word: string, text: string, from: number): boolean {
  for (let at = 0; at < word.length; at++) {
    const code = text.charCodeAt(from + at);
    if (code !== word.charCodeAt(at) && !isHiding(code)) return false;
  }
  return true;
}
