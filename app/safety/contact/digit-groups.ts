/** How a group is written: in words that say digits, or in letters that look like them, next to real ones. */
export type Writing = "digits" | "spelled" | "leet";
const writings: Record<Writing, number> = { digits: 0, spelled: 1, leet: 2 };

/** What stands before a group: nothing of the same run, a plus, words that mean nothing there. */
type Before = { isStart: boolean; isPlus: boolean; isWord: boolean };

const zero = "0".charCodeAt(0);
const words = /\p{L}+/gu;

/** What was gathered of the digits of a text; see `GroupColumns`. */
export type Groups = Omit<GroupColumns, "begin" | "say" | "forget" | "add">;

/**
 * Groups of digits that stand together, or words that say them, by number from 0. They are in columns that
 * the next text uses again.
 */
export class GroupColumns {
  count = 0;
  private text = "";
  private begins = new Int32Array(16);
  private ends = new Int32Array(16);
  private writings = new Uint8Array(16);
  private pluses = new Uint8Array(16);
  private starts = new Uint8Array(16);
  private wordsBefore = new Uint8Array(16);
  /** All digits one after the other, and where those of each group begin. */
  private digitsSaid = new Uint8Array(64);
  private firsts = new Int32Array(17);
  private said = 0;

  from(at: number): number {
    return this.begins[at] as number;
  }

  to(at: number): number {
    return this.ends[at] as number;
  }

  isSpelled(at: number): boolean {
    return this.writings[at] === writings.spelled;
  }

  isLeet(at: number): boolean {
    return this.writings[at] === writings.leet;
  }

  hasPlus(at: number): boolean {
    return this.pluses[at] === 1;
  }

  /** How many digits groups have, up to the second excluded. */
  size(at: number, end = at + 1): number {
    return (this.firsts[end] as number) - (this.firsts[at] as number);
  }

  /** A digit from the first of a group on, also of later groups; NaN where there are no more. */
  digit(at: number, place: number): number {
    const from = (this.firsts[at] as number) + place;
    return from < this.said ? (this.digitsSaid[from] as number) : Number.NaN;
  }

  /** The digits of groups, up to the second excluded. */
  digits(at: number, end = at + 1): string {
    let digits = "";
    for (let i = this.firsts[at] as number; i < (this.firsts[end] as number); i++)
      digits += String.fromCharCode(zero + (this.digitsSaid[i] as number));
    return digits;
  }

  /**
   * What stands between a group and the one before in the same run, words that mean nothing there as one
   * space; "" before the first of a run.
   */
  gap(at: number): string {
    if (this.starts[at]) return "";
    const written = this.text.slice(this.ends[at - 1], this.begins[at]);
    return this.wordsBefore[at] ? written.replaceAll(words, " ") : written;
  }

  begin(text: string): void {
    this.text = text;
    this.count = 0;
    this.said = 0;
    this.firsts[0] = 0;
  }

  /** Adds a digit to the next group. */
  say(digit: number): void {
    if (this.said === this.digitsSaid.length) this.digitsSaid = doubled(this.digitsSaid);
    this.digitsSaid[this.said++] = digit;
  }

  /** Takes back what was said of the next group. */
  forget(): void {
    this.said = this.firsts[this.count] as number;
  }

  /** Makes a group of what was said. */
  add(from: number, to: number, writing: Writing, before: Before): void {
    if (this.count === this.begins.length) this.widen();
    const at = this.count++;
    this.begins[at] = from;
    this.ends[at] = to;
    this.writings[at] = writings[writing];
    this.starts[at] = before.isStart ? 1 : 0;
    this.pluses[at] = before.isPlus ? 1 : 0;
    this.wordsBefore[at] = before.isWord ? 1 : 0;
    this.firsts[at + 1] = this.said;
  }

  private widen(): void {
    this.begins = doubled(this.begins);
    this.ends = doubled(this.ends);
    this.writings = doubled(this.writings);
    this.pluses = doubled(this.pluses);
    this.starts = doubled(this.starts);
    this.wordsBefore = doubled(this.wordsBefore);
    this.firsts = doubled(this.firsts);
  }
}

function doubled<Column extends Uint8Array | Int32Array>(column: Column): Column {
  const wider = new (column.constructor as new (length: number) => Column)(column.length * 2);
  wider.set(column);
  return wider;
}
