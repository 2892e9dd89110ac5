import { dictionary } from "../words/dictionary";

/** What an atom is; `none` outside of the text. */
export const atomSorts = { none: 0, label: 1, at: 2, dot: 3, space: 4, sign: 5 } as const;
type Sort = Exclude<(typeof atomSorts)[keyof typeof atomSorts], 0>;

const { none, label, at: atSign, dot, space, sign } = atomSorts;

const hows = ["sign", "said", "marked"] as const;
/** `sign`: as itself; `marked`: in brackets or a word that means nothing else; `said`: a usual word. */
export type How = (typeof hows)[number];

/**
 * What addresses are made of, by number from 0: a label is a run of letters and digits; `at` and `dot` are
 * the signs and the words that stand for them. Outside of the text there is nothing of any sort.
 */
export type Atoms = Omit<
  AtomColumns,
  "begin" | "beginAs" | "add" | "addSpaced" | "copy" | "move" | "mean"
>;

const lineBreak = "\n".charCodeAt(0);

/** Atoms in columns that the next text uses again. */
export class AtomColumns {
  count = 0;
  private text = "";
  private sorts = new Uint8Array(0);
  private hows = new Uint8Array(0);
  private words = new Int32Array(0);
  private begins = new Int32Array(0);
  private ends = new Int32Array(0);
  /** Where its own text is: within its brackets, or as a number below 0 among those that were spelled. */
  private ownBegins = new Int32Array(0);
  private ownEnds = new Int32Array(0);
  private spelled: string[] = [];
  /** Of labels: 1 for letters and digits in one. */
  private mixed = new Uint8Array(0);

  private sort(at: number): number {
    return at >= 0 && at < this.count ? (this.sorts[at] as number) : none;
  }

  isLabel(at: number): boolean {
    return this.sort(at) === label;
  }

  isAt(at: number): boolean {
    return this.sort(at) === atSign;
  }

  isDot(at: number): boolean {
    return this.sort(at) === dot;
  }

  isSpace(at: number): boolean {
    return this.sort(at) === space;
  }

  isSign(at: number): boolean {
    return this.sort(at) === sign;
  }

  how(at: number): How {
    return hows[this.sort(at) ? (this.hows[at] as number) : 0] as How;
  }

  /** One character of an address. */
  isSingle(at: number): boolean {
    const sort = this.sort(at);
    const isOfAddress = sort === label || sort === atSign || sort === dot;
    return isOfAddress && (this.ends[at] as number) - (this.begins[at] as number) === 1;
  }

  /** "at" or "dot" as a usual word. */
  isSaid(at: number): boolean {
    return this.how(at) === "said";
  }

  isWritten(at: number): boolean {
    return this.how(at) === "sign";
  }

  /** Letter by letter, with something between. */
  isSpaced(at: number): boolean {
    return this.sort(at) !== none && (this.ownBegins[at] as number) < 0;
  }

  from(at: number): number {
    return at < this.count ? (this.begins[at] as number) : this.text.length;
  }

  to(at: number): number {
    return at < this.count ? (this.ends[at] as number) : this.text.length;
  }

  /** Whether it is of letters and digits. */
  isMixed(at: number): boolean {
    return at >= 0 && at < this.count && this.mixed[at] === 1;
  }

  /** The entry in the dictionary; 0 for what is no word. */
  word(at: number): number {
    return this.sort(at) ? (this.words[at] as number) : 0;
  }

  /** Of its own text, without brackets. */
  length(at: number): number {
    if (this.sort(at) === none) return 0;
    const own = this.ownBegins[at] as number;
    return own < 0 ? (this.spelled[-own - 1] as string).length : (this.ownEnds[at] as number) - own;
  }

  /** Its own text, without brackets; "" outside of the text. */
  string(at: number): string {
    if (this.sort(at) === none) return "";
    const own = this.ownBegins[at] as number;
    return own < 0 ? (this.spelled[-own - 1] as string) : this.text.slice(own, this.ownEnds[at]);
  }

  /** The code of a character of its own text; NaN where it has none. */
  code(at: number, place = 0): number {
    if (place >= this.length(at)) return Number.NaN;
    const own = this.ownBegins[at] as number;
    return own < 0
      ? (this.spelled[-own - 1] as string).charCodeAt(place)
      : this.text.charCodeAt(own + place);
  }

  /** Whether it is this one character. */
  isChar(at: number, char: string): boolean {
    return this.code(at) === char.charCodeAt(0) && this.length(at) === 1;
  }

  /** Whether it is one of these characters. */
  isOneOf(at: number, chars: string): boolean {
    if (this.length(at) !== 1) return false;
    const code = this.code(at);
    for (let i = 0; i < chars.length; i++) if (chars.charCodeAt(i) === code) return true;
    return false;
  }

  /** Whether a line ends in it. */
  breaksLine(at: number): boolean {
    for (let i = 0; i < this.length(at); i++) if (this.code(at, i) === lineBreak) return true;
    return false;
  }

  is(at: number, text: string): boolean {
    return this.length(at) === text.length && this.string(at) === text;
  }

  begin(text: string, most: number): void {
    this.text = text;
    this.count = 0;
    if (this.spelled.length > 0) this.spelled = [];
    if (most <= this.sorts.length) return;
    this.sorts = new Uint8Array(most);
    this.hows = new Uint8Array(most);
    this.words = new Int32Array(most);
    this.begins = new Int32Array(most);
    this.ends = new Int32Array(most);
    this.ownBegins = new Int32Array(most);
    this.ownEnds = new Int32Array(most);
    this.mixed = new Uint8Array(most);
  }

  beginAs(other: AtomColumns): void {
    this.begin(other.text, other.count);
  }

  add(sort: Sort, from: number, to: number, word = 0, isMixed = false): void {
    const at = this.count++;
    this.mixed[at] = isMixed ? 1 : 0;
    this.sorts[at] = sort;
    this.hows[at] = 0;
    this.words[at] = word;
    this.begins[at] = from;
    this.ends[at] = to;
    this.ownBegins[at] = from;
    this.ownEnds[at] = to;
  }

  /** @param letters what stands there letter by letter */
  addSpaced(sort: Sort, from: number, to: number, letters: string): void {
    const isMixed = /\d/.test(letters) && /\D/.test(letters);
    this.add(sort, from, to, sort === label ? dictionary.entryOf(letters) : 0, isMixed);
    this.ownBegins[this.count - 1] = -this.spelled.push(letters);
  }

  /** Adds atoms of another text's, up to the second excluded. */
  copy(other: AtomColumns, from: number, to: number): void {
    for (let at = from; at < to; at++) this.put(this.count++, other, at);
  }

  move(from: number, to: number): void {
    if (from !== to) this.put(to, this, from);
  }

  private put(at: number, other: AtomColumns, from: number): void {
    this.sorts[at] = other.sorts[from] as number;
    this.hows[at] = other.hows[from] as number;
    this.words[at] = other.words[from] as number;
    this.begins[at] = other.begins[from] as number;
    this.ends[at] = other.ends[from] as number;
    this.ownBegins[at] = other.ownBegins[from] as number;
    this.ownEnds[at] = other.ownEnds[from] as number;
    this.mixed[at] = other.mixed[from] as number;
  }

  /** Takes it for a sign, with what marks it as one. */
  mean(at: number, sort: Sort, how: How, from: number, to: number): void {
    this.sorts[at] = sort;
    this.hows[at] = hows.indexOf(how);
    this.begins[at] = from;
    this.ends[at] = to;
  }
}
