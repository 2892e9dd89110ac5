import type { Detector } from "../detector";
import { type Strength, strengths } from "../filters";
import { englishWords } from "./english";
import { folded } from "./lexicon";
import { groups } from "./lists/groups";
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
  threat: threats,
  scam: scams,
});

function words(kind: "profanity" | "slur"): Detector {
  // What is hidden is looked for among what nobody can mean otherwise.
  const masked = new Masked([...wordsOf(kind, "low"), ...wordsOf(kind, "normal")]);
  return {
    kind,
    canBeSplit: false,
    find: (prepared, { strength }) => {
      const found = book.find(kind, prepared, strength);
      return strength === "low" ? found : [...found, ...masked.find(prepared)];
    },
  };
}

const phrases = (kind: "threat" | "scam"): Detector => ({
  kind,
  canBeSplit: false,
  find: (prepared, { strength }) => book.find(kind, prepared, strength),
});

/** Words that hurt people, and words that cheat them, in English, German, French and Spanish. */
export const abuse: readonly Detector[] = [
  words("slur"),
  words("profanity"),
  phrases("threat"),
  phrases("scam"),
];
