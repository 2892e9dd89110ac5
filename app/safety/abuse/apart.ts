import { isDigit, letterOf } from "./characters";
import { fewestLetters } from "./hidden";
import { type Lexicon, Walk } from "./lexicon";

/** So many letters apart from each other, one after the other, are no initials. */
const fewestApart = 4;

/** Letters that stood apart from each other (k i l l, k.i.l.l), until a word ends them. */
export class LettersApart {
  count = 0;
  /** Where each stood. */
  at = new Uint16Array(64);
  /** 0 for a digit that stands for no letter. */
  private letters = new Uint8Array(64);
  private readonly lexicon: Lexicon;
  private readonly walk = new Walk();

  constructor(lexicon: Lexicon) {
    this.lexicon = lexicon;
  }

  /** Makes room for so many. */
  widen(length: number): void {
    if (length <= this.at.length) return;
    this.at = new Uint16Array(length);
    this.letters = new Uint8Array(length);
  }

  add(text: string, from: number, to: number): void {
    for (let at = from; at < to; at++) {
      const code = text.charCodeAt(at);
      const letter = letterOf(code);
      if (!letter && !isDigit(code)) continue;
      this.letters[this.count] = letter;
      this.at[this.count++] = at;
    }
  }

  /** How many letters the longest known word has that begins with one; 0 where there is none. */
  longestFrom(from: number): number {
    if (this.count < fewestApart) return 0;
    let longest = 0;
    this.walk.begin();
    for (let at = from; at < this.count && this.letters[at]; at++) {
      this.walk.step(this.letters[at] as number);
      if (this.walk.isLost) break;
      if (this.lexicon.isKnown(this.walk.ending)) longest = at + 1 - from;
    }
    return longest >= fewestLetters ? longest : 0;
  }

  /** The entry of the word of so many letters. */
  entryOf(from: number, length: number): number {
    this.walk.begin();
    for (let at = from; at < from + length; at++) this.walk.step(this.letters[at] as number);
    return this.walk.entry;
  }
}
