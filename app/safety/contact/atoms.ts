import type { Prepared, Token } from "../prepare";

/**
 * What addresses are made of. A label is a run of letters and digits; `at` and `dot` are the signs and
 * the words that stand for them.
 */
export type Atom = {
  sort: "label" | "at" | "dot" | "space" | "sign";
  from: number;
  to: number;
  text: string;
  /** `sign`: as itself; `marked`: in brackets or a word that means nothing else; `said`: a usual word. */
  how: "sign" | "marked" | "said";
  /** Letter by letter, with something between. */
  isSpaced?: boolean;
};

const atWords = new Set(
  "at a ät aet et arroba arobase arobas klammeraffe affenschwanz chez bei".split(" "),
);
const dotWords = new Set("dot d0t punkt punto point pkt pt dott p0int".split(" "));
/** Said alone they can only be meant so. */
const surelyAt = new Set("arroba arobase arobas klammeraffe affenschwanz aet".split(" "));
const opening = "([{<";
const closing = ")]}>";
/** On both sides of a word they mark it: "anna-at-mail". */
const around = "-_*|~/\\'\"=+#^";

/** Joins letters and digits that touch. */
function labelsOf(tokens: readonly Token[]): Atom[] {
  const atoms: Atom[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const { sort, from, to, text } = tokens[at] as Token;
    const last = atoms.at(-1);
    if (sort === "word" || sort === "digits") {
      if (last?.sort === "label" && last.to === from) {
        last.to = to;
        last.text += text;
      } else atoms.push({ sort: "label", from, to, text, how: "sign" });
    } else if (sort === "space") atoms.push({ sort: "space", from, to, text, how: "sign" });
    else if (text === "@") atoms.push({ sort: "at", from, to, text, how: "sign" });
    else if (text === ".") atoms.push({ sort: "dot", from, to, text, how: "sign" });
    else atoms.push({ sort: "sign", from, to, text, how: "sign" });
  }
  return atoms;
}

const fewestSpaced = 3;
/** After "dot" two letters are a top level. */
const fewestAfterDot = 2;
const separators = " -_*|~/,.";

const isSingle = (atom: Atom | undefined) =>
  atom !== undefined &&
  atom.to - atom.from === 1 &&
  (atom.sort === "label" || atom.sort === "at" || atom.sort === "dot");

/** Reads "a n n a @ m a i l . d e" as "anna@mail.de"; what separates letters must always be the same. */
function joinSpaced(atoms: Atom[]): Atom[] {
  const joined: Atom[] = [];
  let at = 0;
  while (at < atoms.length) {
    const first = atoms[at] as Atom;
    const between = atoms[at + 1]?.text ?? "";
    let end = at;
    let letters = 0;
    if (isSingle(first) && between.length === 1 && separators.includes(between)) {
      letters = first.sort === "label" ? 1 : 0;
      while (atoms[end + 1]?.text === between && isSingle(atoms[end + 2])) {
        end += 2;
        if (atoms[end]?.sort === "label") letters++;
      }
    }
    const before = at > 1 ? meaningOf(atoms[at - 2] as Atom) : null;
    if (letters < (before === "dot" ? fewestAfterDot : fewestSpaced)) {
      // None of these begins one either.
      for (; at <= end; at++) joined.push(atoms[at] as Atom);
      continue;
    }
    for (; at <= end; at += 2) {
      const atom = atoms[at] as Atom;
      const last = joined.at(-1);
      if (atom.sort === "label" && last?.isSpaced && last.sort === "label") {
        last.to = atom.to;
        last.text += atom.text;
      } else joined.push({ ...atom, isSpaced: true });
    }
    at = end + 1;
  }
  return joined;
}

const isBracketed = (before: Atom | undefined, after: Atom | undefined) =>
  before?.sort === "sign" &&
  after?.sort === "sign" &&
  opening.includes(before.text) &&
  closing.includes(after.text);

/** Reads words and bracketed signs that stand for "@" and ".". */
function readWords(atoms: readonly Atom[]): Atom[] {
  const read: Atom[] = [];
  for (let at = 0; at < atoms.length; at++) {
    const atom = atoms[at] as Atom;
    const sort = meaningOf(atom);
    if (!sort) {
      read.push(atom);
      continue;
    }
    let before = read.length - 1;
    let after = at + 1;
    if (read[before]?.sort === "space") before--;
    if (atoms[after]?.sort === "space") after++;
    const left = read[before];
    const right = atoms[after];
    if (isBracketed(left, right)) {
      read.length = before;
      read.push({
        sort,
        from: (left as Atom).from,
        to: (right as Atom).to,
        text: atom.text,
        how: "marked",
      });
      at = after;
      continue;
    }
    const previous = read.at(-1);
    const next = atoms[at + 1];
    const isWrapped =
      atom.sort === "label" &&
      atom.text.length > 1 &&
      previous !== undefined &&
      previous.text === next?.text &&
      previous.text.length === 1 &&
      around.includes(previous.text);
    if (isWrapped) {
      read.pop();
      read.push({ sort, from: previous.from, to: next.to, text: atom.text, how: "marked" });
      at++;
    } else if (atom.sort !== "label") read.push(atom);
    else if (surelyAt.has(atom.text)) read.push({ ...atom, sort, how: "marked" });
    else if (isAloneWord(atom)) read.push({ ...atom, sort, how: "said" });
    else read.push(atom);
  }
  return read;
}

const loneWords = new Set("at dot d0t punkt punto point p0int pkt dott".split(" "));
const isAloneWord = (atom: Atom) => loneWords.has(atom.text);

function meaningOf(atom: Atom): "at" | "dot" | null {
  if (atom.sort === "at" || atom.sort === "dot") return atom.sort;
  if (atom.sort !== "label") return null;
  if (atWords.has(atom.text)) return "at";
  return dotWords.has(atom.text) ? "dot" : null;
}

const read = new WeakMap<Prepared, Atom[]>();

/** The text as detectors of addresses read it; read once. */
export function atomsOf(prepared: Prepared): Atom[] {
  let atoms = read.get(prepared);
  if (!atoms) {
    atoms = readWords(joinSpaced(labelsOf(prepared.tokens)));
    read.set(prepared, atoms);
  }
  return atoms;
}
