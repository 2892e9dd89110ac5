import { dictionary } from "./words/dictionary";
import { nowhere, start } from "./words/tree";

/** A run of letters, of digits or of white space, or one sign; `none` outside of the text. */
export const sorts = { none: 0, word: 1, digits: 2, space: 3, sign: 4 } as const;
export type Sort = (typeof sorts)[keyof typeof sorts];

const { none, word, digits, space, sign } = sorts;

const otherLetter = /^\p{L}$/u;
const newline = 10;

/** Of characters by their code; 0 for those that nobody met yet. */
const known = new Uint8Array(0x10000);
known.fill(sign, 0, 0x80);
known.fill(word, "a".charCodeAt(0), "z".charCodeAt(0) + 1);
known.fill(digits, "0".charCodeAt(0), "9".charCodeAt(0) + 1);
// Whatever is left of other alphabets stands for letters.
known.fill(word, 0x370, 0x2000);
for (const code of [" ".charCodeAt(0), newline]) known[code] = space;

function sortAt(text: string, at: number, code: number): Sort {
  return (known[code] as Sort) || sortAnew(text, at, code);
}

function sortAnew(text: string, at: number, code: number): Sort {
  const point = text.codePointAt(at) as number;
  if (point === code && code >= 0xd800 && code < 0xe000) return sign;
  const sort = otherLetter.test(String.fromCodePoint(point)) ? word : sign;
  if (point === code) known[code] = sort;
  return sort;
}

const isPair = (text: string, at: number, code: number) =>
  code >= 0xd800 && code < 0xdc00 && (text.codePointAt(at) as number) > 0xffff;

/**
 * The words, digits, white space and signs of a folded text, by their number from 0. They are in columns
 * that the next text uses again; strings are made only of what somebody asks for. Outside of them is
 * `none`, at the end of the text.
 */
export class Tokens {
  count = 0;
  private text = "";
  private sorts = new Uint8Array(64);
  private begins = new Int32Array(64);
  private entries = new Int32Array(64);
  /** Of words: 1 where all letters are Latin ones, and none stands thrice in a row. */
  private plain = new Uint8Array(64);

  sort(at: number): Sort {
    return at >= 0 && at < this.count ? (this.sorts[at] as Sort) : none;
  }

  /** The place of its first character in the text. */
  from(at: number): number {
    return at < this.count ? (this.begins[at] as number) : this.text.length;
  }

  /** The place after its last character. */
  to(at: number): number {
    return this.from(at + 1);
  }

  length(at: number): number {
    return this.to(at) - this.from(at);
  }

  /** The entry of a word in the dictionary; 0 for all else. */
  word(at: number): number {
    return at >= 0 && at < this.count ? (this.entries[at] as number) : 0;
  }

  /** Whether it is a word of Latin letters that is not drawn out. */
  isPlain(at: number): boolean {
    return at < this.count && this.plain[at] === 1;
  }

  string(at: number): string {
    return at >= 0 && at < this.count ? this.text.slice(this.from(at), this.to(at)) : "";
  }

  /** The code of its first character; NaN outside of the text. */
  code(at: number): number {
    return this.text.charCodeAt(at >= 0 ? this.from(at) : -1);
  }

  /** A character of it. */
  char(at: number, place: number): string {
    return this.text.charAt(this.from(at) + place);
  }

  charCode(at: number, place: number): number {
    return this.text.charCodeAt(this.from(at) + place);
  }

  /** Whether it is this one character. */
  isChar(at: number, char: string): boolean {
    return this.code(at) === char.charCodeAt(0) && this.length(at) === 1;
  }

  /** Whether it is white space in which a line ends. */
  isBreak(at: number): boolean {
    if (this.sort(at) !== space) return false;
    for (let place = this.from(at); place < this.to(at); place++)
      if (this.text.charCodeAt(place) === newline) return true;
    return false;
  }

  /** The first that begins at a place of the text or after it. */
  at(place: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.begins[middle] as number) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  read(text: string): void {
    dictionary.settle();
    this.text = text;
    if (this.sorts.length < text.length) this.widen(text.length);
    const { begins, entries, plain } = this;
    const { length } = text;
    let count = 0;
    let at = 0;
    while (at < length) {
      let code = text.charCodeAt(at);
      const sort = sortAt(text, at, code);
      let entry = 0;
      let isPlain = 0;
      begins[count] = at;
      if (sort === word) {
        let node = start;
        let [before, last] = [0, 0];
        isPlain = 1;
        do {
          if (node !== nowhere) {
            node = dictionary.step(node, code);
            entry = dictionary.begunOf(node) || entry;
          }
          if (code >= 0x80) {
            isPlain = 0;
            if (isPair(text, at, code)) at++;
          } else if (code === last && code === before) isPlain = 0;
          before = last;
          last = code;
          at++;
          if (at === length) break;
          code = text.charCodeAt(at);
        } while (sortAt(text, at, code) === word);
        entry = dictionary.wholeOf(node) || entry;
      } else if (sort === sign) {
        at += isPair(text, at, code) ? 2 : 1;
      } else {
        do at++;
        while (at < length && known[text.charCodeAt(at)] === sort);
      }
      this.sorts[count] = sort;
      entries[count] = entry;
      plain[count++] = isPlain;
    }
    this.count = count;
  }

  private widen(length: number): void {
    this.sorts = new Uint8Array(length);
    this.begins = new Int32Array(length);
    this.entries = new Int32Array(length);
    this.plain = new Uint8Array(length);
  }
}
