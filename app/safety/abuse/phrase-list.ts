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

  constructor(phrases: readonly Phrase[]) {
    const meaningsOf = ({ parts }: Phrase) => parts.map(({ meaning }: Part) => meaning);
    this.phrases = phrases;
    this.meanings = Int32Array.from(phrases.flatMap(meaningsOf));
    this.begins = new Int32Array(phrases.length + 1);
    for (const [at, { parts }] of phrases.entries())
      this.begins[at + 1] = (this.begins[at] as number) + parts.length;
  }

  /** The first phrase from a number on whose words are all there; as many as there are for none. */
  nextIn(places: Places, from: number): number {
    const { meanings, begins } = this;
    const { length } = this.phrases;
    let at = from;
    while (at < length && !places.haveAll(meanings, begins[at] as number, begins[at + 1] as number))
      at++;
    return at;
  }
}
