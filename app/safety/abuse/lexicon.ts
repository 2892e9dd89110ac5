import { dictionary, type Tag } from "../words/dictionary";
import { nowhere, start } from "../words/tree";

/** Words as they stand in a folded text: small letters without accents. */
export const folded = (word: string): string =>
  word.toLowerCase().replaceAll("ß", "ss").normalize("NFKD").replace(/\p{M}/gu, "");

/** What stands for any number, and the entry that all numbers have. */
export const anyNumber = "#";
export const numberEntry = -1;

const nothing = new Int32Array(0);

/** Says what words mean, by their entries in the dictionary. Meanings are numbers from 0 on. */
export class Lexicon {
  private readonly tags: Tag[] = [];
  private readonly meaningsByTag = new Map<Tag, number>();
  /** What else each meaning means. */
  private readonly wider: number[][] = [];
  /** By entry, as they are asked for. */
  private readonly known: (Int32Array | undefined)[] = [];
  private readonly ofNumbers: number;
  private numbers = nothing;

  constructor() {
    this.ofNumbers = this.newMeaning();
  }

  get size(): number {
    return this.tags.length;
  }

  newMeaning(): number {
    const tag = dictionary.newTag();
    const meaning = this.tags.push(tag) - 1;
    this.meaningsByTag.set(tag, meaning);
    return meaning;
  }

  /** Gives a word a meaning; one that ends in `*` stands for all that begin so, `#` for any number. */
  add(word: string, meaning: number): void {
    if (word === anyNumber) this.widen(this.ofNumbers, meaning);
    else dictionary.add(folded(word), this.tags[meaning] as Tag);
  }

  /** Whatever means the one means the wider one as well. */
  widen(meaning: number, wider: number): void {
    this.wider[meaning] = [...this.widerThan(meaning), wider];
    this.numbers = Int32Array.from(this.widerThan(this.ofNumbers));
  }

  widerThan(meaning: number): readonly number[] {
    return this.wider[meaning] ?? [];
  }

  isKnown(entry: number): boolean {
    return this.meaningsOf(entry).length > 0;
  }

  meaningsOf(entry: number): Int32Array {
    if (entry === numberEntry) return this.numbers;
    return this.known[entry] ?? this.learn(entry);
  }

  /** Apart from who asks for each word, because closures take room in each call. */
  private learn(entry: number): Int32Array {
    const own = dictionary.tagsOf(entry).flatMap((tag) => this.meaningsByTag.get(tag) ?? []);
    const all = new Set(own.flatMap((meaning) => [meaning, ...this.widerThan(meaning)]));
    const meanings = all.size ? Int32Array.from(all) : nothing;
    while (this.known.length <= entry) this.known.push(undefined);
    this.known[entry] = meanings;
    return meanings;
  }
}

/** A walk along the letters of a word that is not written as one. */
export class Walk {
  private node = start;
  private begun = 0;

  begin(): void {
    this.node = start;
    this.begun = 0;
  }

  step(code: number): void {
    this.node = dictionary.step(this.node, code);
    this.begun = dictionary.begunOf(this.node) || this.begun;
  }

  /** No known word goes on so. */
  get isLost(): boolean {
    return this.node === nowhere;
  }

  /** Of the word, or of the beginning of words, that ends there. */
  get ending(): number {
    return dictionary.wholeOf(this.node) || dictionary.begunOf(this.node);
  }

  get entry(): number {
    return dictionary.wholeOf(this.node) || this.begun;
  }
}
