import type { Atoms } from "./atom-columns";

/** What stands before the "at" of an e-mail address. */
export type Local = { from: number; text: string; isDisguised: boolean };

const connectors = ".-_+";
const mostParts = 20;

/** Reads it backwards, with spelled dots where the rest is in disguise too. */
export function readLocal(atoms: Atoms, at: number): Local | null {
  let isDisguised = atoms.isSpace(at - 1);
  let from = isDisguised ? at - 2 : at - 1;
  if (!atoms.isLabel(from)) return null;
  let text = atoms.string(from);
  for (let parts = 0; parts < mostParts; parts++) {
    if (isConnected(atoms, from - 1)) {
      text = atoms.string(from - 2) + atoms.string(from - 1) + text;
      from -= 2;
    } else if (isSaidDot(atoms, from - 2)) {
      text = `${atoms.string(from - 4)}.${text}`;
      from -= 4;
      isDisguised = true;
    } else break;
  }
  return { from, text, isDisguised };
}

const isConnected = (atoms: Atoms, at: number) =>
  atoms.isOneOf(at, connectors) && atoms.isLabel(at - 1) && atoms.to(at - 1) === atoms.from(at);

/** "anna dot smith" */
const isSaidDot = (atoms: Atoms, at: number) =>
  atoms.isDot(at) &&
  !atoms.isWritten(at) &&
  atoms.isSpace(at + 1) &&
  atoms.isSpace(at - 1) &&
  atoms.isLabel(at - 2);
