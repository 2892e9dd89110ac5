import type { Part, Phrase } from "./phrase";
import type { Places } from "./places";
import { mostRead, type Words } from "./words";

/** So many places of a phrase's beginning are followed at once; no message has more. */
const mostFollowed = 2_000;

/** Finds where phrases are said in the text whose places it is given; `first` and `last` say where. */
export class Matcher {
  first = new Uint16Array(mostFollowed);
  last = new Uint16Array(mostFollowed);
  private nextFirst = new Uint16Array(mostFollowed);
  private nextLast = new Uint16Array(mostFollowed);
  /** Of words in any order, for each the next place and the latest. */
  private readonly ahead: number[] = [];
  private readonly latest: number[] = [];
  private readonly places: Places;
  private readonly words: Words;

  constructor(places: Places, words: Words) {
    this.places = places;
    this.words = words;
  }

  /**
   * How often a phrase is said of which all words are there. Takes time in proportion to how often its words
   * are.
   */
  find({ parts, within }: Phrase): number {
    return within === null ? this.inOrder(parts) : this.near(parts, within);
  }

  private inOrder(parts: readonly Part[]): number {
    const { first, last, next } = this.places;
    let count = 0;
    const beginning = parts[0] as Part;
    for (
      let place = this.begin(beginning);
      place && count < mostFollowed;
      place = this.skip(beginning, next[place] as number)
    ) {
      this.first[count] = first[place] as number;
      this.last[count++] = last[place] as number;
    }
    for (let at = 1; at < parts.length && count; at++)
      count = this.follow(parts[at] as Part, count);
    return count;
  }

  private follow(part: Part, reached: number): number {
    const { first, next, last } = this.places;
    let before = 0;
    let count = 0;
    for (
      let place = this.begin(part);
      place && count < mostFollowed;
      place = this.skip(part, next[place] as number)
    ) {
      const from = first[place] as number;
      // The latest that ends before it leaves the smallest gap.
      while (before + 1 < reached && (this.last[before + 1] as number) < from) before++;
      const gap = from - (this.last[before] as number) - 1;
      if (gap < 0 || gap > part.gap) continue;
      this.nextFirst[count] = this.first[before] as number;
      this.nextLast[count++] = last[place] as number;
    }
    [this.first, this.nextFirst] = [this.nextFirst, this.first];
    [this.last, this.nextLast] = [this.nextLast, this.last];
    return count;
  }

  /** One is enough: who reads it sees the message. */
  private near(parts: readonly Part[], within: number): number {
    const { ahead, latest } = this;
    const { first, last, next } = this.places;
    for (let at = 0; at < parts.length; at++) {
      ahead[at] = this.begin(parts[at] as Part);
      latest[at] = 0;
    }
    for (let missing = parts.length; ; ) {
      let part = -1;
      for (let at = 0; at < parts.length; at++) {
        const place = ahead[at] as number;
        if (
          place &&
          (part < 0 || (first[place] as number) < (first[ahead[part] as number] as number))
        )
          part = at;
      }
      if (part < 0) return 0;
      if (!latest[part]) missing--;
      latest[part] = ahead[part] as number;
      ahead[part] = this.skip(parts[part] as Part, next[ahead[part] as number] as number);
      if (missing) continue;
      let from = mostRead;
      let to = 0;
      for (let at = 0; at < parts.length; at++) {
        from = Math.min(from, first[latest[at] as number] as number);
        to = Math.max(to, last[latest[at] as number] as number);
      }
      if (to - from > within) continue;
      this.first[0] = from;
      this.last[0] = to;
      return 1;
    }
  }

  private begin(part: Part): number {
    return this.skip(part, this.places.of(part.meaning));
  }

  /** That place or the next that will do. */
  private skip({ isLast }: Part, from: number): number {
    let place = from;
    if (isLast) {
      const { last, next } = this.places;
      while (place && !this.words.isLast[last[place] as number]) place = next[place] as number;
    }
    return place;
  }
}
