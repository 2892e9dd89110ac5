/** Letters and digits from 1 on; 0 is all else, which is in no word. */
const classes = new Uint8Array(0x10000);
for (let i = 0; i < 26; i++) classes["a".charCodeAt(0) + i] = i + 1;
for (let i = 0; i < 10; i++) classes["0".charCodeAt(0) + i] = i + 27;
const most = 37;

/** The node that no word goes through, and the one where all begin. */
export const nowhere = 0;
export const start = 1;

/** Numbers that stand for words, by word. */
export type Numbers = ReadonlyMap<string, number>;

/** Of each node: where its children are, from which it comes, and the two numbers that it can have. */
const [children, parent, whole, begun] = [0, 1, 2, 3];
const size = 4;
/** In place of a parent: that there is no node, and that it comes from none. */
const [free, ofNone] = [-1, -2];

type Word = { text: string; column: number; number: number };

/**
 * A tree of words of small letters and digits, which never changes. It is a double array (Aoe 1989): the
 * children of all nodes lie within each other in one column, so that all of it stays in the processor's
 * caches, where a table of all letters for each node would not.
 */
export class Tree {
  private cells = new Int32Array(0);
  private firstFree = start + 1;
  private readonly words: readonly Word[];

  /** @param beginnings those of which all words that begin with them have the number */
  constructor(wholes: Numbers, beginnings: Numbers) {
    const words = (numbers: Numbers, column: number) =>
      Array.from(numbers, ([text, number]) => ({ text, column, number }));
    this.words = [...words(wholes, whole), ...words(beginnings, begun)].sort((one, other) =>
      one.text < other.text ? -1 : one.text > other.text ? 1 : 0,
    );
    this.widen(1 << 14);
    this.set(start, parent, ofNone);
    this.place(start, 0, this.words.length, 0);
  }

  /** From one node to the next by a character of a word; `nowhere` where no word goes on so. */
  step(node: number, code: number): number {
    const next = (this.cells[node * size] as number) + (classes[code] as number);
    return this.cells[next * size + parent] === node ? next : nowhere;
  }

  /** The number of the word that ends at a node; 0 for none. */
  wholeOf(node: number): number {
    return this.cells[node * size + whole] as number;
  }

  /** The number of all words that begin with what leads to a node; 0 for none. */
  begunOf(node: number): number {
    return this.cells[node * size + begun] as number;
  }

  /** Places the children of a node, which words have in common up to a depth, from one up to another. */
  private place(node: number, from: number, to: number, depth: number): void {
    let first = from;
    for (let word = this.words[first]; word?.text.length === depth && first < to; ) {
      this.set(node, word.column, word.number);
      word = this.words[++first];
    }
    const groups: { letter: number; from: number; to: number }[] = [];
    for (let at = first; at < to; at++) {
      const letter = classes[(this.words[at] as Word).text.charCodeAt(depth)] as number;
      const last = groups.at(-1);
      if (last?.letter === letter) last.to = at + 1;
      else groups.push({ letter, from: at, to: at + 1 });
    }
    if (groups.length === 0) return;
    const base = this.findRoom(groups.map(({ letter }) => letter));
    this.set(node, children, base);
    for (const { letter } of groups) this.set(base + letter, parent, node);
    for (const group of groups) this.place(base + group.letter, group.from, group.to, depth + 1);
  }

  private findRoom(letters: readonly number[]): number {
    while (!this.isFree(this.firstFree)) this.firstFree++;
    const lowest = Math.min(...letters);
    for (let at = this.firstFree; ; at++) {
      const base = at - lowest;
      if (base >= 0 && letters.every((letter) => this.isFree(base + letter))) return base;
    }
  }

  private isFree(node: number): boolean {
    if ((node + most) * size >= this.cells.length) this.widen(this.cells.length * 2);
    return this.cells[node * size + parent] === free;
  }

  private set(node: number, column: number, value: number): void {
    this.cells[node * size + column] = value;
  }

  private widen(length: number): void {
    const wider = new Int32Array(length);
    for (let at = this.cells.length; at < length; at += size) wider[at + parent] = free;
    wider.set(this.cells);
    this.cells = wider;
  }
}
