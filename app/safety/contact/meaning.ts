import { wordSet } from "../words/word-set";
import { type Atoms, atomSorts } from "./atom-columns";

const atWords = wordSet("at a aet et arroba arobase arobas klammeraffe affenschwanz chez bei");
const dotWords = wordSet("dot d0t punkt punto point pkt pt dott p0int");

/** What an atom can stand for between the parts of an address; 0 for nothing. */
export function meaningOf(
  atoms: Atoms,
  at: number,
): 0 | typeof atomSorts.at | typeof atomSorts.dot {
  if (atoms.isLabel(at)) {
    const word = atoms.word(at);
    if (word === 0) return 0;
    if (atWords.has(word)) return atomSorts.at;
    return dotWords.has(word) ? atomSorts.dot : 0;
  }
  if (atoms.isAt(at)) return atomSorts.at;
  return atoms.isDot(at) ? atomSorts.dot : 0;
}
