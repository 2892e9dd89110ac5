import type { Finding } from "../detector";
import { wordSet } from "../words/word-set";
import type { Atoms } from "./atom-columns";
import { readDomain, sureTopLevels } from "./domain";
import { mayEndIn } from "./endings";
import { sureProviders } from "./mail-providers";

const gluedProviders = "gmail|googlemail|gmx|hotmail|outlook|yahoo|icloud|protonmail|web|mail";
const gluedTops = "com|de|net|org|fr|es|ch|at|eu|info|couk";
const gluedAt = new RegExp(`^(.{2,40})at(${gluedProviders})$`);
const glued = new RegExp(`^(.{2,40}?)at([a-z]{2,20})(?:dot|punkt|punto|point)(${gluedTops})$`);
const mayBeGlued = mayEndIn([...gluedProviders.split("|"), ...gluedTops.split("|")]);
/** So long are labels that could be glued. */
const [shortest, longest] = [7, 80];

const tops = wordSet("de fr");

/** "annaatgmaildotcom", "anna gmail com", "annaATgmail.com": an address whose "at" is no atom. */
export function findAtLabel(atoms: Atoms, at: number): Finding | null {
  const length = atoms.length(at);
  if (length >= shortest && length < longest && mayBeGlued(atoms, at)) {
    const text = atoms.string(at);
    if (text.includes("at")) {
      const [from, to] = [atoms.from(at), atoms.to(at)];
      if (length > 8 && glued.test(text)) return { from, to, isDisguised: true };
      const domain = length < 60 && gluedAt.test(text) ? readDomain(atoms, at, false) : null;
      if (domain) return { from, to: atoms.to(domain.end - 1), isDisguised: true };
    }
  }
  const word = atoms.word(at);
  const isAfterName =
    word !== 0 && sureProviders.has(word) && atoms.isSpace(at - 1) && atoms.isLabel(at - 2);
  if (!isAfterName) return null;
  const from = atoms.from(at - 2);
  const top = atoms.word(at + 2);
  if (atoms.isSpace(at + 1) && atoms.isLabel(at + 2) && (sureTopLevels.has(top) || tops.has(top)))
    return { from, to: atoms.to(at + 2), isDisguised: true };
  const domain = readDomain(atoms, at, true);
  return domain && { from, to: atoms.to(domain.end - 1), isDisguised: true };
}
