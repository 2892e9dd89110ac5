import type { Finding, Surroundings } from "../detector";
import type { Prepared } from "../prepare";
import { wordSet } from "../words/word-set";
import { isAllowed } from "./allowed-domain";
import type { Atoms } from "./atom-columns";
import { commonTopLevels, readDomain } from "./domain";
import { endOfPath } from "./link-path";

/** @property end the atom after all that belongs to it; where nothing is found, `from` is `to` */
export type Link = Finding & { end: number };

const schemeNames = "http https hxxp hxxps ftp htp htps";
const schemes = wordSet(schemeNames);
const hidden = wordSet("hxxp hxxps");
const wwwNames = "www www0 www1 www2 www3 www4 www5 www6 www7 www8 www9";
const wwws = wordSet(wwwNames);
/** By which an address of the web says itself that it is one. */
export const marks = wordSet(`${schemeNames} ${wwwNames}`);
const mostSigns = 6;
/** Atoms of "name:password". */
const mostOfUser = 60;

/** Where an address of the web that says so itself begins here: with a scheme, or with "www". */
export function readMarked(
  prepared: Prepared,
  atoms: Atoms,
  at: number,
  surroundings: Surroundings,
): Link | null {
  const word = atoms.word(at);
  if (!marks.has(word)) return null;
  const start = afterScheme(atoms, at);
  if (start === null && !wwws.has(word)) return null;
  const host = start === null ? at : afterUser(atoms, start);
  const domain = readDomain(atoms, host, true);
  const from = atoms.from(at);
  if (domain) {
    const to = atoms.to(domain.end - 1);
    const isOwn =
      host === (start ?? at) &&
      isAllowed(prepared, domain, atoms.from(host), to, surroundings.allowedDomains);
    // Where it leads may be in its path.
    if (isOwn) return { from: to, to, end: domain.end };
    const end = endOfPath(atoms, domain.end);
    const isDisguised = domain.isDisguised || hidden.has(word);
    return { from, to: atoms.to(end - 1), end, isDisguised };
  }
  return start === null ? readApart(atoms, at) : readUnknown(atoms, at, start);
}

/** An address of numbers, or a name that only some networks know. */
function readUnknown(atoms: Atoms, at: number, start: number): Link | null {
  if (!atoms.isLabel(start)) return null;
  let end = start + 1;
  while (end < atoms.count && !atoms.isSpace(end)) end++;
  return { from: atoms.from(at), to: atoms.to(end - 1), end };
}

/** "www myshop de" */
function readApart(atoms: Atoms, at: number): Link | null {
  const isApart =
    atoms.isSpace(at + 1) &&
    atoms.isLabel(at + 2) &&
    (atoms.isSpace(at + 3) || atoms.isChar(at + 3, ",")) &&
    commonTopLevels.has(atoms.word(at + 4));
  if (!isApart) return null;
  return { from: atoms.from(at), to: atoms.to(at + 4), end: at + 5, isDisguised: true };
}

/** The atom after "://" if a scheme stands here, also where a sign of it is missing. */
function afterScheme(atoms: Atoms, at: number): number | null {
  if (!schemes.has(atoms.word(at))) return null;
  let next = at + 1;
  let signs = 0;
  while (signs < mostSigns && (atoms.isOneOf(next, ":/") || isLoneSpace(atoms, next))) {
    if (!atoms.isSpace(next)) signs++;
    next++;
  }
  return signs >= 2 ? next : null;
}

const isLoneSpace = (atoms: Atoms, at: number) => atoms.isSpace(at) && atoms.length(at) === 1;

/** Of "name:password@host" the host. */
function afterUser(atoms: Atoms, at: number): number {
  let host = at;
  const last = Math.min(atoms.count, at + mostOfUser);
  for (let i = at; i < last && !atoms.isOneOf(i, "/?#\\") && !isLoneSpace(atoms, i); i++)
    if (atoms.isChar(i, "@")) host = i + 1;
  return host;
}
