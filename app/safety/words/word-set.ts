import { dictionary } from "./dictionary";

/** Words of the dictionary that are asked for together. */
export class WordSet {
  private members = new Uint8Array(0);

  /** Before it is worked out which entries are in it. */
  clear(entries: number): void {
    this.members = new Uint8Array(entries);
  }

  include(entry: number): void {
    this.members[entry] = 1;
  }

  /** @param entry of a word, as tokens have it */
  has(entry: number): boolean {
    return this.members[entry] === 1;
  }

  /** @param text a folded word that is no token */
  hasText(text: string): boolean {
    return this.has(dictionary.entryOf(text));
  }
}

/** Adds folded words, with spaces or line breaks between them, to the dictionary. */
export function wordSet(words: string): WordSet {
  const set = new WordSet();
  const tag = dictionary.newTag(set);
  for (const word of words.trim().split(/\s+/)) dictionary.add(word, tag);
  return set;
}
