import type { Prepared } from "../prepare";
import { type Sort, sorts, type Tokens } from "../tokens";
import { dictionary } from "../words/dictionary";
import { LettersApart } from "./apart";
import { isClauseEnd, isDigit, isHiding, isLetter, isPunctuation, isSaid } from "./characters";
import { drawnIn, isApart, isContracted, mostLetters, revealed } from "./hidden";
import { type Lexicon, numberEntry } from "./lexicon";

/** No message is longer; what somebody judges that is longer must not cost more. */
export const mostRead = 10_000;

/** Words and numbers of a text in their order. Places are those of the folded text. */
export class Words {
  count = 0;
  from = new Uint16Array(64);
  to = new Uint16Array(64);
  /** What each is in the dictionary. */
  entries = new Int32Array(64);
  /** Whether a clause may end after it. */
  isLast = new Uint8Array(64);
  isDisguised = new Uint8Array(64);

  /** What has signs for letters that are not shown. */
  masked = 0;
  maskedFrom = new Uint16Array(64);
  maskedTo = new Uint16Array(64);

  clear(length: number): void {
    this.count = 0;
    this.masked = 0;
    if (length <= this.from.length) return;
    this.from = new Uint16Array(length);
    this.to = new Uint16Array(length);
    this.entries = new Int32Array(length);
    this.isLast = new Uint8Array(length);
    this.isDisguised = new Uint8Array(length);
    this.maskedFrom = new Uint16Array(length);
    this.maskedTo = new Uint16Array(length);
  }
}

/**
 * Reads the words of a text in their order, also those that are written with signs for letters (k1ll),
 * drawn out (kiiill), or letter by letter (k i l l, k.i.l.l), where that makes a word that somebody
 * looks for. Each text is read into the same arrays.
 */
export class WordReader {
  readonly words = new Words();
  private readonly lexicon: Lexicon;
  private readonly apart: LettersApart;
  private text = "";
  private end = 0;
  /** Letters of a word that is drawn out. */
  private said = new Uint8Array(64);

  constructor(lexicon: Lexicon) {
    this.lexicon = lexicon;
    this.apart = new LettersApart(lexicon);
  }

  read({ text, tokens }: Prepared): void {
    this.text = text;
    this.end = Math.min(text.length, mostRead);
    this.words.clear(this.end);
    this.apart.widen(this.end);
    for (let at = 0; at < tokens.count && tokens.from(at) < this.end; at++) {
      if (tokens.sort(at) === sorts.space) continue;
      const first = at++;
      while (isPunctuation(tokens.code(at))) at++;
      // Nearly all words go this way.
      if (tokens.isPlain(first) && tokens.length(first) > 1 && isGap(tokens.sort(at))) {
        if (this.apart.count > 0) this.endApart();
        this.add(tokens.from(first), tokens.to(first), tokens.word(first), false);
        continue;
      }
      while (!isGap(tokens.sort(at))) at++;
      this.readPiece(tokens, first, at);
    }
    this.endApart();
  }

  /** What stands between white space. */
  private readPiece(tokens: Tokens, first: number, end: number): void {
    const { text } = this;
    const from = tokens.from(first);
    const to = Math.min(tokens.from(end), this.end);
    for (let at = first; at < end; at++) {
      if (!isHiding(tokens.code(at))) continue;
      this.addMasked(from, to);
      break;
    }
    if (isApart(text, from, to)) {
      this.apart.add(text, from, to);
      return;
    }
    this.endApart();
    let [start, stop] = [from, to];
    while (start < stop && !isSaid(text.charCodeAt(start))) start++;
    while (stop > start && !isSaid(text.charCodeAt(stop - 1))) stop--;
    const hidden = to - from <= mostLetters ? revealed(this.lexicon, text, start, stop) : 0;
    const isTwo = hidden !== 0 && isContracted(this.lexicon, text, start, stop);
    // "don't" is known as one word, "you're" as two.
    const isOne = hidden !== 0 && (!isTwo || text.charAt(stop - 1) === "t");
    if (isOne) this.add(start, stop, hidden, !isTwo);
    else this.addTokens(tokens, first, end);
  }

  /** Words, numbers, and what is no ASCII: "3-4", "l'argent". */
  private addTokens(tokens: Tokens, first: number, end: number): void {
    for (let at = first; at < end && tokens.from(at) < this.end; at++) {
      const [from, to] = [tokens.from(at), tokens.to(at)];
      const sort = tokens.sort(at);
      if (sort === sorts.word) this.addWord(from, to, tokens.word(at));
      else if (sort === sorts.digits) this.add(from, to, numberEntry, false);
      else if (tokens.code(at) >= 128 && !(tokens.code(at - 1) >= 128))
        this.add(from, to, 0, false);
    }
  }

  private addWord(from: number, to: number, entry: number): void {
    this.endApart();
    const { text } = this;
    let isDrawn = false;
    let [before, last] = [0, 0];
    for (let at = from; at < to; at++) {
      const code = text.charCodeAt(at);
      if (!isLetter(code)) {
        this.addMixed(from, to);
        return;
      }
      if (code === last && code === before) isDrawn = true;
      [before, last] = [last, code];
    }
    const drawn = isDrawn ? this.drawnAt(from, to) : 0;
    this.add(from, to, drawn || entry, drawn !== 0);
  }

  /** Letters of other alphabets, which nobody looks for, divide it. */
  private addMixed(from: number, to: number): void {
    for (let at = from; at < to; ) {
      const start = at;
      while (at < to && isLetter(this.text.charCodeAt(at))) at++;
      if (at > start) this.addWord(start, at, dictionary.entryOf(this.text, start, at));
      const other = at;
      while (at < to && !isLetter(this.text.charCodeAt(at))) at++;
      if (at > other) this.add(other, at, 0, false);
    }
  }

  private drawnAt(from: number, to: number): number {
    if (this.said.length < to - from) this.said = new Uint8Array(to - from);
    for (let at = from; at < to; at++) this.said[at - from] = this.text.charCodeAt(at);
    return drawnIn(this.lexicon, this.said, to - from);
  }

  private add(from: number, to: number, entry: number, isDisguised: boolean): void {
    const { words } = this;
    const at = words.count++;
    words.from[at] = from;
    words.to[at] = to;
    words.entries[at] = entry;
    words.isLast[at] = to === this.end || isClauseEnd(this.text.charCodeAt(to)) ? 1 : 0;
    words.isDisguised[at] = isDisguised ? 1 : 0;
  }

  private addMasked(from: number, to: number): void {
    const { words } = this;
    words.maskedFrom[words.masked] = from;
    words.maskedTo[words.masked++] = to;
  }

  /** The letters that stood apart, if they were many, as the longest words that they make. */
  private endApart(): void {
    const { apart } = this;
    if (!apart.count) return;
    for (let at = 0; at < apart.count; ) {
      const from = apart.at[at] as number;
      const length = apart.longestFrom(at);
      if (length) {
        const to = (apart.at[at + length - 1] as number) + 1;
        this.add(from, to, apart.entryOf(at, length), true);
        at += length;
      } else {
        const isNumber = isDigit(this.text.charCodeAt(from));
        this.add(from, from + 1, isNumber ? numberEntry : apart.entryOf(at, 1), false);
        at++;
      }
    }
    apart.count = 0;
  }
}

/** White space, or the end of the text. */
const isGap = (sort: Sort) => sort === sorts.space || sort === sorts.none;
