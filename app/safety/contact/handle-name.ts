import { wordSet } from "../words/word-set";
import type { Atoms } from "./atom-columns";

/** Somebody's name in a messenger. */
export type Name = {
  from: number;
  to: number;
  text: string;
  /** The atom after it. */
  end: number;
  /** It has what words have not. */
  isMarked: boolean;
  /** With signs in words. */
  isSaid: boolean;
};

/** Goods whose names are letters and digits. */
const goods =
  /^(?:iphone|ipad|ipod|galaxy|xbox|ps|rtx|gtx|playstation|pixel|airpods|macbook|windows|win|android|mp|cb|gt|s|a|x|i|m|z)\d+[a-z]{0,4}$/;

/** How signs of names are said. */
const saidSigns = new Map([
  ["underscore", "_"],
  ["unterstrich", "_"],
  ["underline", "_"],
  ["dot", "."],
  ["punkt", "."],
  ["punto", "."],
  ["point", "."],
  ["pt", "."],
  ["pkt", "."],
  ["dash", "-"],
  ["bindestrich", "-"],
  ["hashtag", "#"],
  ["raute", "#"],
]);
/** How "_" is said in several words: "guion bajo". */
const saidInSeveral = [
  ["guion", "bajo"],
  ["barra", "baja"],
  ["tiret", "bas"],
  ["tiret", "du", "bas"],
];
const saying = wordSet([...saidSigns.keys(), ...saidInSeveral.map(([first]) => first)].join(" "));

/** "anna (underscore) 92" */
function readBracketed(atoms: Atoms, at: number): { sign: string; next: number } | null {
  const opening = atoms.isSpace(at) ? at + 1 : at;
  if (!atoms.isOneOf(opening, "([{") || !saying.has(atoms.word(opening + 1))) return null;
  const sign = saidSigns.get(atoms.string(opening + 1));
  const after = opening + 3;
  const next = atoms.isSpace(after) ? after + 1 : after;
  if (!sign || !atoms.isOneOf(opening + 2, ")]}") || !atoms.isLabel(next)) return null;
  return { sign, next };
}

/** A sign that is said after a place, and the label behind it. */
function readSaidSign(atoms: Atoms, at: number): { sign: string; next: number } | null {
  const bracketed = readBracketed(atoms, at);
  if (bracketed) return bracketed;
  if (!saying.has(atoms.word(at + 1)) || !atoms.isChar(at, " ")) return null;
  const several = saidInSeveral.find((words) =>
    words.every((word, place) => atoms.is(at + 1 + 2 * place, word)),
  );
  const sign = several ? "_" : saidSigns.get(atoms.string(at + 1));
  const next = at + 1 + 2 * (several?.length ?? 1);
  if (sign === undefined || !atoms.isChar(next - 1, " ") || !atoms.isLabel(next)) return null;
  return { sign, next };
}

/** Where a name begins that goes on at a place, if signs of it are said: "anna underscore 92". */
export function beforeSaid(atoms: Atoms, at: number): number {
  let from = at;
  for (let signs = 0; signs < mostSaid; signs++) {
    const label = [4, 5, 6, 8].find(
      (back) => atoms.isLabel(from - back) && readSaidSign(atoms, from - back + 1)?.next === from,
    );
    if (!label) break;
    from -= label;
  }
  return from;
}

function isPart(atoms: Atoms, at: number): boolean {
  if (atoms.isSaid(at)) return false;
  if (atoms.isLabel(at) || atoms.isChar(at, "_")) return true;
  const isEdge = !atoms.isLabel(at + 1) || atoms.from(at + 1) !== atoms.to(at);
  if (isEdge) return false;
  return (atoms.isDot(at) && atoms.isWritten(at)) || atoms.isOneOf(at, "-#");
}

const [shortest, longest] = [3, 40];
const mostSaid = 4;
/** Atoms; what has more is too long. */
const mostParts = 2 * longest;

/** Reads labels that touch, with the signs that names have. */
export function readName(atoms: Atoms, at: number): Name | null {
  const hasSign = atoms.isAt(at) && atoms.isWritten(at);
  const start = hasSign ? at + 1 : at;
  let text = "";
  let end = start;
  let isSaid = false;
  while (isPart(atoms, end)) {
    if (end - start > mostParts) return null;
    const isLabel = atoms.isLabel(end);
    text += atoms.string(end++);
    const said = isLabel ? readSaidSign(atoms, end) : null;
    if (said) {
      text += said.sign;
      end = said.next;
      isSaid = true;
    }
  }
  if (text.length < shortest || text.length > longest || !/[a-z]/.test(text)) return null;
  return {
    from: atoms.from(at),
    to: atoms.to(end - 1),
    text,
    end,
    isMarked: hasSign || looksLikeName(text),
    isSaid,
  };
}

const looksLikeName = (text: string) =>
  (/[_#]|[a-z]\.[a-z]/.test(text) || (/\d/.test(text) && /[a-z]{3}/.test(text))) &&
  !goods.test(text);
