import type { Atoms } from "./atom-columns";

const begins = "/:?#";
const closing = ".,;:!?)]}>\"'";

export const isNumber = (atoms: Atoms, at: number): boolean =>
  atoms.isLabel(at) && /^\d+$/.test(atoms.string(at));

/** The atom after what stands behind a host: a port, a path, what is asked for; all up to the next space. */
export function endOfPath(atoms: Atoms, end: number): number {
  if (!atoms.isOneOf(end, begins)) return end;
  if (atoms.isChar(end, ":") && !isNumber(atoms, end + 1)) return end;
  const isPath = end + 1 < atoms.count && !atoms.isSpace(end + 1);
  if (!isPath) return atoms.isChar(end, "/") ? end + 1 : end;
  let at = end;
  while (at < atoms.count && !atoms.isSpace(at)) at++;
  while (at > end && atoms.isOneOf(at - 1, closing)) at--;
  return at;
}
