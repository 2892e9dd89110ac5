import type { Detector, Finding } from "../detector";
import type { Strength } from "../filters";
import { wordSet } from "../words/word-set";
import type { Atoms } from "./atom-columns";
import { atomsOf } from "./atoms";
import { isTopLevel } from "./domain";
import { readName } from "./handle-name";
import { findPages, findSaidPage } from "./handle-pages";
import { isInvitation } from "./invitations";
import { type Messenger, readMessenger } from "./messengers";
import { findAfter, findAfterSign, findAtMessenger, findBefore, findOwnName } from "./named-handle";

/** "@anna_92", where no domain follows. */
function findMention(atoms: Atoms, at: number): Finding | null {
  const isApart = at === 0 || atoms.isSpace(at - 1) || atoms.isOneOf(at - 1, "(:");
  if (!isApart) return null;
  const isSpaced = atoms.isChar(at + 1, " ");
  const name = readName(atoms, isSpaced ? at + 2 : at);
  if (isSpaced && !name?.text.includes("_")) return null;
  if (!name || !/_|\d|\./.test(name.text) || !/[a-z]{3}/.test(name.text)) return null;
  const top = name.text.slice(name.text.lastIndexOf(".") + 1);
  return name.text.includes(".") && isTopLevel(top) ? null : { from: name.from, to: name.to };
}

/** What stands beside a messenger's name in a message that asks for nothing else. */
const besides = wordSet(
  `auf bei uber ueber per on via by sur par en por hast hab habe haste hat got have has any tienes tenes as tu du
  sie ihr u you vous usted geht ginge gibts gibt lieber besser better mejor mieux auch also too oder or ou und and
  y et ok okay hi hallo hello hey hola salut bonjour lass komm gib gehen wir let us lets dann then war ware
  bitte please pls svp porfa mal noch vielleicht maybe easier schneller faster a da there dort`,
);
/** Words that a message may have which is nothing but an invitation. */
const fewWords = 5;

/**
 * How many words stand beside a messenger's name: "WhatsApp?" has none, "hast WhatsApp?" one.
 *
 * @returns null where the message says something else, too
 */
function countBesides(atoms: Atoms, at: number, end: number): number | null {
  let words = 0;
  for (let one = 0; one < atoms.count; one++) {
    if (!atoms.isLabel(one) || (one >= at && one < end)) continue;
    if (!besides.has(atoms.word(one)) || ++words > fewWords) return null;
  }
  return words;
}

/** "WhatsApp?", "auf WA?": what may be a word, or short for something else, takes others beside it. */
function isAllThatIsSaid(atoms: Atoms, at: number, { how, end }: Messenger): boolean {
  if (how !== "sure" && how !== "short") return false;
  const words = countBesides(atoms, at, end);
  return words !== null && (words > 0 || how === "sure");
}

/** A line is more often one of text. */
const lines = wordSet("line");

/** A messenger's name without anybody's own. */
function findUnnamed(
  atoms: Atoms,
  at: number,
  messenger: Messenger,
  strength: Strength,
): Finding | null {
  if (lines.has(atoms.word(at))) return null;
  const { how, end, isDisguised } = messenger;
  const isMeant =
    (how === "sure" && (strength === "high" || isDisguised)) ||
    isInvitation(atoms, at, end) ||
    isAllThatIsSaid(atoms, at, messenger);
  return isMeant ? { from: atoms.from(at), to: atoms.to(end - 1), isDisguised } : null;
}

function findAt(atoms: Atoms, at: number, strength: Strength): Finding | null {
  const messenger = readMessenger(atoms, at);
  if (!messenger) return findOwnName(atoms, at) ?? findSaidPage(atoms, at);
  return (
    findAfter(atoms, at, messenger) ??
    findBefore(atoms, at, messenger) ??
    findAtMessenger(atoms, at, messenger) ??
    findUnnamed(atoms, at, messenger, strength)
  );
}

/** Names in messengers. Those that are a telephone number are found as that. */
export const handle: Detector = {
  kind: "handle",
  canBeSplit: true,
  find(prepared, { strength, most }) {
    const atoms = atomsOf(prepared);
    const found = findPages(prepared);
    let end = found.at(-1)?.to ?? 0;
    const add = (finding: Finding | null) => {
      if (!finding) return;
      found.push(finding);
      end = finding.to;
    };
    for (let at = 0; at < atoms.count && found.length < most; at++) {
      if (atoms.isSpace(at) || atoms.isDot(at) || atoms.from(at) < end) continue;
      if (atoms.isAt(at) && atoms.isWritten(at))
        add(findMention(atoms, at) ?? findAfterSign(atoms, at));
      add(findAt(atoms, at, strength));
    }
    return found;
  },
};
