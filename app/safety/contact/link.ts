import type { Detector, Finding, Surroundings } from "../detector";
import { oneWord } from "../may-be-part";
import { isTricked, originalOf, type Prepared } from "../prepare";
import { type Atom, atomsOf } from "./atoms";
import { commonTopLevels, type Domain, isTopLevel, readDomain, sureTopLevels } from "./domain";

const schemes = new Set("http https hxxp hxxps ftp htp htps".split(" "));

/** Top levels that files end in. */
const fileEndings = new Set("zip mov md py sh rs ps".split(" "));

/** Names of things that look like domains. */
const things = new Set("asp.net vb.net ado.net socket.io draw.io b.net".split(" "));

/** Domains whose name is one letter. */
const oneLetter = new Set("t.me t.co x.com g.co m.me".split(" "));

/** What a link follows more often than a sentence without its space does. */
const announcing = new Set(
  `auf unter bei von on at from visit see siehe via sur chez en web site seite website webseite link url shop
  homepage pagina page besuch besucht through check schau google webshop tienda sitio boutique here hier aqui
  ici store`.split(/\s+/),
);

/** Abbreviations of days and the like, which a full stop may follow without a space. */
const abbreviations = new Set(
  `mo di mi do fr sa so lu ma me je ve mon tue wed thu fri sat sun nr no st str ca inkl zzgl bzw usw evtl
  ggf max min dr mr mrs ms vs tel it is there here das es ist auch und aber this that not him her me you
  weg da so ab an noch mehr ware gekauft haben kann geht machen`.split(/\s+/),
);

const isNumber = (label: string) => /^\d+$/.test(label);

/** Whether a sentence goes on after a place: "super.so machen wir es". */
const goesOn = (atoms: readonly Atom[], end: number) =>
  atoms[end]?.sort === "space" && atoms[end]?.text !== "\n" && atoms[end + 1]?.sort === "label";

/** Whether a domain without anything that marks it as a link is meant as one. */
function isMeant(
  prepared: Prepared,
  atoms: readonly Atom[],
  at: number,
  domain: Domain,
  isJoined: boolean,
): boolean {
  const { labels, name, end, how } = domain;
  const top = labels.at(-1) as string;
  const before = labels.at(-2) as string;
  if (things.has(name) || fileEndings.has(top)) return false;
  if (before.length < 2 && !oneLetter.has(name)) return false;
  if (isNumber(before) && !sureTopLevels.has(top)) return false;
  const isWord = oneWord.has(before) || abbreviations.has(before);
  const said = previousLabel(atoms, at);
  const isAnnounced = said !== null && announcing.has(said);
  if (how !== "sign") {
    if (isWord) return false;
    if (how === "marked") return isTopLevel(top);
    // "punto de venta", "point de vue", "au point com"
    const isForeign = atoms.slice(at, end).some(({ text }) => text === "punto" || text === "point");
    if (
      isForeign &&
      !sureTopLevels.has(top) &&
      !(top === "fr" || (top === "es" && (isAnnounced || !goesOn(atoms, end))))
    )
      return false;
    return commonTopLevels.has(top) && (!sentenceTops.has(top) || isForeign);
  }
  const last = atoms[end - 1] as Atom;
  const first = prepared.cased.charAt(last.from);
  const isCapital = first !== prepared.text.charAt(last.from);
  const isShouted =
    isCapital &&
    prepared.cased.slice(last.from, last.to) ===
      prepared.cased.slice(last.from, last.to).toUpperCase();
  if (isCapital && !isShouted && !sureTopLevels.has(top)) return false;
  if (sureTopLevels.has(top)) return !isWord || !goesOn(atoms, end);
  if (isWord) return false;
  if (isAnnounced || labels.length > 2 || /[\d-]/.test(before)) return true;
  if (commonTopLevels.has(top) && !sentenceTops.has(top)) return true;
  return !isJoined && !goesOn(atoms, end);
}

/** Of the common ones, those that sentences begin with in one of the four languages. */
const sentenceTops = new Set("es at it be se us".split(" "));

function previousLabel(atoms: readonly Atom[], at: number): string | null {
  for (let i = at - 1; i >= Math.max(0, at - 3); i--)
    if (atoms[i]?.sort === "label" || atoms[i]?.how === "said") return atoms[i]?.text ?? null;
  return null;
}

/** Behind a host: a port, a path, what is asked for; all up to the next space. */
function endOfPath(atoms: readonly Atom[], end: number): number {
  const next = atoms[end];
  if (next?.text !== "/" && next?.text !== ":" && next?.text !== "?" && next?.text !== "#")
    return end;
  if (next.text === ":" && !isNumber(atoms[end + 1]?.text ?? "")) return end;
  const isPath = atoms[end + 1] !== undefined && atoms[end + 1]?.sort !== "space";
  if (!isPath) return next.text === "/" ? end + 1 : end;
  let at = end;
  while (atoms[at] && atoms[at]?.sort !== "space") at++;
  while (at > end && /^[.,;:!?)\]}>"']$/.test((atoms[at - 1] as Atom).text)) at--;
  return at;
}

/** The atom after "://" if a scheme stands here, also where a sign of it is missing. */
function afterScheme(atoms: readonly Atom[], at: number): number | null {
  if (!schemes.has(atoms[at]?.text ?? "")) return null;
  let next = at + 1;
  let signs = 0;
  while (signs < 6 && atoms[next] && /^[:/\s]$/.test((atoms[next] as Atom).text)) {
    if (atoms[next]?.sort !== "space") signs++;
    next++;
  }
  return signs >= 2 ? next : null;
}

