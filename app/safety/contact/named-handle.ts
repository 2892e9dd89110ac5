import type { Finding } from "../detector";
import { oneWord } from "../words/one-word";
import { type WordSet, wordSet } from "../words/word-set";
import type { Atoms } from "./atom-columns";
import { beforeSaid, readName } from "./handle-name";
import { isPicture, type Messenger } from "./messengers";

/** Words between a messenger's name and somebody's own. */
const linking = wordSet(
  `me is my name id user username account handle nick nickname ist mein meine unter auf bei at es mi mon est
  nombre usuario pseudo compte cuenta como under as profil profile perfil find add contact search called
  heisse heisst soy suis bin ich i am on dort da there here by la el le c the im in gram number nr nummer
  kontakt addy tag se llama appelle lautet sous nom namens den dem username benutzername nutzername utilisateur
  identifiant arroba alias`,
);

/** Of those the ones after which a name comes. */
const naming = wordSet(
  `is name id user username account handle nick nickname ist es est nombre usuario pseudo compte cuenta
  unter under as como called heisse heisst soy suis bin am profil profile perfil tag llama lautet sous nom
  namens benutzername nutzername utilisateur identifiant alias`,
);

/** Nouns for somebody's name: after one of these it is, also where the messenger's is a word too. */
const nouns = wordSet(
  `id username handle nick nickname usuario pseudo identifiant benutzername nutzername alias`,
);

const possessive = wordSet("my mein meine meinem mi mon");

/** What one does with a name. */
const asking = wordSet(
  `add adde addet follow folge folg find finde such suche search busca buscame agrega agregame anade ajoute
  ajoutez sigue sigueme suis suivez cherche schreib schreibe write text message msg hit hmu pm dm contact
  kontaktier`,
);

const polite = wordSet(
  "bitte please pls schreib write add adde por favor svp stp merci danke thanks gracias dort da lg",
);

/** What follows a messenger's name in a sentence and is nobody's. */
const noNames = wordSet(
  `nicht not kaputt privat private gesperrt weg neu new leer down gone deleted geloscht leider und oder aber and
  or but y pero et mais haben habe hast have has tengo tienes avez only nur gruppe group grupo groupe oder
  account profil marketplace kleinanzeigen anzeige foto fotos photo photos bilder bild video videos status
  story stories schreiben chatten write chat chatter escribir hablar parler ecrire besser better mejor
  mieux gerne schlecht blod blocked installiert installed auch also aussi tambien you your dein deine tu
  votre vous ihr sie mich mir dich dir us uns nous nos nosotros they video call premium web desktop
  business beta update support funktioniert works geht possible moglich possible werbung shop camera kamera
  works fine please bitte ware would could waere werde ja nein yes no sure broken dead weak stark`,
);

const endsSentence = (atoms: Atoms, at: number) =>
  at >= atoms.count ||
  (atoms.isSpace(at) ? atoms.breaksLine(at) : atoms.isSign(at) || atoms.isDot(at));

const isLast = (atoms: Atoms, end: number) =>
  endsSentence(atoms, end) || endsSentence(atoms, end + 1) || polite.has(atoms.word(end + 1));

/** Whether one of some words stands before, in the same sentence. */
function isBefore(atoms: Atoms, at: number, words: WordSet, most: number): boolean {
  const earliest = Math.max(0, at - mostAtoms);
  let seen = 0;
  for (let i = at - 1; i >= earliest && seen < most; i--) {
    if (atoms.isDot(i)) return false;
    if (!atoms.isLabel(i)) {
      if (atoms.isOneOf(i, "!?")) return false;
      continue;
    }
    seen++;
    if (words.has(atoms.word(i))) return true;
  }
  return false;
}

const mostAtoms = 60;
const mostBetween = 10;
const between = ":;=>-~(\"'|,*/`";

