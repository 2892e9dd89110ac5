import type { Finding, Surroundings } from "../detector";
import { perText } from "../per-text";
import type { Prepared } from "../prepare";
import { Lexicon } from "./lexicon";
import { type Phrase, readPhrase } from "./phrase";
import { PhraseList } from "./phrase-list";
import { Reading, type Vocabulary } from "./reading";
import type { Words } from "./words";

/** Names of groups of words, each with the words and the short phrases that it stands for. */
export type Groups = Record<string, string>;

/** Before these somebody may say that he does not do it. */
const denials =
  "not|never|don|doesn|dont|won|wont|refuse|avoid|without|no|nicht|kein*|nie|niemals|ohne|pas|jamais|sans|aucun*|nunca|sin|evito";

/**
 * Phrases by words that stand near each other, in whatever language, instead of by fixed sentences.
 * Those of all kinds are looked for at once: each word of a text is looked up once, and only phrases
 * of which all words are there are looked for.
 */
export class Phrasebook<Kind extends string> {
  private readonly lexicon = new Lexicon();
  private readonly meanings = new Map<string, number>();
  /** Groups of which some stand for several words; they are found first. */
  private readonly short: { meaning: number; phrase: Phrase }[] = [];
  private readonly lists = new Map<string, PhraseList>();
  /** Filters of several kinds ask for the same text one after the other. */
  private readonly reading: (prepared: Prepared) => Reading;

  /** @param lists for each kind its lines, as `readPhrase` reads them */
  constructor(groups: Groups, lists: Record<Kind, readonly string[]>) {
    const meaningOf = (said: string) => this.meaningOf(said);
    for (const [name, words] of Object.entries(groups)) this.addGroup(`@${name}`, words);
    for (const [kind, lines] of Object.entries<readonly string[]>(lists)) {
      const phrases = lines.map((line) => readPhrase(line, meaningOf));
      this.lists.set(kind, new PhraseList(phrases));
    }
    const vocabulary: Vocabulary = {
      lexicon: this.lexicon,
      short: new PhraseList(this.short.map(({ phrase }) => phrase)),
      meanings: this.short.map(({ meaning }) => meaning),
      denial: meaningOf(denials),
    };
    this.reading = perText(
      () => new Reading(vocabulary),
      (reading, prepared) => reading.read(prepared),
    );
  }

  private addGroup(name: string, words: string): void {
    const meaning = this.lexicon.newMeaning();
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
    if (/^@\w+$/.test(alternatives)) throw new Error(`No such group: ${alternatives}`);
    const meaning = this.lexicon.newMeaning();
    this.meanings.set(alternatives, meaning);
    for (const word of alternatives.split("|")) {
      if (word.startsWith("@")) this.lexicon.widen(this.meaningOf(word), meaning);
      else this.lexicon.add(word, meaning);
    }
    return meaning;
  }

  /** The words of a text, until the next text is read. */
  wordsOf(prepared: Prepared): Words {
    return this.reading(prepared).words;
  }

  find(kind: Kind, prepared: Prepared, { strength, most }: Surroundings): Finding[] {
    const list = this.lists.get(kind);
    return list ? this.reading(prepared).find(list, strength, most) : [];
  }
}
