import { type AtomColumns, type Atoms, atomSorts } from "./atom-columns";
import { meaningOf } from "./meaning";

const fewestSpaced = 3;
/** After "dot" two letters are a top level. */
const fewestAfterDot = 2;
const separators = " -_*|~/,.";

const isBetween = (atoms: Atoms, at: number) =>
  atoms.isSingle(at) && atoms.isSingle(at + 2) && atoms.isOneOf(at + 1, separators);

/**
 * Reads "a n n a @ m a i l . d e" as "anna@mail.de"; what separates letters must always be the same.
 *
 * @returns whether anything was written so; in most texts nothing is, and `joined` holds nothing then
 */
export function joinSpaced(atoms: AtomColumns, joined: AtomColumns): boolean {
  /** Up to there all atoms are in `joined`. */
  let kept = 0;
  for (let at = 0; at < atoms.count; ) {
    const end = endOfSpaced(atoms, at);
    if (end === at) {
      at++;
      continue;
    }
    let letters = 0;
    for (let one = at; one <= end; one += 2) if (atoms.isLabel(one)) letters++;
    const isAfterDot =
      letters < fewestSpaced && at > 1 && meaningOf(atoms, at - 2) === atomSorts.dot;
    if (letters >= (isAfterDot ? fewestAfterDot : fewestSpaced)) {
      if (kept === 0) joined.beginAs(atoms);
      joined.copy(atoms, kept, at);
      for (let one = at; one <= end; one += 2) one = joinLetters(atoms, one, end, joined);
      kept = end + 1;
    }
    // None of these begins one either.
    at = end + 1;
  }
  if (kept > 0) joined.copy(atoms, kept, atoms.count);
  return kept > 0;
}

/** The last of characters with the same separator between each two; itself where there are no more. */
function endOfSpaced(atoms: Atoms, at: number): number {
  if (!isBetween(atoms, at)) return at;
  const between = atoms.code(at + 1);
  let end = at + 2;
  while (isBetween(atoms, end) && atoms.code(end + 1) === between) end += 2;
  return end;
}

/** Joins letters up to the next sign. @returns the last of them */
function joinLetters(atoms: AtomColumns, at: number, end: number, joined: AtomColumns): number {
  if (!atoms.isLabel(at)) {
    const sort = atoms.isAt(at) ? atomSorts.at : atomSorts.dot;
    joined.addSpaced(sort, atoms.from(at), atoms.to(at), atoms.string(at));
    return at;
  }
  let letters = "";
  let last = at;
  for (let one = at; one <= end && atoms.isLabel(one); one += 2) {
    letters += atoms.string(one);
    last = one;
  }
  joined.addSpaced(atomSorts.label, atoms.from(at), atoms.to(last), letters);
  return last;
}
