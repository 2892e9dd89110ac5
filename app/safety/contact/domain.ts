import { parse } from "tldts";
import type { Atom } from "./atoms";

/** A name of at least two labels whose end is a public suffix. */
export type Domain = {
  /** The atom after its last. */
  end: number;
  name: string;
  labels: string[];
  /** With spaces in it, or with words for its dots. */
  isDisguised: boolean;
  /** The weakest of its dots. */
  how: Atom["how"];
};

const options = { allowPrivateDomains: false, extractHostname: false, detectIp: false };

const suffixes = new Map<string, boolean>();

/** Whether there is such a top level; asked of the list of public suffixes once for each. */
export function isTopLevel(label: string): boolean {
  if (label.length < 2 || label.length > 24) return false;
  let is = suffixes.get(label);
  if (is === undefined) {
    is = parse(`example.${label}`, options).isIcann === true;
    if (suffixes.size < 20_000) suffixes.set(label, is);
  }
  return is;
}

/** Top levels that are no word of a sentence, so that spaces around their dot mislead nobody. */
export const sureTopLevels: ReadonlySet<string> = new Set(
  "com net org info biz eu uk edu xyz shop store online site app dev club website".split(" "),
);

/** Of countries whose languages we know, and often seen: only between spaces they may be a word. */
export const commonTopLevels: ReadonlySet<string> = new Set([
  ...sureTopLevels,
  ..."de fr ch at es nl pl it be lu li io gg ly cc tv ru cz dk se ie pt us ca au ua cn tk gl".split(
    " ",
  ),
]);

/** A label and those that hyphens tie to it. */
function readLabel(atoms: readonly Atom[], at: number): { end: number; text: string } | null {
  const first = atoms[at];
  if (first?.sort !== "label" && first?.how !== "said") return null;
  let text = first.text;
  let end = at + 1;
  while (
    (atoms[end]?.text === "-" || atoms[end]?.text === "_") &&
    atoms[end + 1]?.sort === "label" &&
    atoms[end + 1]?.from === (atoms[end - 1] as Atom).to + 1
  ) {
    text += (atoms[end] as Atom).text + (atoms[end + 1] as Atom).text;
    end += 2;
  }
  return { end, text };
}

const mostLabels = 10;

/**
 * Reads a domain, also where dots are spelled or have spaces around them.
 *
 * @param isAddress after an "at" more is meant as a dot than elsewhere
 */
export function readDomain(atoms: readonly Atom[], at: number, isAddress: boolean): Domain | null {
  // Most words have a space and another word after them.
  if (atoms[at + 1]?.sort === "space" && atoms[at + 2]?.sort !== "dot") return null;
  const first = readLabel(atoms, at);
  if (!first || atoms[at]?.sort !== "label") return null;
  const labels = [first.text];
  let best: Domain | null = null;
  let how: Atom["how"] = "sign";
  let isDisguised = atoms[at]?.isSpaced === true;
  let { end } = first;
  while (labels.length < mostLabels) {
    let dotAt = end;
    const isGapBefore = atoms[dotAt]?.sort === "space";
    if (isGapBefore) dotAt++;
    const dot = atoms[dotAt];
    const isComma = isAddress && dot?.text === "," && !isGapBefore;
    if (dot?.sort !== "dot" && !isComma) break;
    let labelAt = dotAt + 1;
    const isGapAfter = atoms[labelAt]?.sort === "space";
    if (isGapAfter) labelAt++;
    const label = readLabel(atoms, labelAt);
    if (!label) break;
    const isSpelled = dot.how !== "sign";
    if (dot.how === "said" && !(isGapBefore && isGapAfter)) break;
    // "Fine. Com" ends a sentence; " . " and " ." end none.
    if (
      !isSpelled &&
      (isGapAfter || isGapBefore) &&
      !fitsSpaces(label.text, isGapBefore, isAddress)
    )
      break;
    if (dot.how === "said" || (dot.how === "marked" && how === "sign")) how = dot.how;
    if (isSpelled || isGapAfter || isGapBefore || isComma) isDisguised = true;
    labels.push(label.text);
    end = label.end;
    if (isTopLevel(label.text))
      best = { end, name: labels.join("."), labels: [...labels], isDisguised, how };
  }
  return best;
}

const afterFullStop = new Set(["com", "org", "net", "de"]);

function fitsSpaces(label: string, isGapBefore: boolean, isAddress: boolean): boolean {
  if (isAddress) return isGapBefore ? true : afterFullStop.has(label);
  return isGapBefore && (sureTopLevels.has(label) || label === "de" || label === "fr");
}

/** Who gives everybody an address. */
export const mailProviders: ReadonlySet<string> = new Set(
  `gmail googlemail gmx web hotmail outlook live msn yahoo ymail icloud me mac aol tonline freenet posteo
  mailbox proton protonmail pm tutanota tuta mail email orange wanadoo free laposte sfr bbox neuf yandex
  telefonica terra ono btinternet virginmedia sky talktalk bluewin fastmail hey vodafone arcor gmial gmal
  hotmial mailinator zoho`.split(/\s+/),
);

/** Those of them whose name means nothing else. */
export const sureProviders: ReadonlySet<string> = new Set(
  `gmail googlemail gmx hotmail ymail icloud protonmail posteo tutanota laposte wanadoo gmial gmal hotmial
  tonline btinternet`.split(/\s+/),
);
