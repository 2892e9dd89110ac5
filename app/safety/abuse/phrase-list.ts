import type { Part, Phrase } from "./phrase";
import type { Places } from "./places";

/**
 * Phrases by number from 0, with all of their meanings in one column: most of what is looked for is not
 * there, and that is seen without a look at the phrases.
 */
export class PhraseList {
  readonly phrases: readonly Phrase[];
  private readonly meanings: Int32Array;
  /** Where those of each phrase begin. */
  private readonly begins: Int32Array;
  /**
   * Of each phrase the meaning that was numbered last: groups, of which texts are full, come first. It
   * rules most phrases out, in a column that is read in one go.
   */
  private readonly rarest: Int32Array;

  constructor(phrases: readonly Phrase[]) {
    const meaningsOf = ({ parts }: Phrase) => parts.map(({ meaning }: Part) => meaning);
    this.phrases = phrases;
    this.meanings = Int32Array.from(phrases.flatMap(meaningsOf));
    this.begins = new Int32Array(phrases.length + 1);
    for (const [at, { parts }] of phrases.entries())
      this.begins[at + 1] = (this.begins[at] as number) + parts.length;
    this.rarest = Int32Array.from(phrases, (phrase) => Math.max(...meaningsOf(phrase)));
  }

  /** The first phrase from a number on whose words are all there; as many as there are for none. */
  nextIn(places: Places, from: number): number {
    const { meanings, begins, rarest } = this;
    for (let at = places.nextOf(rarest, from); ; at = places.nextOf(rarest, at + 1)) {
      if (at === rarest.length) return at;
      const [begin, end] = [begins[at] as number, begins[at + 1] as number];
      if (places.haveAll(meanings, begin, end)) return at;
    }
  }
}
