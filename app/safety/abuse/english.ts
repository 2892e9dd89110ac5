import { englishDataset } from "obscenity";
import type { Strength } from "../filters";

/**
 * What of `obscenity`'s list of English words counts, and from which strength on. Left out is what is
 * harmless in a market of four languages: `negro` and `rape` (Spanish, French), `ass`, `cum` and `anal` as
 * beginnings (Assistent, cumplir, Kanal), `fag` as in Fagott, `cock` as in cockpit.
 */
const used: Record<"profanity" | "slur", Record<Strength, string[]>> = {
  profanity: {
    low: ["fuck", "shit", "bitch", "cunt", "slut", "whore"],
    normal: ["bollocks", "blowjob", "cuck", "handjob", "jizz", "twat", "wank"],
    high: [
      "buttplug",
      "dildo",
      "gangbang",
      "masturbate",
      "orgy",
      "penis",
      "porn",
      "turd",
      "vagina",
    ],
  },
  slur: {
    low: ["africoon", "arabush", "boonga", "chingchong", "kike", "nigger"],
    normal: ["abeed"],
    high: ["dyke", "spastic", "tranny"],
  },
};

/** Words of other languages, and what stands among the phrases. */
const harmless = new Set(["bich", "fucking", "bitche", "shite", "nig", "nigs"]);
const endings = ["", "s", "es", "ed", "er", "ers", "in", "ing", "y"];
const fewestLetters = 3;

type Node = { kind: number; childNode?: Node; chars?: number[] };

/** The words that a pattern of the library matches; none where it has a place for any letter. */
function spellings([node, ...rest]: readonly Node[]): string[] {
  if (!node) return [""];
  const after = spellings(rest);
  const own = node.chars ? [String.fromCodePoint(...node.chars)] : [];
  const perhaps = node.childNode ? ["", ...spellings([node.childNode])] : own;
  return perhaps.flatMap((first) => after.map((last) => first + last));
}

const terms = englishDataset.build().blacklistedTerms.map(({ id, pattern }) => {
  const match = { termId: id, startIndex: 0, endIndex: 0, matchLength: 0 };
  const { phraseMetadata } = englishDataset.getPayloadWithPhraseMetadata(match);
  return { name: phraseMetadata?.originalWord ?? "", nodes: pattern.nodes as readonly Node[] };
});

/** Whole words with their usual endings. */
export function englishWords(kind: "profanity" | "slur", strength: Strength): string[] {
  const names = used[kind][strength];
  const stems = terms.flatMap(({ name, nodes }) =>
    names.includes(name) ? [name, ...spellings(nodes)] : [],
  );
  const known = stems.filter((stem) => stem.length >= fewestLetters && !harmless.has(stem));
  const all = new Set(known.flatMap((stem) => endings.map((ending) => stem + ending)));
  return [...all].filter((word) => !harmless.has(word));
}
