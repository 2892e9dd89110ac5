import { perText } from "../per-text";
import type { Prepared } from "../prepare";
import { sorts } from "../tokens";
import { dictionary } from "../words/dictionary";
import { wordSet } from "../words/word-set";
import { AtomColumns, type Atoms, atomSorts } from "./atom-columns";
import { meaningOf } from "./meaning";
import { joinSpaced } from "./spaced";

/** Said alone they can only be meant so. */
const surelyAt = wordSet("arroba arobase arobas klammeraffe affenschwanz aet");
/** Said alone they can be meant so. */
const loneWords = wordSet("at dot d0t punkt punto point p0int pkt dott");
const opening = "([{<";
const closing = ")]}>";
/** On both sides of a word they mark it: "anna-at-mail". */
const around = "-_*|~/\\'\"=+#^";

/** Joins letters and digits that touch. */
function readLabels({ tokens, text }: Prepared, atoms: AtomColumns): void {
  atoms.begin(text, tokens.count);
  for (let at = 0; at < tokens.count; at++) {
    const sort = tokens.sort(at);
    const from = tokens.from(at);
    if (sort === sorts.word || sort === sorts.digits) {
      let last = at;
      while (isInLabel(tokens.sort(last + 1))) last++;
      const to = tokens.to(last);
      const word = last === at ? tokens.word(at) : dictionary.entryOf(text, from, to);
      atoms.add(atomSorts.label, from, to, word, last > at);
      at = last;
    } else if (sort === sorts.space) atoms.add(atomSorts.space, from, tokens.to(at));
    else if (tokens.isChar(at, "@")) atoms.add(atomSorts.at, from, from + 1);
    else if (tokens.isChar(at, ".")) atoms.add(atomSorts.dot, from, from + 1);
    else atoms.add(atomSorts.sign, from, tokens.to(at));
  }
}

const isInLabel = (sort: number) => sort === sorts.word || sort === sorts.digits;

/** Reads words and bracketed signs that stand for "@" and "."; in place, as nothing gets longer. */
function readWords(atoms: AtomColumns): void {
  let kept = 0;
  for (let at = 0; at < atoms.count; at++) {
    const sort = meaningOf(atoms, at);
    if (!sort) {
      atoms.move(at, kept++);
      continue;
    }
    const before = atoms.isSpace(kept - 1) ? kept - 2 : kept - 1;
    const after = atoms.isSpace(at + 1) ? at + 2 : at + 1;
    if (before >= 0 && isBracketed(atoms, before, after)) {
      atoms.mean(at, sort, "marked", atoms.from(before), atoms.to(after));
      atoms.move(at, before);
      kept = before + 1;
      at = after;
    } else if (kept > 0 && isWrapped(atoms, kept - 1, at)) {
      atoms.mean(at, sort, "marked", atoms.from(kept - 1), atoms.to(at + 1));
      atoms.move(at, kept - 1);
      at++;
    } else {
      const word = atoms.word(at);
      const how = surelyAt.has(word) ? "marked" : loneWords.has(word) ? "said" : null;
      if (how) atoms.mean(at, sort, how, atoms.from(at), atoms.to(at));
      atoms.move(at, kept++);
    }
  }
  atoms.count = kept;
}

const isBracketed = (atoms: Atoms, before: number, after: number) =>
  atoms.isSign(before) &&
  atoms.isSign(after) &&
  atoms.isOneOf(before, opening) &&
  atoms.isOneOf(after, closing);

const isWrapped = (atoms: Atoms, before: number, at: number) =>
  atoms.isLabel(at) &&
  atoms.length(at) > 1 &&
  atoms.code(before) === atoms.code(at + 1) &&
  atoms.isOneOf(before, around) &&
  atoms.isOneOf(at + 1, around);

const readingOf = perText(
  () => ({ written: new AtomColumns(), joined: new AtomColumns(), isJoined: false }),
  (held, prepared) => {
    readLabels(prepared, held.written);
    held.isJoined = joinSpaced(held.written, held.joined);
    readWords(held.isJoined ? held.joined : held.written);
  },
);

/** The text as detectors of addresses read it. */
export function atomsOf(prepared: Prepared): Atoms {
  const { isJoined, joined, written } = readingOf(prepared);
  return isJoined ? joined : written;
}
