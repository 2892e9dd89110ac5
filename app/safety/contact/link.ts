import type { Detector, Finding, Surroundings } from "../detector";
import type { Prepared } from "../prepare";
import { oneWord } from "../words/one-word";
import { wordSet } from "../words/word-set";
import { isAllowed } from "./allowed-domain";
import type { Atoms } from "./atom-columns";
import { atomsOf } from "./atoms";
import { readDomain } from "./domain";
import { mayEndIn } from "./endings";
import { endOfPath } from "./link-path";
import { type Link, marks, readMarked } from "./marked-link";
import { isMeant } from "./meant-domain";

const com = wordSet("com");

/** "example,com", "example. com" */
function readComma(atoms: Atoms, at: number): Link | null {
  const isComma = atoms.isChar(at + 1, ",") && com.has(atoms.word(at + 2));
  const isApart = atoms.isDot(at + 1) && atoms.isChar(at + 2, " ") && com.has(atoms.word(at + 3));
  if (!(isComma || isApart) || atoms.length(at) < 4 || oneWord.has(atoms.word(at))) return null;
  const top = isComma ? at + 2 : at + 3;
  return { from: atoms.from(at), to: atoms.to(top), end: top + 1, isDisguised: true };
}

const gluedTops = "com|net|org|info|shop|de|fr|es|ch|at|eu|couk";
const glued = new RegExp(`^[a-z0-9]{3,40}(?:dot|punkt|punto|point)(?:${gluedTops})$`);
const mayBeGlued = mayEndIn(gluedTops.split("|"));
/** So long are labels that could be glued. */
const [shortestGlued, longestGlued] = [9, 59];

/** "myshopdotcom" */
function isGlued(atoms: Atoms, at: number): boolean {
  const length = atoms.length(at);
  if (length < shortestGlued || length > longestGlued || !mayBeGlued(atoms, at)) return false;
  return glued.test(atoms.string(at));
}

/** Whether an "at" stands there that is meant as one. */
const isAddress = (atoms: Atoms, at: number, apart: number) =>
  atoms.isAt(at) || (atoms.isSpace(at) && atoms.isAt(apart) && !atoms.isSaid(apart));

function readBare(
  prepared: Prepared,
  atoms: Atoms,
  at: number,
  { allowedDomains, isJoined }: Surroundings,
): Link | null {
  if (isGlued(atoms, at) && !isAddress(atoms, at - 1, at - 2))
    return { from: atoms.from(at), to: atoms.to(at), end: at + 1, isDisguised: true };
  const domain = readDomain(atoms, at, false);
  if (!domain) return readComma(atoms, at);
  const [from, to] = [atoms.from(at), atoms.to(domain.end - 1)];
  const end = endOfPath(atoms, domain.end);
  const hasPath =
    atoms.isChar(domain.end, "/") && end > domain.end + 1 && domain.labels.at(-2) !== "";
  // The beginning or the end of an e-mail address is no link.
  const isPart = isAddress(atoms, at - 1, at - 2) || isAddress(atoms, domain.end, domain.end + 1);
  if (isPart || !(hasPath || isMeant(prepared, atoms, at, domain, isJoined)))
    return { from: to, to, end };
  if (isAllowed(prepared, domain, from, to, allowedDomains))
    return { from: to, to, end: domain.end };
  return { from, to: atoms.to(end - 1), end, isDisguised: domain.isDisguised };
}

/** Whether a label is nothing but a word before a space, as nearly all are. */
function isUsual(atoms: Atoms, at: number): boolean {
  if (!atoms.isSpace(at + 1) || atoms.isDot(at + 2) || atoms.length(at) >= shortestGlued)
    return false;
  const word = atoms.word(at);
  return word === 0 || !marks.has(word);
}

/** Links to anywhere but the domains that are allowed. */
export const link: Detector = {
  kind: "link",
  canBeSplit: true,
  canBeCut: true,
  find(prepared, surroundings) {
    const atoms = atomsOf(prepared);
    const found: Finding[] = [];
    let at = 0;
    while (at < atoms.count && found.length < surroundings.most) {
      if (!atoms.isLabel(at) || isUsual(atoms, at)) {
        at++;
        continue;
      }
      const read =
        readMarked(prepared, atoms, at, surroundings) ??
        readBare(prepared, atoms, at, surroundings);
      if (read && read.to > read.from) {
        const { from, to, isDisguised } = read;
        found.push({ from, to, isDisguised });
      }
      at = read ? Math.max(read.end, at + 1) : at + 1;
    }
    return found;
  },
};
