import type { Detector, Finding } from "../detector";
import type { Strength } from "../filters";
import { type Atom, atomsOf } from "./atoms";
import { mailProviders, readDomain, sureProviders, sureTopLevels } from "./domain";

/** Words before "at" by which it is a place: "look at", "I am at". */
const noNames = new Set(
  `look looking live am is are be was were meet meeting start starts me you it us them him her i we they
  that this only all not still also just back up down out one there here and or at get got buy bought sell
  sold see seen found find available pickup home work arrive arrives stay stop pay paid price`.split(
    /\s+/,
  ),
);

/** Words that no domain begins with where only a said "point" or "punto" makes one of it. */
const noDomains = new Set(
  "this that the a an some any one each what which my your his her no every it un une le la el du au".split(
    " ",
  ),
);

/** Top levels that go on in a sentence: "at the red dot in the corner". */
const wordyTopLevels = new Set("in is it at to so me my no be do am us as by la".split(" "));
const connectors = new Set([".", "-", "_", "+"]);

type Local = { from: number; text: string; isDisguised: boolean };

/** Reads the part before "at" backwards, with spelled dots where the rest is in disguise too. */
function readLocal(atoms: readonly Atom[], at: number, mayHaveGap: boolean): Local | null {
  let last = at - 1;
  let isDisguised = false;
  if (atoms[last]?.sort === "space" && mayHaveGap) {
    last--;
    isDisguised = true;
  }
  const end = atoms[last];
  if (end?.sort !== "label") return null;
  let first = last;
  let text = end.text;
  for (let parts = 0; parts < 20; parts++) {
    const sign = atoms[first - 1];
    const before = atoms[first - 2];
    if (sign && connectors.has(sign.text) && before?.sort === "label" && before.to === sign.from) {
      text = before.text + sign.text + text;
      first -= 2;
      continue;
    }
    const said = atoms[first - 2];
    const spelled = atoms[first - 4];
    if (
      said?.sort === "dot" &&
      said.how !== "sign" &&
      sign?.sort === "space" &&
      atoms[first - 3]?.sort === "space" &&
      spelled?.sort === "label"
    ) {
      text = `${spelled.text}.${text}`;
      first -= 4;
      isDisguised = true;
      continue;
    }
    break;
  }
  return { from: first, text, isDisguised };
}

const looksLikeName = (text: string) => /[\d._-]/.test(text);

/** Whether "at" and "dot", which mean something else too, are meant so here. */
function isMeant(at: Atom, local: Local, labels: string[], how: Atom["how"]): boolean {
  const top = labels.at(-1) as string;
  const name = labels.at(-2) as string;
  const isProvider = labels.slice(0, -1).some((label) => mailProviders.has(label.replace("-", "")));
  if (at.how !== "said") {
    // "Thanks @peter.so we": only a word after a full stop without its space.
    return how !== "said" || isProvider || !noDomains.has(name);
  }
  if (noNames.has(local.text) && !isProvider) return false;
  if (how === "sign") return isProvider || looksLikeName(local.text);
  if (isProvider) return true;
  return !noDomains.has(name) && !wordyTopLevels.has(top);
}

const gluedAt =
  /^(.{2,40})at(gmail|googlemail|gmx|hotmail|outlook|yahoo|icloud|protonmail|web|mail)$/;
const glued =
  /^(.{2,40}?)at([a-z]{2,20})(?:dot|punkt|punto|point)(com|de|net|org|fr|es|ch|at|eu|info|couk)$/;
const providerWithTop = /^([a-z]{3,12}?)(com|de|net|org|fr|es|ch|at|couk)$/;

function findAround(atoms: readonly Atom[], at: number, strength: Strength): Finding | null {
  const atom = atoms[at] as Atom;
  const local = readLocal(atoms, at, true);
  if (!local) return null;
  let right = at + 1;
  const hasGap = atoms[right]?.sort === "space";
  if (hasGap) right++;
  if (atom.how === "said" && !hasGap) return null;
  const domain = readDomain(atoms, right, true);
  const isDisguised = local.isDisguised || hasGap || atom.how !== "sign";
  const from = (atoms[local.from] as Atom).from;
  if (domain) {
    if (!isMeant(atom, local, domain.labels, domain.how)) return null;
    const to = (atoms[domain.end - 1] as Atom).to;
    const isSpaced = atoms[local.from]?.isSpaced === true;
    return { from, to, isDisguised: isDisguised || domain.isDisguised || isSpaced };
  }
  const label = atoms[right];
  if (label?.sort !== "label") return null;
  const to = label.to;
  // "anna@gmail", "anna (at) web de", "anna@gmailcom"
  const [top, gap] = [atoms[right + 2], atoms[right + 1]];
  if (gap?.sort === "space" && top && mailProviders.has(label.text) && sureTopLevels.has(top.text))
    return { from, to: top.to, isDisguised: true };
  if (gap?.sort === "space" && mailProviders.has(label.text) && top?.text === "de")
    return { from, to: top.to, isDisguised: true };
  const [, provider] = providerWithTop.exec(label.text) ?? [];
  if (provider && mailProviders.has(provider) && atom.how !== "said")
    return { from, to, isDisguised: true };
  if (!sureProviders.has(label.text)) return null;
  const isSure =
    atom.how !== "said" ||
    strength === "high" ||
    looksLikeName(local.text) ||
    /\d/.test(local.text);
  return isSure && !(atom.how === "said" && noNames.has(local.text))
    ? { from, to, isDisguised: true }
    : null;
}

/** "annaatgmaildotcom", "anna gmail com", "annaATgmail.com" */
function findAtLabel(atoms: readonly Atom[], at: number): Finding | null {
  const { text, from, to } = atoms[at] as Atom;
  const mayHaveAt = text.includes("at");
  if (mayHaveAt && text.length > 8 && text.length < 80 && glued.test(text))
    return { from, to, isDisguised: true };
  const domain =
    mayHaveAt && text.length < 60 && gluedAt.test(text) ? readDomain(atoms, at, false) : null;
  if (domain) return { from, to: (atoms[domain.end - 1] as Atom).to, isDisguised: true };
  if (
    !sureProviders.has(text) ||
    atoms[at - 1]?.sort !== "space" ||
    atoms[at - 2]?.sort !== "label"
  )
    return null;
  const before = atoms[at - 2] as Atom;
  const gap = atoms[at + 1];
  const top = atoms[at + 2];
  const isTop =
    top?.sort === "label" &&
    (sureTopLevels.has(top.text) || top.text === "de" || top.text === "fr");
  if (gap?.sort === "space" && isTop) return { from: before.from, to: top.to, isDisguised: true };
  const dotted = readDomain(atoms, at, true);
  return dotted && { from: before.from, to: (atoms[dotted.end - 1] as Atom).to, isDisguised: true };
}

/** E-mail addresses. */
export const email: Detector = {
  kind: "email",
  canBeSplit: true,
  canBeCut: true,
  find(prepared, { strength }) {
    const atoms = atomsOf(prepared);
    const found: Finding[] = [];
    for (let at = 0; at < atoms.length; at++) {
      const atom = atoms[at] as Atom;
      if (atom.from < (found.at(-1)?.to ?? 0)) continue;
      const finding =
        atom.sort === "at"
          ? findAround(atoms, at, strength)
          : atom.sort === "label"
            ? findAtLabel(atoms, at)
            : null;
      if (finding) found.push(finding);
    }
    return found;
  },
};
