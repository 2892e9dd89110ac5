import type { Prepared } from "../prepare";
import type { Lexicon } from "./lexicon";

/** A word or a number of a text, whether a clause may end after it, and whether it was hidden. */
export type Word = {
  text: string;
  from: number;
  to: number;
  endsClause: boolean;
  isDisguised: boolean;
};

/** What stands for any number. */
export const anyNumber = "#";

/** No message is longer; what somebody judges that is longer must not cost more. */
export const mostRead = 10_000;
/** Shorter ones are too often something else: A5, t1. */
const fewestLetters = 3;
const mostLetters = 30;
/** So many letters apart from each other, one after the other, are no initials. */
const fewestApart = 4;

const clauseEnd = /[.,;:!?)\n]/;
const pieces = /[0-9]+|[a-z]+|[^\p{ASCII}]+/gu;
const around = /^[^a-z0-9@$€|+]+|[^a-z0-9@$€|+]+$/g;
const between = /[.\-_'*~/\\]/g;
const apart = /^[a-z0-9@$|€](?:[.\-_*~/\\]+[a-z0-9@$|€])*[.\-_*~/\\,]*$/;

/** What stands for a letter; of two the second is tried where the first says nothing. */
const standsFor: Record<string, string> = {
  "0": "o",
  "1": "il",
  "!": "il",
  "|": "li",
  "3": "e",
  "4": "a",
  "@": "a",
  "5": "s",
  $: "s",
  "7": "t",
  "+": "t",
  "8": "b",
  "€": "e",
};

/**
 * Reads the words of a text in their order, also those that are written with signs for letters (k1ll),
 * drawn out (kiiill), or letter by letter (k i l l, k.i.l.l), where that makes a word that somebody
 * looks for. Places are those of the folded text.
 */
export function wordsOf({ text }: Prepared, lexicon: Lexicon): Word[] {
  return new Reader(text, lexicon).read();
}

class Reader {
  private readonly words: Word[] = [];
  private letters: { letter: string; at: number; to: number }[] = [];

  private readonly text: string;
  private readonly lexicon: Lexicon;

  constructor(text: string, lexicon: Lexicon) {
    this.text = text.slice(0, mostRead);
    this.lexicon = lexicon;
  }

  read(): Word[] {
    const { text } = this;
    for (let at = 0; at < text.length; at++) {
      const from = at;
      while (isLetter(text.charCodeAt(at))) at++;
      const end = at;
      while (isPunctuation(text.charCodeAt(at))) at++;
      // Nearly all words go this way, which is why it looks at each letter once only.
      if (end > from + 1 && (at === text.length || isSpace(text.charCodeAt(at)))) {
        this.addWord(text.slice(from, end), from);
        continue;
      }
      while (at < text.length && !isSpace(text.charCodeAt(at))) at++;
      if (at > from) this.readPiece(from, at);
    }
    this.endLetters();
    return this.words;
  }

  private readPiece(from: number, to: number): void {
    const piece = this.text.slice(from, to);
    if (piece.length <= mostLetters * 2 && apart.test(piece)) {
      for (let at = from; at < to; at++) {
        const letter = this.text.charAt(at);
        const code = letter.charCodeAt(0);
        if (isLetter(code)) this.letters.push({ letter, at, to: at + 1 });
        else if (isDigit(code) || standsFor[letter]) {
          this.letters.push({ letter: standsFor[letter]?.[0] ?? anyNumber, at, to: at + 1 });
        }
      }
      return;
    }
    this.endLetters();
    const bare = piece.length <= mostLetters ? piece.replace(around, "") : "";
    const hidden = this.revealed(bare);
    if (hidden) {
      const start = from + piece.indexOf(bare);
      this.add(hidden, start, start + bare.length, true);
    } else this.addPieces(piece, from);
  }

  private addPieces(piece: string, from: number): void {
    for (const { 0: said, index } of piece.matchAll(pieces)) {
      const at = from + index;
      if (isDigit(said.charCodeAt(0))) this.add(anyNumber, at, at + said.length, false);
      else this.addWord(said, at);
    }
  }

  private addWord(said: string, from: number): void {
    this.endLetters();
    const drawn = isDrawnOut(said) ? this.drawnIn(said) : null;
    this.add(drawn ?? said, from, from + said.length, drawn !== null);
  }

  private add(text: string, from: number, to: number, isDisguised: boolean): void {
    const endsClause = to === this.text.length || clauseEnd.test(this.text.charAt(to));
    this.words.push({ text, from, to, endsClause, isDisguised });
  }

  private isKnown(word: string): boolean {
    let is = false;
    this.lexicon.meaningsOf(word, () => {
      is = true;
    });
    return is;
  }

  /** "fuuuck" */
  private drawnIn(word: string): string | null {
    const ways = [
      word.replace(/([a-z])\1{2,}/g, "$1"),
      word.replace(/([a-z])\1{2,}/g, "$1$1"),
      word.replace(/([a-z])\1+/g, "$1"),
    ];
    return ways.find((way) => this.isKnown(way)) ?? null;
  }

  /** "k1ll", "fu-ck": what it is, if it is a word that somebody looks for. */
  private revealed(bare: string): string | null {
    const closed = bare.replace(between, "");
    if (closed.length < fewestLetters || !/[a-z]/.test(closed)) return null;
    let [first, second, changed] = ["", "", 0];
    for (const char of closed) {
      const letters = isLetter(char.charCodeAt(0)) ? char : standsFor[char];
      if (!letters) return null;
      if (letters !== char) changed++;
      first += letters[0];
      second += letters.at(-1);
    }
    if (!changed && !isCutUp(bare)) return null;
    if (changed * 2 > closed.length) return null;
    const ways = changed ? [first, second] : [first];
    return (
      ways.find((way) => this.isKnown(way)) ?? (isDrawnOut(first) ? this.drawnIn(first) : null)
    );
  }

  /** The letters that stood apart, if they were many, as the longest words that they make. */
  private endLetters(): void {
    const letters = this.letters;
    if (!letters.length) return;
    this.letters = [];
    const joined = letters.map(({ letter }) => letter).join("");
    for (let at = 0; at < letters.length; at++) {
      let end = 0;
      if (letters.length >= fewestApart) {
        this.lexicon.wordsAt(joined, at, (_, to) => {
          if (to - at >= fewestLetters) end = to;
        });
      }
      const last = letters[end ? end - 1 : at];
      const first = letters[at];
      if (!first || !last) return;
      const isDigitAlone = !end && isDigit(this.text.charCodeAt(first.at));
      const text = end ? joined.slice(at, end) : isDigitAlone ? anyNumber : first.letter;
      this.add(text, first.at, last.to, end > 0);
      if (end) at = end - 1;
    }
  }
}

const isSpace = (code: number) => code === 32 || code === 10;
const isLetter = (code: number) => code >= 97 && code <= 122;
/** What stands after a word and for no letter, but for "!", which at an end stands for none either. */
const isPunctuation = (code: number) =>
  code === 44 || code === 46 || code === 58 || code === 59 || code === 63 || code === 33;
const isDigit = (code: number) => code >= 48 && code <= 57;

/** Three times the same letter is no spelling. */
function isDrawnOut(word: string): boolean {
  for (let at = 2; at < word.length; at++) {
    const code = word.charCodeAt(at);
    if (code === word.charCodeAt(at - 1) && code === word.charCodeAt(at - 2)) return true;
  }
  return false;
}

/** In pieces of which one is too short for a word: compounds are not. */
function isCutUp(bare: string): boolean {
  const parts = bare.split(between).filter(Boolean);
  return parts.length > 1 && parts.some((part) => part.length <= 2);
}