/** "my insta is anna_92" */
export function findAfter(atoms: Atoms, at: number, messenger: Messenger): Finding | null {
  const { end, how, isDisguised } = messenger;
  let next = end;
  let isNamed = false;
  let hasColon = false;
  let hasNoun = false;
  for (let passed = 0; passed < mostBetween && next < atoms.count; passed++) {
    if (atoms.isAt(next) && atoms.isWritten(next)) break;
    const isWord = atoms.isLabel(next) || atoms.isSaid(next);
    if (isWord && linking.has(atoms.word(next)) && !atoms.isChar(next + 1, "_")) {
      isNamed ||= naming.has(atoms.word(next));
      hasNoun ||= nouns.has(atoms.word(next));
    } else if (atoms.isSign(next) && atoms.isOneOf(next, between))
      hasColon ||= atoms.isOneOf(next, ":=>(");
    else if (!atoms.isSpace(next) && !isPicture(atoms, next)) break;
    next++;
  }
  const name = readName(atoms, next);
  if (!name) return null;
  const finding = {
    from: atoms.from(at),
    to: name.to,
    isDisguised: isDisguised || name.isSaid,
  };
  const isOwn = () => isBefore(atoms, at, possessive, 3);
  const hint =
    hasColon || (isNamed && isOwn()) || (next - end <= 3 && isBefore(atoms, at, asking, 4));
  if (name.isMarked) return how !== "ambiguous" || hint || hasNoun || isOwn() ? finding : null;
  if (!hint || how === "none" || (how === "ambiguous" && !isOwn())) return null;
  const isWord = [noNames, oneWord, linking].some((words) => words.hasText(name.text));
  return name.text.length >= 4 && !isWord && isLast(atoms, name.end) ? finding : null;
}

const places = wordSet("on auf bei in sur en via at insta");
const articles = wordSet("the dem der den le la el l");
/** Atoms from a messenger's name back to what stands before it. */
const [mostBehind, mostToArticle] = [7, 3];

const being = wordSet("is ist es est lautet");

/** "my @ is anna_92" */
export function findAfterSign(atoms: Atoms, at: number): Finding | null {
  if (!possessive.has(atoms.word(at - 2)) || !atoms.isSpace(at - 1)) return null;
  const verb = atoms.isSpace(at + 1) ? at + 2 : at + 1;
  if (!being.has(atoms.word(verb)) && !atoms.isOneOf(verb, ":=")) return null;
  const name = readName(atoms, atoms.isSpace(verb + 1) ? verb + 2 : verb + 1);
  return name?.isMarked ? { from: atoms.from(at), to: name.to } : null;
}

/** "my username is anna_92", wherever that is. */
export function findOwnName(atoms: Atoms, at: number): Finding | null {
  if (!nouns.has(atoms.word(at)) || !isBefore(atoms, at, possessive, 1)) return null;
  return findAfter(atoms, at, { end: at + 1, how: "none", isDisguised: false });
}

/** "anna@insta" */
export function findAtMessenger(atoms: Atoms, at: number, messenger: Messenger): Finding | null {
  if (!atoms.isAt(at - 1) || !atoms.isWritten(at - 1)) return null;
  const last = atoms.isSpace(at - 2) ? at - 3 : at - 2;
  if (!atoms.isLabel(last) || atoms.length(last) < shortestName) return null;
  if (!/[a-z]{3}/.test(atoms.string(last)) || oneWord.has(atoms.word(last))) return null;
  return { from: atoms.from(last), to: atoms.to(messenger.end - 1), isDisguised: true };
}

const shortestName = 3;

/** "anna_92 on insta" */
export function findBefore(atoms: Atoms, at: number, messenger: Messenger): Finding | null {
  let last = at - 1;
  let isPlace = false;
  while (at - last < mostBehind) {
    if (atoms.isSpace(last) || atoms.isChar(last, "(")) last--;
    else if (!isPlace && at - last < mostToArticle && articles.has(atoms.word(last))) last--;
    else if (!isPlace && places.has(atoms.word(last))) {
      isPlace = true;
      last--;
    } else break;
  }
  if (!atoms.isLabel(last) || (!isPlace && !atoms.isChar(at - 1, "("))) return null;
  const earliest = Math.max(0, last - mostAtoms);
  let first = last;
  while (first > earliest && !atoms.isSpace(first - 1) && atoms.to(first - 1) === atoms.from(first))
    first--;
  first = beforeSaid(atoms, first);
  const name = readName(atoms, first);
  if (!name?.isMarked || name.end !== last + 1) return null;
  return {
    from: name.from,
    to: atoms.to(messenger.end - 1),
    isDisguised: messenger.isDisguised,
  };
}
