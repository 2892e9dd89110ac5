import { fold } from "./fold";
import { Tokens } from "./tokens";

const newline = 10;
const space = 32;

const isLetter = (code: number) => code >= 97 && code <= 122;
const isDigit = (code: number) => code >= 48 && code <= 57;
const isAlphanumeric = (code: number) => isLetter(code | 32) || isDigit(code);
const isUsual = (code: number) => (code >= space && code < 0x7f) || code === newline;

const needsFolding = /[^\x20-\x7e\n]/;

/** Only what stays as long: `cased` and `text` share their places. */
function lower(cased: string): string {
  const all = cased.toLowerCase();
  if (all.length === cased.length) return all;
  return Array.from(cased, (char) => {
    const small = char.toLowerCase();
    return small.length === char.length ? small : char;
  }).join("");
}

/**
 * A text as its reader would see it who knows the tricks: NFKC, letters that look alike as one, accents
 * and what cannot be seen gone. All places are in `text`, unless it says otherwise.
 *
 * It reads one text after the other, in columns that are used again; what was read of one is gone with
 * the next, so nobody keeps it.
 */
export class Prepared {
  original = "";
  /** Folded, its letters as large or small as they were. */
  cased = "";
  /** Folded, lower case; as long as `cased`. */
  text = "";
  readonly tokens = new Tokens();
  /** Places where something was written in characters that only look like others, or with unseen ones. */
  readonly tricks: number[] = [];
  private isFolded = false;
  /** The place in the original of each place of the text, where it is folded. */
  private places = new Uint32Array(0);
  private readonly readings: unknown[] = [];
  private readonly readFor: number[] = [];
  private texts = 0;

  /** Takes time that is linear in the length of the text. */
  read(original: string): this {
    this.texts++;
    this.original = original;
    this.tricks.length = 0;
    this.isFolded = needsFolding.test(original);
    this.cased = this.isFolded ? this.foldAll(original) : original;
    this.text = lower(this.cased);
    this.tokens.read(this.text);
    return this;
  }

  /** See `perText`. */
  reading<Held>(
    place: number,
    make: () => Held,
    read: (held: Held, prepared: Prepared) => void,
  ): Held {
    this.readings[place] ??= make();
    const held = this.readings[place] as Held;
    if (this.readFor[place] !== this.texts) {
      this.readFor[place] = this.texts;
      read(held, this);
    }
    return held;
  }

  /** Where in the original that is. */
  originalPlaces(from: number, to: number): [number, number] {
    if (!this.isFolded) return [from, to];
    return [this.places[from] as number, this.places[to] as number];
  }

  /** What stands there in the words of who wrote it. */
  originalOf(from: number, to: number): string {
    const [start, end] = this.originalPlaces(from, to);
    return this.original.slice(start, end);
  }

  /** Whether somebody wrote that in characters that only look like the usual ones. */
  isTricked(from: number, to: number): boolean {
    return this.tricks.some((at) => at === from || (at > from && at < to));
  }

  private foldAll(original: string): string {
    const parts: string[] = [];
    let length = 0;
    let usualFrom = 0;
    let at = 0;
    let last = 0;
    this.widen(original.length + 1);
    while (at < original.length) {
      const code = original.charCodeAt(at);
      if (isUsual(code)) {
        this.places[length++] = at++;
        last = code;
        continue;
      }
      if (at > usualFrom) parts.push(original.slice(usualFrom, at));
      const point = original.codePointAt(at) as number;
      const { text, isTrick } = fold(point);
      // What cannot be seen is a trick only inside of words: emojis are full of it.
      if (isTrick && (text !== "" || isAlphanumeric(last))) this.tricks.push(length);
      if (text !== "") {
        parts.push(text);
        last = text.charCodeAt(text.length - 1);
        this.widen(length + text.length + original.length - at);
        this.places.fill(at, length, length + text.length);
        length += text.length;
      }
      at += point > 0xffff ? 2 : 1;
      usualFrom = at;
    }
    if (at > usualFrom) parts.push(original.slice(usualFrom));
    this.places[length] = original.length;
    return parts.join("");
  }

  private widen(length: number): void {
    if (length <= this.places.length) return;
    const wider = new Uint32Array(length + (length >> 1));
    wider.set(this.places);
    this.places = wider;
  }
}

/** For who looks at one text now and then; who looks at many has a `Prepared` of his own. */
export const prepare = (original: string): Prepared => new Prepared().read(original);
