import type { Prepared } from "../prepare";
import { oneWord } from "../words/one-word";
import { wordSet } from "../words/word-set";
import type { Atoms } from "./atom-columns";
import { commonTopLevels, type Domain, isTopLevel, sureTopLevels } from "./domain";

/** Top levels that files end in. */
const fileEndings = wordSet("zip mov md py sh rs ps");

/** Names of things that look like domains. */
const things = new Set("asp.net vb.net ado.net socket.io draw.io b.net".split(" "));

/** Domains whose name is one letter. */
const oneLetter = new Set("t.me t.co x.com g.co m.me".split(" "));

/** What a link follows more often than a sentence without its space does. */
const announcing = wordSet(
  `auf unter bei von on at from visit see siehe via sur chez en web site seite website webseite link url shop
  homepage pagina page besuch besucht through check schau google webshop tienda sitio boutique here hier aqui
  ici store`,
);

/** Abbreviations of days and the like, which a full stop may follow without a space. */
const abbreviations = wordSet(
  `mo di mi do fr sa so lu ma me je ve mon tue wed thu fri sat sun nr no st str ca inkl zzgl bzw usw evtl
  ggf max min dr mr mrs ms vs tel it is there here das es ist auch und aber this that not him her me you
  weg da so ab an noch mehr ware gekauft haben kann geht machen`,
);

/** Of the common top levels, those that sentences begin with in one of the four languages. */
const sentenceTops = wordSet("es at it be se us");
const foreignDots = wordSet("punto point");

const isNumber = /^\d+$/;

/** Whether a sentence goes on after a place: "super.so machen wir es". */
const goesOn = (atoms: Atoms, end: number) =>
  atoms.isSpace(end) && !atoms.isChar(end, "\n") && atoms.isLabel(end + 1);

function isAnnouncedAt(atoms: Atoms, at: number): boolean {
  for (let before = at - 1; before >= Math.max(0, at - 3); before--)
    if (atoms.isLabel(before) || atoms.isSaid(before)) return announcing.has(atoms.word(before));
  return false;
}

/**
 * Whether a domain without anything that marks it as a link is meant as one.
 *
 * @param at the atom with which it begins
 * @param isJoined see `Surroundings`
 */
export function isMeant(
  prepared: Prepared,
  atoms: Atoms,
  at: number,
  domain: Domain,
  isJoined: boolean,
): boolean {
  const { labels, name, end, how } = domain;
  const top = labels.at(-1) as string;
  const before = labels.at(-2) as string;
  if (things.has(name) || fileEndings.hasText(top)) return false;
  if (before.length < 2 && !oneLetter.has(name)) return false;
  const isSure = sureTopLevels.hasText(top);
  if (isNumber.test(before) && !isSure) return false;
  const isWord = oneWord.hasText(before) || abbreviations.hasText(before);
  if (how !== "sign") return !isWord && isSaidMeant(atoms, at, domain);
  if (!isSure && isCapital(prepared, atoms, end - 1)) return false;
  if (isSure) return !isWord || !goesOn(atoms, end);
  if (isWord) return false;
  if (isAnnouncedAt(atoms, at) || labels.length > 2 || /[\d-]/.test(before)) return true;
  if (commonTopLevels.hasText(top) && !sentenceTops.hasText(top)) return true;
  return !isJoined && !goesOn(atoms, end);
}

/** Whether one with a dot in words is meant: not "punto de venta", "point de vue", "au point com". */
function isSaidMeant(atoms: Atoms, at: number, { labels, end, how }: Domain): boolean {
  const top = labels.at(-1) as string;
  if (how === "marked") return isTopLevel(top);
  let isForeign = false;
  for (let one = at; one < end; one++) isForeign ||= foreignDots.has(atoms.word(one));
  if (!isForeign) return commonTopLevels.hasText(top) && !sentenceTops.hasText(top);
  if (sureTopLevels.hasText(top) || top === "fr") return true;
  return top === "es" && (isAnnouncedAt(atoms, at) || !goesOn(atoms, end));
}

/** Whether its first letter is large and not all of it: a sentence begins. */
function isCapital({ cased, text }: Prepared, atoms: Atoms, at: number): boolean {
  const [from, to] = [atoms.from(at), atoms.to(at)];
  if (cased.charCodeAt(from) === text.charCodeAt(from)) return false;
  const written = cased.slice(from, to);
  return written !== written.toUpperCase();
}
