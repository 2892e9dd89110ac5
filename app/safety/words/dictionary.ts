import { nowhere, start, Tree } from "./tree";
import type { WordSet } from "./word-set";

/** What an entry is to somebody who looks for words: a set that it is in, or a meaning. */
export type Tag = number;

const wellFormed = /^[a-z0-9]+\*?$/;

/**
 * All folded words that anybody looks for in one tree, so that each word of a text is looked up once,
 * however many look for it. What is found is an entry, a number that says all that is known of the word;
 * 0 is a word for which nobody looks. One that ends in `*` stands for all words that begin so.
 *
 * Words are added while modules are loaded. A text that was read before knows nothing of later ones.
 */
export class Dictionary {
  private readonly wholes = new Map<string, number>();
  private readonly beginnings = new Map<string, number>();
  /** By entry: what was added for it, and what holds for it, as what was added for its beginnings does too. */
  private readonly added: Tag[][] = [[]];
  private tags: Tag[][] = [[]];
  /** By tag, where it is a set's. */
  private readonly sets: (WordSet | undefined)[] = [];
  private tree = new Tree(this.wholes, this.beginnings);
  private isSettled = false;

  newTag(set?: WordSet): Tag {
    return this.sets.push(set) - 1;
  }

  add(said: string, tag: Tag): void {
    if (!wellFormed.test(said)) throw new Error(`"${said}" is not a word`);
    const isBeginning = said.endsWith("*");
    const entries = isBeginning ? this.beginnings : this.wholes;
    const word = isBeginning ? said.slice(0, -1) : said;
    const entry = entries.get(word) ?? this.added.push([]) - 1;
    entries.set(word, entry);
    const tags = this.added[entry] as Tag[];
    if (!tags.includes(tag)) tags.push(tag);
    this.isSettled = false;
  }

  /** Works out what holds for each entry, once all that is known is added. */
  settle(): void {
    if (this.isSettled) return;
    this.isSettled = true;
    this.tree = new Tree(this.wholes, this.beginnings);
    this.tags = this.added.map(() => []);
    for (const set of this.sets) set?.clear(this.added.length);
    for (const [word, entry] of this.wholes) this.settleEntry(word, entry);
    for (const [word, entry] of this.beginnings) this.settleEntry(word, entry);
  }

  private settleEntry(word: string, entry: number): void {
    const tags = new Set(this.added[entry]);
    for (let length = 1; length <= word.length; length++) {
      const beginning = this.beginnings.get(word.slice(0, length));
      if (beginning) for (const tag of this.added[beginning] as Tag[]) tags.add(tag);
    }
    this.tags[entry] = [...tags];
    for (const tag of tags) this.sets[tag]?.include(entry);
  }

  /** See `Tree`. */
  step(node: number, code: number): number {
    return this.tree.step(node, code);
  }

  /** From a node on by all characters of a word. */
  walk(node: number, text: string): number {
    for (let at = 0; at < text.length && node !== nowhere; at++)
      node = this.tree.step(node, text.charCodeAt(at));
    return node;
  }

  /** The entry of the word that ends at a node; 0 for none. */
  wholeOf(node: number): number {
    return this.tree.wholeOf(node);
  }

  /** The entry of all words that begin with what leads to a node; 0 for none. */
  begunOf(node: number): number {
    return this.tree.begunOf(node);
  }

  /** The entry of a folded word, or of its longest beginning that has one; 0 where nobody looks for it. */
  entryOf(text: string, from = 0, to = text.length): number {
    this.settle();
    const { tree } = this;
    let node = start;
    let entry = 0;
    for (let at = from; at < to; at++) {
      node = tree.step(node, text.charCodeAt(at));
      if (node === nowhere) return entry;
      entry = tree.begunOf(node) || entry;
    }
    return tree.wholeOf(node) || entry;
  }

  /** All tags of an entry, those of its beginnings too. */
  tagsOf(entry: number): readonly Tag[] {
    return this.tags[entry] as Tag[];
  }
}

/** The one that texts are read with. */
export const dictionary = new Dictionary();
