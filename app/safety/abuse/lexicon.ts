const letters = 26;
const a = 97;

/** Words as they stand in a folded text: small letters without accents. */
export const folded = (word: string): string =>
  word.toLowerCase().replaceAll("ß", "ss").normalize("NFKD").replace(/\p{M}/gu, "");

/**
 * Finds what a word stands for: one walk along its letters, however many words are known. A known word
 * that ends in `*` stands for all words that begin with it.
 */
export class Lexicon {
  private next = new Int32Array(letters * 1024);
  private nodes = 1;
  private readonly wholes: (number[] | undefined)[] = [];
  private readonly beginnings: (number[] | undefined)[] = [];

  add(known: string, meaning: number): void {
    const isBeginning = known.endsWith("*");
    const word = folded(isBeginning ? known.slice(0, -1) : known);
    if (!/^[a-z]+$/.test(word)) throw new Error(`"${known}" is not a word`);
    let node = 0;
    for (let at = 0; at < word.length; at++) node = this.step(node, word.charCodeAt(at) - a);
    const meanings = isBeginning ? this.beginnings : this.wholes;
    const there = meanings[node] ?? [];
    if (!there.includes(meaning)) meanings[node] = [...there, meaning];
  }

  private step(node: number, letter: number): number {
    const place = node * letters + letter;
    const there = this.next[place];
    if (there) return there;
    if ((this.nodes + 1) * letters > this.next.length) {
      const larger = new Int32Array(this.next.length * 2);
      larger.set(this.next);
      this.next = larger;
    }
    this.next[place] = this.nodes;
    return this.nodes++;
  }

  /** Tells each meaning of a folded word. */
  meaningsOf(word: string, tell: (meaning: number) => void): void {
    let node = 0;
    for (let at = 0; at < word.length; at++) {
      const letter = word.charCodeAt(at) - a;
      node = letter >= 0 && letter < letters ? (this.next[node * letters + letter] ?? 0) : 0;
      if (!node) return;
      const begun = this.beginnings[node];
      if (begun) for (const meaning of begun) tell(meaning);
    }
    const whole = this.wholes[node];
    if (whole) for (const meaning of whole) tell(meaning);
  }

  /** Tells each whole word that begins at a place of a text of letters, with its end. */
  wordsAt(text: string, from: number, tell: (meaning: number, to: number) => void): void {
    let node = 0;
    for (let at = from; at < text.length; at++) {
      const letter = text.charCodeAt(at) - a;
      node = letter >= 0 && letter < letters ? (this.next[node * letters + letter] ?? 0) : 0;
      if (!node) return;
      const whole = this.wholes[node];
      if (whole) for (const meaning of whole) tell(meaning, at + 1);
    }
  }
}
