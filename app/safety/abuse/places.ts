/**
 * Where each meaning stands in a text, by the numbers of the first and the last of its words: for each
 * meaning a list in the order of the first ones. Each text uses the same arrays again. A place is
 * its number in `first`, `last` and `next`; 0 is none.
 */
export class Places {
  first = new Uint16Array(4096);
  last = new Uint16Array(4096);
  next = new Int32Array(4096);
  private count = 1;
  private readonly heads: Int32Array;
  private readonly tails: Int32Array;
  /** For which text a list was begun; lists of texts before it are empty. */
  private readonly begun: Int32Array;
  private texts = 0;

  constructor(meanings: number) {
    this.heads = new Int32Array(meanings);
    this.tails = new Int32Array(meanings);
    this.begun = new Int32Array(meanings);
  }

  clear(): void {
    this.count = 1;
    this.texts = (this.texts + 1) | 0;
  }

  /** The first place of a meaning. */
  of(meaning: number): number {
    return this.begun[meaning] === this.texts ? (this.heads[meaning] as number) : 0;
  }

  /** That place or the first after it in its list that begins at a word or later. */
  from(place: number, word: number): number {
    let at = place;
    while (at && (this.first[at] as number) < word) at = this.next[at] as number;
    return at;
  }

  /** Adds a word, with all that it means, that stands after all that were added. */
  append(meanings: Int32Array, word: number): void {
    while (this.count + meanings.length > this.first.length) this.grow();
    const { first, last, next, begun, heads, tails, texts } = this;
    let place = this.count;
    for (let at = 0; at < meanings.length; at++) {
      const meaning = meanings[at] as number;
      first[place] = last[place] = word;
      next[place] = 0;
      if (begun[meaning] === texts) next[tails[meaning] as number] = place;
      else {
        begun[meaning] = texts;
        heads[meaning] = place;
      }
      tails[meaning] = place++;
    }
    this.count = place;
  }

  /** The first from a place on, in a column, that stands somewhere; the column's length for none. */
  nextOf(meanings: Int32Array, from: number): number {
    const { begun, texts } = this;
    let at = from;
    while (at < meanings.length && begun[meanings[at] as number] !== texts) at++;
    return at;
  }

  /** Whether all of some meanings stand somewhere: those of a column, up to the second place excluded. */
  haveAll(meanings: Int32Array, from: number, to: number): boolean {
    const { begun, texts } = this;
    for (let at = from; at < to; at++) if (begun[meanings[at] as number] !== texts) return false;
    return true;
  }

  /** Adds words that stand anywhere. @param after a place in the list that is before them, or 0 */
  insert(meaning: number, first: number, last: number, after: number): number {
    const place = this.make(first, last);
    let before = after;
    let next = before ? (this.next[before] as number) : this.of(meaning);
    while (next && (this.first[next] as number) <= first) {
      before = next;
      next = this.next[next] as number;
    }
    this.next[place] = next;
    if (before) this.next[before] = place;
    else this.begin(meaning, place);
    return place;
  }

  private begin(meaning: number, place: number): void {
    this.begun[meaning] = this.texts;
    this.heads[meaning] = place;
  }

  private make(first: number, last: number): number {
    if (this.count === this.first.length) this.grow();
    this.first[this.count] = first;
    this.last[this.count] = last;
    this.next[this.count] = 0;
    return this.count++;
  }

  private grow(): void {
    const larger = <A extends Uint16Array | Int32Array>(of: A): A => {
      const grown = new (of.constructor as new (length: number) => A)(of.length * 2);
      grown.set(of);
      return grown;
    };
    this.first = larger(this.first);
    this.last = larger(this.last);
    this.next = larger(this.next);
  }
}
