import type { Detector, Finding } from "../detector";
import type { Strength } from "../filters";
import { wordSet } from "../words/word-set";
import type { Atoms, How } from "./atom-columns";
import { atomsOf } from "./atoms";
import { readDomain, sureTopLevels } from "./domain";
import { findAtLabel } from "./glued-email";
import { type Local, readLocal } from "./local-part";
import { mailProviders, sureProviders } from "./mail-providers";

/** Words before "at" by which it is a place: "look at", "I am at". */
const noNames = wordSet(
  `look looking live am is are be was were meet meeting start starts me you it us them him her i we they
  that this only all not still also just back up down out one there here and or at get got buy bought sell
  sold see seen found find available pickup home work arrive arrives stay stop pay paid price`,
);

/** Words that no domain begins with where only a said "point" or "punto" makes one of it. */
const noDomains = wordSet(
  "this that the a an some any one each what which my your his her no every it un une le la el du au",
);

/** Top levels that go on in a sentence: "at the red dot in the corner". */
const wordyTopLevels = wordSet("in is it at to so me my no be do am us as by la");

const looksLikeName = (text: string) => /[\d._-]/.test(text);

/** Whether "at" and "dot", which mean something else too, are meant so here. */
function isMeant(isSaid: boolean, local: Local, labels: string[], how: How): boolean {
  const top = labels.at(-1) as string;
  const name = labels.at(-2) as string;
  const isProvider = labels
    .slice(0, -1)
    .some((label) => mailProviders.hasText(label.replace("-", "")));
  if (!isSaid) {
    // "Thanks @peter.so we": only a word after a full stop without its space.
    return how !== "said" || isProvider || !noDomains.hasText(name);
  }
  if (noNames.hasText(local.text) && !isProvider) return false;
  if (how === "sign") return isProvider || looksLikeName(local.text);
  if (isProvider) return true;
  return !noDomains.hasText(name) && !wordyTopLevels.hasText(top);
}

const providerWithTop = /^([a-z]{3,12}?)(com|de|net|org|fr|es|ch|at|couk)$/;
/** "gmail" and "com", which is as long as any. */
const longestGlued = 16;
const ofProviders = wordSet("de");

function findAround(atoms: Atoms, at: number, strength: Strength): Finding | null {
  const isSaid = atoms.isSaid(at);
  const hasGap = atoms.isSpace(at + 1);
  if (isSaid && !hasGap) return null;
  const right = hasGap ? at + 2 : at + 1;
  const domain = readDomain(atoms, right, true);
  // Most people are "at" a place.
  if (isSaid && !domain && !sureProviders.has(atoms.word(right)) && !isProvider(atoms, right))
    return null;
  const local = readLocal(atoms, at);
  if (!local) return null;
  const from = atoms.from(local.from);
  if (domain) {
    if (!isMeant(isSaid, local, domain.labels, domain.how)) return null;
    const isDisguised =
      local.isDisguised ||
      hasGap ||
      !atoms.isWritten(at) ||
      domain.isDisguised ||
      atoms.isSpaced(local.from);
    return { from, to: atoms.to(domain.end - 1), isDisguised };
  }
  if (!atoms.isLabel(right)) return null;
  const to = endWithoutDot(atoms, at, right);
  if (to !== null) return { from, to, isDisguised: true };
  if (!sureProviders.has(atoms.word(right))) return null;
  const isSure = !isSaid || strength === "high" || looksLikeName(local.text);
  return isSure && !(isSaid && noNames.hasText(local.text))
    ? { from, to: atoms.to(right), isDisguised: true }
    : null;
}

const isProvider = (atoms: Atoms, at: number) =>
  atoms.isLabel(at) && mailProviders.has(atoms.word(at)) && atoms.isSpace(at + 1);

/** Of "anna@gmail com", "anna (at) web de", "anna@gmailcom" the place after it. */
function endWithoutDot(atoms: Atoms, at: number, right: number): number | null {
  const top = atoms.word(right + 2);
  if (isProvider(atoms, right) && (sureTopLevels.has(top) || ofProviders.has(top)))
    return atoms.to(right + 2);
  if (atoms.isSaid(at) || atoms.length(right) > longestGlued) return null;
  const [, provider] = providerWithTop.exec(atoms.string(right)) ?? [];
  return provider && mailProviders.hasText(provider) ? atoms.to(right) : null;
}

/** E-mail addresses. */
export const email: Detector = {
  kind: "email",
  canBeSplit: true,
  canBeCut: true,
  find(prepared, { strength, most }) {
    const atoms = atomsOf(prepared);
    const found: Finding[] = [];
    let end = 0;
    for (let at = 0; at < atoms.count && found.length < most; at++) {
      if (atoms.from(at) < end) continue;
      const finding = atoms.isAt(at)
        ? findAround(atoms, at, strength)
        : atoms.isLabel(at)
          ? findAtLabel(atoms, at)
          : null;
      if (finding) {
        found.push(finding);
        end = finding.to;
      }
    }
    return found;
  },
};
