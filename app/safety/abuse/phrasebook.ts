import type { Finding } from "../detector";
import { type Strength, strengths } from "../filters";
import type { Prepared } from "../prepare";
import { Lexicon } from "./lexicon";
import { findPhrase, type Phrase, type Place, readPhrase } from "./phrase";
import { anyNumber, type Word, wordsOf } from "./words";

/** Names of groups of words, each with the words and the short phrases that it stands for. */
export type Groups = Record<string, string>;

/** Before these somebody may say that he does not do it. */
const denials =
  "not|never|don|doesn|dont|won|wont|refuse|avoid|without|no|nicht|kein*|nie|niemals|ohne|pas|jamais|sans|aucun*|nunca|sin|evito";
const denialsBefore = 2;
const exceptAround = 3;

const none: readonly Place[] = [];

type Read = { words: Word[]; places: Map<number, Place[]> };

/** Of each phrase; who reads them sees the message. */
const mostFindings = 3;

/**
 * Phrases by words that stand near each other, in whatever language, instead of by fixed sentences.
 * Those of all kinds are looked for at once: each word of a text is looked up once.
 */
export class Phrasebook<Kind extends string> {
  private readonly lexicon = new Lexicon();
  private readonly meanings = new Map<string, number>();
  /** Groups of which some stand for several words; they are found first. */
  private readonly short: { meaning: number; phrase: Phrase }[] = [];
  /** Alternatives of which some are groups. */
  private readonly unions: { meaning: number; of: number[] }[] = [];
  private readonly phrases = new Map<string, Phrase[]>();
  private readonly denial: number;
  /** Filters of several kinds ask for the same text one after the other. */
  private readonly read = new WeakMap<Prepared, Read>();

  /** @param lists for each kind its lines, as `readPhrase` reads them */
  constructor(groups: Groups, lists: Record<Kind, readonly string[]>) {
    for (const [name, words] of Object.entries(groups)) this.addGroup(`@${name}`, words);
    this.denial = this.meaningOf(denials);
    for (const [kind, lines] of Object.entries<readonly string[]>(lists)) {
      const meaningOf = (said: string) => this.meaningOf(said);
      this.phrases.set(
        kind,
        lines.map((line) => readPhrase(line, meaningOf)),
      );
    }
  }

  private addGroup(name: string, words: string): void {
    const meaning = this.meanings.size;
    this.meanings.set(name, meaning);
    for (const said of words.split(",").map((one) => one.trim())) {
      if (!said.includes(" ")) this.lexicon.add(said, meaning);
      else {
        const phrase = readPhrase(`l ${said.replaceAll(/\s+/g, " .0 ")}`, (one) =>
          this.meaningOf(one),
        );
        this.short.push({ meaning, phrase });
      }
    }
  }

  private meaningOf(alternatives: string): number {
    const known = this.meanings.get(alternatives);
    if (known !== undefined) return known;
    const isName = /^(@\w+|#)$/.test(alternatives);
    if (isName && alternatives !== anyNumber) throw new Error(`No such group: ${alternatives}`);
    const meaning = this.meanings.size;
    this.meanings.set(alternatives, meaning);
    if (isName) return meaning;
    const of: number[] = [];
    for (const word of alternatives.split("|")) {
      if (word.startsWith("@") || word === anyNumber) of.push(this.meaningOf(word));
      else this.lexicon.add(word, meaning);
    }
    if (of.length) this.unions.push({ meaning, of });
    return meaning;
  }

  find(kind: Kind, prepared: Prepared, strength: Strength): Finding[] {
    const { words, places } = this.reading(prepared);
    const at = (meaning: number) => places.get(meaning) ?? none;
    const isLast = (word: number) => words[word]?.endsClause ?? false;
    const findings: Finding[] = [];
    for (const phrase of this.phrases.get(kind) ?? []) {
      if (strengths.indexOf(phrase.strength) > strengths.indexOf(strength)) continue;
      let found = 0;
      for (const place of findPhrase(phrase, at, isLast)) {
        if (this.isExcepted(phrase, place, at)) continue;
        const said = words.slice(place.first, place.last + 1);
        const isDisguised = said.some((word) => word.isDisguised);
        // At low strength only what is said plainly counts.
        if (isDisguised && strength === "low") continue;
        const [from, to] = [said[0]?.from ?? 0, said.at(-1)?.to ?? 0];
        findings.push(isDisguised ? { from, to, isDisguised } : { from, to });
        if (++found === mostFindings) break;
      }
    }
    return findings;
  }

  private reading(prepared: Prepared): Read {
    const known = this.read.get(prepared);
    if (known) return known;
    const words = wordsOf(prepared, this.lexicon);
    const read = { words, places: this.placesOf(words) };
    this.read.set(prepared, read);
    return read;
  }

  private placesOf(words: readonly Word[]): Map<number, Place[]> {
    const places = new Map<number, Place[]>();
    const add = (meaning: number, place: Place) => {
      const known = places.get(meaning);
      if (known) known.push(place);
      else places.set(meaning, [place]);
    };
    const number = this.meanings.get(anyNumber);
    for (const [at, { text }] of words.entries()) {
      const place = { first: at, last: at };
      if (text !== anyNumber) this.lexicon.meaningsOf(text, (meaning) => add(meaning, place));
      else if (number !== undefined) add(number, place);
    }
    const isLast = (word: number) => words[word]?.endsClause ?? false;
    const grown = new Set<number>();
    for (const { meaning, phrase } of this.short) {
      for (const place of findPhrase(phrase, (one) => places.get(one) ?? none, isLast)) {
        add(meaning, place);
        grown.add(meaning);
      }
    }
    for (const { meaning, of } of this.unions) {
      for (const one of of) for (const place of places.get(one) ?? none) add(meaning, place);
      grown.add(meaning);
    }
    for (const meaning of grown) places.get(meaning)?.sort((one, other) => one.first - other.first);
    return places;
  }

  private isExcepted(
    { unless, isDeniable }: Phrase,
    { first, last }: Place,
    at: (meaning: number) => readonly Place[],
  ): boolean {
    if (unless !== null && isAmong(at(unless), first - exceptAround, last + exceptAround)) {
      return true;
    }
    return isDeniable && isAmong(at(this.denial), first - denialsBefore, first - 1);
  }
}

/** Whether one of places in their order begins from there to there. */
function isAmong(places: readonly Place[], from: number, to: number): boolean {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.first ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return (places[low]?.first ?? Number.POSITIVE_INFINITY) <= to;
}
