import type { Detector, Finding } from "../detector";
import { oneWord } from "../may-be-part";
import type { Prepared } from "../prepare";
import { type Atom, atomsOf } from "./atoms";
import { isTopLevel, readDomain } from "./domain";
import { isInvitation } from "./invitations";
import { type Messenger, readMessenger } from "./messengers";

/** Words between a messenger's name and somebody's own. */
const linking = new Set(
  `me is my name id user username account handle nick nickname ist mein meine unter auf bei at es mi mon est
  nombre usuario pseudo compte cuenta como under as profil profile perfil find add contact search called
  heisse heisst soy suis bin ich i am on dort da there here by la el le c the im in gram number nr nummer
  kontakt addy tag se llama appelle lautet`.split(/\s+/),
);

/** Of those the ones after which a name comes. */
const naming = new Set(
  `is name id user username account handle nick nickname ist es est nombre usuario pseudo compte cuenta
  unter under as como called heisse heisst soy suis bin am profil profile perfil tag llama lautet`.split(
    /\s+/,
  ),
);

const possessive = new Set("my mein meine meinem mi mon".split(" "));

/** What one does with a name. */
const asking = new Set(
  `add adde addet follow folge folg find finde such suche search busca buscame agrega agregame anade ajoute
  ajoutez sigue sigueme suis suivez cherche schreib schreibe write text message msg hit hmu pm dm contact
  kontaktier`.split(/\s+/),
);

const polite = new Set(
  "bitte please pls schreib write add adde por favor svp stp merci danke thanks gracias dort da lg".split(
    " ",
  ),
);

/** What follows a messenger's name in a sentence and is nobody's. */
const noNames = new Set(
  `nicht not kaputt privat private gesperrt weg neu new leer down gone deleted geloscht leider und oder aber and
  or but y pero et mais haben habe hast have has tengo tienes avez only nur gruppe group grupo groupe oder
  account profil marketplace kleinanzeigen anzeige foto fotos photo photos bilder bild video videos status
  story stories schreiben chatten write chat chatter escribir hablar parler ecrire besser better mejor
  mieux gerne schlecht blod blocked installiert installed auch also aussi tambien you your dein deine tu
  votre vous ihr sie mich mir dich dir us uns nous nos nosotros they video call premium web desktop
  business beta update support funktioniert works geht possible moglich possible werbung shop camera kamera
  works fine please bitte ware would could waere werde ja nein yes no sure broken dead weak stark`.split(
    /\s+/,
  ),
);

/** Goods whose names are letters and digits. */
const goods =
  /^(?:iphone|ipad|ipod|galaxy|xbox|ps|rtx|gtx|playstation|pixel|airpods|macbook|windows|win|android|mp|cb|gt|s|a|x|i|m|z)\d+[a-z]{0,4}$/;

/** How signs of names are said. */
const saidSigns: Record<string, string> = {
  underscore: "_",
  unterstrich: "_",
  underline: "_",
  dot: ".",
  punkt: ".",
  punto: ".",
  point: ".",
  dash: "-",
  bindestrich: "-",
  hashtag: "#",
  raute: "#",
};
/** "guion bajo", "tiret bas" */
const saidInTwo = new Map([
  ["guion", "bajo"],
  ["barra", "baja"],
  ["tiret", "bas"],
]);

/** A sign that is said after a place, and the label behind it. */
function readSaidSign(atoms: readonly Atom[], at: number): { sign: string; next: number } | null {
  if (atoms[at]?.text !== " ") return null;
  const word = atoms[at + 1]?.text ?? "";
  const second = saidInTwo.get(word);
  const isInTwo = second !== undefined && atoms[at + 3]?.text === second;
  const sign = isInTwo ? "_" : saidSigns[word];
  const next = at + (isInTwo ? 5 : 3);
  if (sign === undefined || atoms[next - 1]?.text !== " " || atoms[next]?.sort !== "label")
    return null;
  return { sign, next };
}

type Name = {
  from: number;
  to: number;
  text: string;
  end: number;
  isMarked: boolean;
  /** With signs in words. */
  isSaid: boolean;
};

