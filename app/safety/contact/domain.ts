import { parse } from "tldts";
import { wordSet } from "../words/word-set";
import type { Atoms, How } from "./atom-columns";

/** A name of at least two labels whose end is a public suffix. */
export type Domain = {
  /** The atom after its last. */
  end: number;
  name: string;
  labels: string[];
  /** With spaces in it, or with words for its dots. */
  isDisguised: boolean;
  /** The weakest of its dots. */
  how: How;
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

const sure = "com net org info biz eu uk edu xyz shop store online site app dev club website";
/** Top levels that are no word of a sentence, so that spaces around their dot mislead nobody. */
export const sureTopLevels = wordSet(sure);

/** Of countries whose languages we know, and often seen: only between spaces they may be a word. */
export const commonTopLevels = wordSet(`
  ${sure} de fr ch at es nl pl it be lu li io gg ly cc tv ru cz dk se ie pt us ca au ua cn tk gl`);

/** In characters (RFC 1035). */
const longestLabel = 63;

/** The atom after a label and those that hyphens tie to it; `null` where none begins. */
function endOfLabel(atoms: Atoms, at: number): number | null {
  if (!atoms.isLabel(at) && !atoms.isSaid(at)) return null;
  let end = at + 1;
  while (
    (atoms.isChar(end, "-") || atoms.isChar(end, "_")) &&
    atoms.isLabel(end + 1) &&
    atoms.from(end + 1) === atoms.to(end - 1) + 1 &&
    atoms.to(end + 1) - atoms.from(at) <= longestLabel
  )
    end += 2;
  return end;
}

function textOf(atoms: Atoms, from: number, end: number): string {
  let text = atoms.string(from);
  for (let at = from + 1; at < end; at++) text += atoms.string(at);
  return text;
}

const mostLabels = 10;

/**
 * Reads a domain, also where dots are spelled or have spaces around them.
 *
 * @param isAddress after an "at" more is meant as a dot than elsewhere
 */
export function readDomain(atoms: Atoms, at: number, isAddress: boolean): Domain | null {
  // Most words have a space and another word after them.
  if (atoms.isSpace(at + 1) && !atoms.isDot(at + 2)) return null;
  if (!atoms.isLabel(at)) return null;
  let end = endOfLabel(atoms, at) as number;
  let labels: string[] | null = null;
  let best: Domain | null = null;
  let how: How = "sign";
  let isDisguised = atoms.isSpaced(at);
  while ((labels?.length ?? 1) < mostLabels) {
    const isGapBefore = atoms.isSpace(end);
    const dot = isGapBefore ? end + 1 : end;
    const isComma = isAddress && !isGapBefore && atoms.isChar(dot, ",");
    if (!atoms.isDot(dot) && !isComma) break;
    const isGapAfter = atoms.isSpace(dot + 1);
    const labelAt = isGapAfter ? dot + 2 : dot + 1;
    const labelEnd = endOfLabel(atoms, labelAt);
    if (labelEnd === null) break;
    const dotHow = atoms.how(dot);
    const isSpelled = dotHow !== "sign";
    if (dotHow === "said" && !(isGapBefore && isGapAfter)) break;
    // "Fine. Com" ends a sentence; " . " and " ." end none.
    if (
      !isSpelled &&
      (isGapAfter || isGapBefore) &&
      !fitsSpaces(labelEnd === labelAt + 1 ? atoms.word(labelAt) : 0, isGapBefore, isAddress)
    )
      break;
    if (dotHow === "said" || (dotHow === "marked" && how === "sign")) how = dotHow;
    if (isSpelled || isGapAfter || isGapBefore || isComma) isDisguised = true;
    labels ??= [textOf(atoms, at, end)];
    const label = textOf(atoms, labelAt, labelEnd);
    labels.push(label);
    end = labelEnd;
    if (isTopLevel(label))
      best = { end, name: labels.join("."), labels: [...labels], isDisguised, how };
  }
  return best;
}

const afterFullStop = wordSet("com org net de");
const betweenSpaces = wordSet("de fr");

function fitsSpaces(word: number, isGapBefore: boolean, isAddress: boolean): boolean {
  if (isAddress) return isGapBefore || afterFullStop.has(word);
  return isGapBefore && (sureTopLevels.has(word) || betweenSpaces.has(word));
}
