import type { Finding } from "../detector";
import { type Strength, strengths } from "../filters";
import type { Prepared } from "../prepare";
import type { Lexicon } from "./lexicon";
import { Matcher } from "./match";
import type { Phrase } from "./phrase";
import type { PhraseList } from "./phrase-list";
import { Places } from "./places";
import { WordReader, type Words } from "./words";

/** What a text is read with. */
export type Vocabulary = {
  lexicon: Lexicon;
  /** Short phrases that have meanings as words do, and by their number what they mean. */
  short: PhraseList;
  meanings: readonly number[];
  /** Where somebody says that he does not do it. */
  denial: number;
};

const denialsBefore = 3;
const exceptAround = 3;
/** Of each phrase; who reads them sees the message. */
const mostOfPhrase = 3;

/** One text after the other: which words it has, what they mean, and what they say together. */
export class Reading {
  readonly words: Words;
  private readonly vocabulary: Vocabulary;
  private readonly reader: WordReader;
  private readonly places: Places;
  private readonly matcher: Matcher;

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary;
    this.reader = new WordReader(vocabulary.lexicon);
    this.words = this.reader.words;
    this.places = new Places(vocabulary.lexicon.size);
    this.matcher = new Matcher(this.places, this.words);
  }

  read(prepared: Prepared): void {
    const { lexicon, short, meanings } = this.vocabulary;
    const { words, places } = this;
    this.reader.read(prepared);
    places.clear();
    for (let word = 0; word < words.count; word++) {
      const entry = words.entries[word] as number;
      if (entry !== 0) places.append(lexicon.meaningsOf(entry), word);
    }
    const { phrases } = short;
    for (let at = short.nextIn(places, 0); at < phrases.length; at = short.nextIn(places, at + 1)) {
      const count = this.matcher.find(phrases[at] as Phrase);
      if (!count) continue;
      const meaning = meanings[at] as number;
      this.addPlaces(meaning, count);
      for (const wider of lexicon.widerThan(meaning)) this.addPlaces(wider, count);
    }
  }

  private addPlaces(meaning: number, count: number): void {
    let before = 0;
    for (let at = 0; at < count; at++) {
      const [first, last] = [this.matcher.first[at] as number, this.matcher.last[at] as number];
      before = this.places.insert(meaning, first, last, before);
    }
  }

  /** Finds where phrases are said that count from a strength on, until there are so many. */
  find(list: PhraseList, strength: Strength, most: number): Finding[] {
    const { phrases } = list;
    const { places } = this;
    const weakest = strengths.indexOf(strength);
    const findings: Finding[] = [];
    for (let at = list.nextIn(places, 0); at < phrases.length; at = list.nextIn(places, at + 1)) {
      const phrase = phrases[at] as Phrase;
      if (phrase.strength <= weakest) this.findPhrase(phrase, strength, findings);
      if (findings.length >= most) break;
    }
    return findings;
  }

  /** Adds where a phrase is said, and nothing excuses it. */
  private findPhrase(phrase: Phrase, strength: Strength, findings: Finding[]): void {
    const count = this.matcher.find(phrase);
    if (!count) return;
    const { matcher, places, words } = this;
    let unless = phrase.unless === null ? 0 : places.of(phrase.unless);
    let denial = phrase.isDeniable ? places.of(this.vocabulary.denial) : 0;
    for (let at = 0, told = 0; at < count && told < mostOfPhrase; at++) {
      const [first, last] = [matcher.first[at] as number, matcher.last[at] as number];
      unless = places.from(unless, first - exceptAround);
      if (unless && (places.first[unless] as number) <= last + exceptAround) continue;
      denial = places.from(denial, first - denialsBefore);
      if (denial && (places.first[denial] as number) < first) continue;
      const isDisguised = words.isDisguised.subarray(first, last + 1).includes(1);
      // At low strength only what is said plainly counts.
      if (isDisguised && strength === "low") continue;
      const [from, to] = [words.from[first] as number, words.to[last] as number];
      const finding: Finding = isDisguised ? { from, to, isDisguised } : { from, to };
      if (phrase.isDoubtful) finding.isDoubtful = true;
      findings.push(finding);
      told++;
    }
  }
}