/** Somebody's name: labels that touch, with the signs that such names have. */
function readName(atoms: readonly Atom[], at: number): Name | null {
  let start = at;
  const hasSign = atoms[at]?.sort === "at" && atoms[at]?.how === "sign";
  if (hasSign) start++;
  let text = "";
  let end = start;
  let isSaid = false;
  while (end < atoms.length) {
    const { sort, text: part, how } = atoms[end] as Atom;
    const isEdge = atoms[end + 1]?.sort !== "label" || atoms[end + 1]?.from !== atoms[end]?.to;
    const isPart =
      sort === "label" ||
      part === "_" ||
      (sort === "dot" && how === "sign" && !isEdge) ||
      (part === "-" && !isEdge) ||
      (part === "#" && !isEdge);
    if (!isPart || how === "said") break;
    text += part;
    end++;
    const said = sort === "label" ? readSaidSign(atoms, end) : null;
    if (said) {
      text += said.sign;
      end = said.next;
      isSaid = true;
    }
  }
  if (text.length < 3 || text.length > 40 || !/[a-z]/.test(text)) return null;
  const first = (hasSign ? atoms[at] : atoms[start]) as Atom;
  const isMarked =
    hasSign ||
    ((/[_#]|[a-z]\.[a-z]/.test(text) || (/\d/.test(text) && /[a-z]{3}/.test(text))) &&
      !goods.test(text));
  return { from: first.from, to: (atoms[end - 1] as Atom).to, text, end, isMarked, isSaid };
}

const endsSentence = (atom: Atom | undefined) =>
  atom === undefined ||
  (atom.sort === "space" ? atom.text.includes("\n") : atom.sort === "sign" || atom.sort === "dot");

function isLast(atoms: readonly Atom[], end: number): boolean {
  if (endsSentence(atoms[end])) return true;
  const next = atoms[end + 1];
  return next === undefined || endsSentence(next) || polite.has(next.text);
}

/** Whether one of some words stands before, in the same sentence. */
function isBefore(
  atoms: readonly Atom[],
  at: number,
  words: ReadonlySet<string>,
  most: number,
): boolean {
  let seen = 0;
  for (let i = at - 1; i >= 0 && seen < most; i--) {
    const atom = atoms[i] as Atom;
    if (atom.sort === "dot" || atom.text === "!" || atom.text === "?") return false;
    if (atom.sort !== "label") continue;
    seen++;
    if (words.has(atom.text)) return true;
  }
  return false;
}

const mostBetween = 10;

function findAfter(atoms: readonly Atom[], at: number, messenger: Messenger): Finding | null {
  let next = messenger.end;
  let isNamed = false;
  let hasColon = false;
  for (let passed = 0; passed < mostBetween && next < atoms.length; passed++) {
    const { sort, text, how } = atoms[next] as Atom;
    if (sort === "at" && how === "sign") break;
    if (sort === "space") next++;
    else if (sort === "sign" && /^[:=>\-~("'|,*/`]$/.test(text)) {
      hasColon ||= /[:=>(]/.test(text);
      next++;
    } else if (
      (sort === "label" || how === "said") &&
      linking.has(text) &&
      atoms[next + 1]?.text !== "_"
    ) {
      isNamed ||= naming.has(text);
      next++;
    } else break;
  }
  const name = readName(atoms, next);
  if (!name) return null;
  const from = (atoms[at] as Atom).from;
  const finding = { from, to: name.to, isDisguised: messenger.isDisguised || name.isSaid };
  const isOwn = isBefore(atoms, at, possessive, 3);
  const hint =
    hasColon || (isNamed && isOwn) || (isBefore(atoms, at, asking, 4) && next - messenger.end <= 3);
  if (name.isMarked) return messenger.how !== "ambiguous" || hint || isOwn ? finding : null;
  if (!hint || (messenger.how === "ambiguous" && !isOwn)) return null;
  const isWord = noNames.has(name.text) || oneWord.has(name.text) || linking.has(name.text);
  return name.text.length >= 4 && !isWord && isLast(atoms, name.end) ? finding : null;
}

const places = new Set("on auf bei in sur en via at insta".split(" "));

/** "anna_92 on insta" */
function findBefore(atoms: readonly Atom[], at: number, messenger: Messenger): Finding | null {
  let before = at - 1;
  let isPlace = false;
  while (before >= 0 && at - before < 5) {
    const { sort, text, how } = atoms[before] as Atom;
    if (sort === "space" || text === "(") before--;
    else if ((sort === "label" || how === "said") && places.has(text) && !isPlace) {
      isPlace = true;
      before--;
    } else break;
  }
  const last = atoms[before];
  if (last?.sort !== "label" || (!isPlace && atoms[at - 1]?.text !== "(")) return null;
  let first = before;
  while (
    first > 0 &&
    atoms[first - 1]?.to === atoms[first]?.from &&
    atoms[first - 1]?.sort !== "space"
  )
    first--;
  const name = readName(atoms, first);
  if (!name?.isMarked || name.end !== before + 1) return null;
  return {
    from: name.from,
    to: (atoms[messenger.end - 1] as Atom).to,
    isDisguised: messenger.isDisguised,
  };
}

/** "@anna_92", where no domain follows. */
function findMention(atoms: readonly Atom[], at: number): Finding | null {
  const before = atoms[at - 1];
  if (before && before.sort !== "space" && before.text !== "(" && before.text !== ":") return null;
  const name = readName(atoms, at);
  if (!name || !/_|\d|\./.test(name.text) || !/[a-z]{3}/.test(name.text)) return null;
  const top = name.text.slice(name.text.lastIndexOf(".") + 1);
  return name.text.includes(".") && isTopLevel(top) ? null : { from: name.from, to: name.to };
}

const pages =
  /(?:\b(?:t\.me|telegram\.me|wa\.me|chat\.whatsapp\.com|api\.whatsapp\.com|m\.me|instagram\.com|instagr\.am|facebook\.com|fb\.com|fb\.me|snapchat\.com|discord\.gg|discord\.com|line\.me|signal\.me|signal\.group|wechat\.com|viber\.com|join\.skype\.com|skype\.com|tiktok\.com|threema\.id)\/|\btg:\/\/|\bskype:)[\w@.?=/+-]{2,80}/g;

/** "WhatsApp?" */
const isAlone = (atoms: readonly Atom[], at: number, end: number) =>
  atoms.every(({ sort }, place) => sort !== "label" || (place >= at && place < end));

const hosts = new Set(
  `t.me telegram.me wa.me m.me instagram.com instagr.am facebook.com fb.com fb.me snapchat.com discord.gg line.me
  signal.me`.split(/\s+/),
);
const slashes = new Set("/ slash schragstrich barra".split(" "));

/** "t dot me slash anna" */
function findSaidPage(atoms: readonly Atom[], at: number): Finding | null {
  if (atoms[at + 1]?.sort !== "dot" && atoms[at + 2]?.sort !== "dot") return null;
  const domain = readDomain(atoms, at, true);
  if (!domain?.isDisguised || !hosts.has(domain.name)) return null;
  let next = domain.end;
  if (atoms[next]?.sort === "space") next++;
  if (!slashes.has(atoms[next]?.text ?? "")) return null;
  next++;
  if (atoms[next]?.sort === "space") next++;
  const name = readName(atoms, next);
  return name && { from: (atoms[at] as Atom).from, to: name.to, isDisguised: true };
}

function findPages({ text }: Prepared): Finding[] {
  return Array.from(text.matchAll(pages), ({ index, 0: words }) => ({
    from: index,
    to: index + words.length,
  }));
}

/** Names in messengers. Those that are a telephone number are found as that. */
export const handle: Detector = {
  kind: "handle",
  canBeSplit: true,
  find(prepared, { strength }) {
    const atoms = atomsOf(prepared);
    const found = findPages(prepared);
    for (let at = 0; at < atoms.length; at++) {
      const atom = atoms[at] as Atom;
      if (atom.from < (found.at(-1)?.to ?? 0)) continue;
      if (atom.sort === "at" && atom.how === "sign") {
        const mention = findMention(atoms, at);
        if (mention) found.push(mention);
      }
      if (atom.sort === "space" || atom.sort === "dot") continue;
      const messenger = readMessenger(atoms, at);
      const named = messenger
        ? (findAfter(atoms, at, messenger) ?? findBefore(atoms, at, messenger))
        : findSaidPage(atoms, at);
      if (named) {
        found.push(named);
        continue;
      }
      if (!messenger || atom.text === "line") continue;
      const { how, end, isDisguised } = messenger;
      if (
        (how === "sure" && (strength === "high" || isDisguised || isAlone(atoms, at, end))) ||
        isInvitation(atoms, at, end)
      )
        found.push({ from: atom.from, to: (atoms[end - 1] as Atom).to, isDisguised });
    }
    return found;
  },
};
