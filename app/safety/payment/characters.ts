import { perText } from "../per-text";
import type { Prepared } from "../prepare";

/** The letters and digits of a text without what stands between them, and where each was. */
export class Characters {
  count = 0;
  /** How many pieces there are with nothing between their characters. */
  pieces = 0;
  private codes = new Uint8Array(0);
  private places = new Uint32Array(0);
  private firsts = new Uint32Array(0);

  /** As large or small as it was written. */
  code(at: number): number {
    return at < this.count ? (this.codes[at] as number) : 0;
  }

  place(at: number): number {
    return this.places[at] as number;
  }

  /** The first character of a piece; of the one after the last, the place after all. */
  first(piece: number): number {
    return piece < this.pieces ? (this.firsts[piece] as number) : this.count;
  }

  /** Whether it is the first of a piece. */
  isFirst(at: number): boolean {
    return at >= this.count || this.gap(at) > 0;
  }

  string(from: number, to: number): string {
    let text = "";
    for (let at = from; at < to; at++) text += String.fromCharCode(this.codes[at] as number);
    return text;
  }

  /** Whether so many from there are one number: little between them, and not the beginning of a longer one. */
  standsAlone(start: number, length: number): boolean {
    const end = start + length;
    if (end > this.count || !this.isFirst(start) || !this.isFirst(end)) return false;
    for (let at = start + 1; at < end; at++) if (this.gap(at) > longest) return false;
    return true;
  }

  /** How much stands before it. */
  private gap(at: number): number {
    return at === 0 ? 1 : (this.places[at] as number) - (this.places[at - 1] as number) - 1;
  }

  read(cased: string): void {
    if (this.codes.length < cased.length) this.widen(cased.length);
    const { codes, places, firsts } = this;
    let count = 0;
    let pieces = 0;
    let isInPiece = false;
    for (let at = 0; at < cased.length; at++) {
      const code = cased.charCodeAt(at);
      if (!isAlphanumeric(code)) {
        isInPiece = false;
        continue;
      }
      if (!isInPiece) firsts[pieces++] = count;
      isInPiece = true;
      codes[count] = code;
      places[count++] = at;
    }
    this.count = count;
    this.pieces = pieces;
  }

  private widen(length: number): void {
    this.codes = new Uint8Array(length);
    this.places = new Uint32Array(length);
    this.firsts = new Uint32Array(length);
  }
}

/** So much may stand within one number. */
const longest = 3;

function isAlphanumeric(code: number): boolean {
  const small = code | 32;
  return (code >= 48 && code <= 57) || (small >= 97 && small <= 122);
}

/** Account numbers and addresses of wallets as they are typed: in groups, or a character at a time. */
export const charactersOf: (prepared: Prepared) => Characters = perText(
  () => new Characters(),
  (characters, { cased }) => characters.read(cased),
);
