import type { Detector } from "../detector";
import { type Strength, strengths } from "../filters";
import { englishWords } from "./english";
import { folded } from "./lexicon";
import { blackmail } from "./lists/blackmail";
import { groups } from "./lists/groups";
import { idioms } from "./lists/idioms";
import { lures } from "./lists/lures";
import { pretexts } from "./lists/pretexts";
import { profanePhrases, profaneWords } from "./lists/profanity";
import { scams } from "./lists/scams";
import { slurPhrases, slurWords } from "./lists/slurs";
import { threats } from "./lists/threats";
import { Masked } from "./masked";
import { Phrasebook } from "./phrasebook";

const wordsOf = (kind: "profanity" | "slur", strength: Strength): string[] => {
  const own = kind === "profanity" ? profaneWords : slurWords;
  const words = own[strength].split(/\s+/).filter(Boolean).map(folded);
  return [...words, ...englishWords(kind, strength)];
};

const linesOf = (kind: "profanity" | "slur") =>
  strengths.map((strength) => `${strength[0]} ${wordsOf(kind, strength).join("|")}`);

const book = new Phrasebook(groups, {
  profanity: [...linesOf("profanity"), ...profanePhrases],
  slur: [...linesOf("slur"), ...slurPhrases],
  threat: [...threats, ...idioms, ...blackmail],
  scam: [...scams, ...lures, ...pretexts],
});

function words(kind: "profanity" | "slur"): Detector {
  // What is hidden is looked for among what nobody can mean otherwise.
  const masked = new Masked([...wordsOf(kind, "low"), ...wordsOf(kind, "normal")]);
  return {
    kind,
    canBeSplit: false,
    find: (prepared, surroundings) => {
      const found = book.find(kind, prepared, surroundings);
      if (surroundings.strength !== "low") {
        masked.find(prepared.text, book.wordsOf(prepared), surroundings.most, found);
      }
      return found;
    },
  };
}

const phrases = (kind: "threat" | "scam"): Detector => ({
  kind,
  canBeSplit: false,
  find: (prepared, surroundings) => book.find(kind, prepared, surroundings),
});

/** Words that hurt people, and words that cheat them, in English, German, French and Spanish. */
export const abuse: readonly Detector[] = [
  words("slur"),
  words("profanity"),
  phrases("threat"),
  phrases("scam"),
];