/** Of "name:password@host" the host. */
function afterUser(atoms: readonly Atom[], at: number): number {
  let host = at;
  for (let i = at; atoms[i] && !/^[\s/?#\\]$/.test((atoms[i] as Atom).text); i++)
    if (atoms[i]?.text === "@") host = i + 1;
  return host;
}

function isAllowed(
  prepared: Prepared,
  domain: Domain,
  from: number,
  to: number,
  { allowedDomains }: Surroundings,
): boolean {
  if (allowedDomains.length === 0 || isTricked(prepared, from, to)) return false;
  const written = originalOf(prepared, from, to).normalize("NFC").toLowerCase();
  const name = domain.isDisguised ? domain.name : written;
  return allowedDomains.some((allowed) => name === allowed || name.endsWith(`.${allowed}`));
}

const gluedDot =
  /^[a-z0-9]{3,40}(?:dot|punkt|punto|point)(?:com|net|org|info|shop|de|fr|es|ch|at|eu|couk)$/;

type Link = Finding & { end: number };

/** Where an address of the web that says so itself begins here: with a scheme, or with "www". */
function readMarked(
  prepared: Prepared,
  atoms: readonly Atom[],
  at: number,
  surroundings: Surroundings,
): Link | null {
  const start = afterScheme(atoms, at);
  const { text } = atoms[at] as Atom;
  const isWww = text.startsWith("www") && /^www\d?$/.test(text);
  if (start === null && !isWww) return null;
  const first = atoms[at] as Atom;
  const host = start === null ? at : afterUser(atoms, start);
  const domain = readDomain(atoms, host, true);
  if (domain) {
    const [from, to] = [(atoms[host] as Atom).from, (atoms[domain.end - 1] as Atom).to];
    const end = endOfPath(atoms, domain.end);
    const isOwn = host === (start ?? at) && isAllowed(prepared, domain, from, to, surroundings);
    const isDisguised = domain.isDisguised || first.text.startsWith("hxx");
    // Where it leads may be in its path.
    if (isOwn) return { from: to, to, end: domain.end };
    return { from: first.from, to: (atoms[end - 1] as Atom).to, end, isDisguised };
  }
  if (start !== null) {
    // An address of numbers, or a name that only some networks know.
    const label = atoms[start];
    if (label?.sort !== "label") return null;
    let end = start + 1;
    while (atoms[end] && atoms[end]?.sort !== "space") end++;
    return { from: first.from, to: (atoms[end - 1] as Atom).to, end };
  }
  // "www myshop de"
  const [gap, name, second, top] = atoms.slice(at + 1, at + 5);
  if (gap?.sort !== "space" || name?.sort !== "label" || !top || !second) return null;
  if ((second.sort !== "space" && second.text !== ",") || !commonTopLevels.has(top.text))
    return null;
  return { from: first.from, to: top.to, end: at + 5, isDisguised: true };
}

/** "example,com", "example. com" */
function readComma(atoms: readonly Atom[], at: number): Link | null {
  const sign = atoms[at + 1];
  if (sign?.text !== "," && sign?.sort !== "dot") return null;
  const [name, gap, next] = [atoms[at], atoms[at + 2], atoms[at + 3]];
  const isComma = sign?.text === "," && gap?.text === "com";
  const isApart = sign?.sort === "dot" && gap?.text === " " && next?.text === "com";
  const top = isComma ? gap : isApart ? next : null;
  if (!top || !name || name.text.length < 4 || oneWord.has(name.text)) return null;
  return { from: name.from, to: top.to, end: at + (isComma ? 3 : 4), isDisguised: true };
}

function readBare(
  prepared: Prepared,
  atoms: readonly Atom[],
  at: number,
  surroundings: Surroundings,
): Link | null {
  const previous = atoms[at - 1];
  // The end of an e-mail address is no link.
  const isAfterAt =
    previous?.sort === "at" ||
    (previous?.sort === "space" && atoms[at - 2]?.sort === "at" && atoms[at - 2]?.how !== "said");
  const label = atoms[at] as Atom;
  if (label.text.length > 8 && label.text.length < 60 && gluedDot.test(label.text) && !isAfterAt)
    return { from: label.from, to: label.to, end: at + 1, isDisguised: true };
  const domain = readDomain(atoms, at, false);
  if (!domain) return readComma(atoms, at);
  const next = atoms[domain.end];
  const [from, to] = [(atoms[at] as Atom).from, (atoms[domain.end - 1] as Atom).to];
  const end = endOfPath(atoms, domain.end);
  const isAddress =
    isAfterAt ||
    next?.sort === "at" ||
    (next?.sort === "space" &&
      atoms[domain.end + 1]?.sort === "at" &&
      atoms[domain.end + 1]?.how !== "said");
  const hasPath = next?.text === "/" && end > domain.end + 1 && domain.labels.at(-2) !== "";
  if (isAddress || !(hasPath || isMeant(prepared, atoms, at, domain, surroundings.isJoined)))
    return { from: to, to, end };
  if (isAllowed(prepared, domain, from, to, surroundings)) return { from: to, to, end: domain.end };
  return { from, to: (atoms[end - 1] as Atom).to, end, isDisguised: domain.isDisguised };
}

/** Links to anywhere but the domains that are allowed. */
export const link: Detector = {
  kind: "link",
  canBeSplit: true,
  canBeCut: true,
  find(prepared, surroundings) {
    const atoms = atomsOf(prepared);
    const found: Finding[] = [];
    let at = 0;
    while (at < atoms.length) {
      if (atoms[at]?.sort !== "label") {
        at++;
        continue;
      }
      const read =
        readMarked(prepared, atoms, at, surroundings) ??
        readBare(prepared, atoms, at, surroundings);
      if (read && read.to > read.from) {
        const { from, to, isDisguised } = read;
        found.push({ from, to, isDisguised });
      }
      at = read ? Math.max(read.end, at + 1) : at + 1;
    }
    return found;
  },
};
