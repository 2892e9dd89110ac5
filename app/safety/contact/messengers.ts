import { dictionary } from "../words/dictionary";
import { nowhere, start } from "../words/tree";
import { wordSet } from "../words/word-set";
import type { Atoms } from "./atom-columns";
import { isNearName, mayBeginName, mayBeNearName, withLetters } from "./misspelled";

/** Names that mean nothing else, folded, as people write them. */
const sureNames = `whatsapp whatsap whatapp watsapp watsap whatsaap whatzapp wapp wassap wasap wazzap guasap
  guasapp guatsap guatsapp wotsapp wotsap wathsapp wahtsapp wattsapp wattsap whattsap whasapp whasap wassapp
  watzapp watsaap whatsappp watapp wasapp wsp wzp telegram telegramm telegrm tlgrm instagram insta instagramm
  instagam snapchat wechat weixin viber skype discord threema tiktok facebook kakaotalk lnsta lnstagram
  vvhatsapp vhatsapp teiegram teleqram telegran hangouts icq zangi wickr linkedin twitter imessage vkontakte
  whatsappp guassap whassap uatsap watsup whazapp whtsapp whtsap whattsapp ouatsap ouatsapp uasap guasa
  telega tlgram dscrd weechat wuzzapp vatsap vatsapp tgram gesichtsbuch fbook facebok`;
const sure = wordSet(sureNames);

/** Short for one: a name after them is somebody's, alone they say nothing. */
const shortNames =
  "snap ig tg fb wa tele kik dc snapp tlg teleg telg whats wpp wtsp whtsp ws inst snp sc";
const short = wordSet(shortNames);

/** Names that are words too: more must speak for it. */
const ambiguousNames = "signal line messenger whatsup face";
const ambiguous = wordSet(ambiguousNames);

/** Of what everybody knows as one's colour, and of others, which are more often those of something else. */
const knownColourNames = "green grune grunen gruner gruene gruenen verde verte vert";
const knownColours = wordSet(knownColourNames);
const colourNames = `${knownColourNames} blue blaue blauen blauer bleue bleu
  azul yellow gelbe gelben gelber jaune amarilla purple lila violette morada`;
const colours = wordSet(colourNames);
/** What the signs of messengers show. */
const thingNames = `plane papierflieger flieger avion ghost geist fantome fantasma phone horer camera kamera
  photo foto picture bird vogel oiseau pajaro camara`;
const things = wordSet(thingNames);
const appNames = "app appli application aplicacion messenger";
const apps = wordSet(appNames);

const codes = wordSet([colourNames, thingNames, appNames].join(" "));

const mayBegin = mayBeginName([sureNames, shortNames, ambiguousNames].join(" ").split(/\s+/));

/** With what a name in two words can begin: "whats app". */
const beginnings = sureNames
  .split(/\s+/)
  .flatMap((name) => Array.from(name, (_, end) => name.slice(0, end)).slice(1));
const namesOrBeginnings = wordSet([sureNames, shortNames, ambiguousNames, ...beginnings].join(" "));

export type Messenger = {
  /** The atom after it. */
  end: number;
  /** `none`: somebody names himself without saying where. */
  how: "sure" | "short" | "ambiguous" | "none";
  isDisguised: boolean;
};

/** By their codes, because every second atom may be one. */
const signsLikeLetters = new Map(
  Object.entries({ "@": "a", $: "s", "!": "i", "|": "l", "*": "", "€": "e", "(": "c" }).map(
    ([sign, letter]) => [sign.charCodeAt(0), letter],
  ),
);
const likeLetter = (atoms: Atoms, at: number) =>
  atoms.length(at) === 1 ? signsLikeLetters.get(atoms.code(at)) : undefined;
const isLikeLetter = (atoms: Atoms, at: number) => likeLetter(atoms, at) !== undefined;

const mostPieces = 9;
const longest = 12;

/** Nobody writes "s!gnal" who means a signal. */
const isHidden = (word: number) => sure.has(word) || signals.has(word);
const signals = wordSet("signal messenger snap");

/** Between pieces of a name, where letters are hidden as well. */
const withinName = "-_.";

/** "wh@tsapp", "!nsta", "in$ta", "tele-gr@m": pieces that touch, with signs for letters. */
function readSigns(atoms: Atoms, at: number): Messenger | null {
  let node = start;
  let end = at;
  let signs = 0;
  while (node !== nowhere && end < at + mostPieces) {
    if (end > at && atoms.isOneOf(end, withinName)) end++;
    const like = likeLetter(atoms, end);
    if (like === undefined && !atoms.isLabel(end)) break;
    if (like !== undefined) signs++;
    node = dictionary.walk(node, like ?? withLetters(atoms.string(end)));
    end++;
    if (signs > 0 && !atoms.isLabel(end) && isHidden(dictionary.wholeOf(node)))
      return { end, how: "sure", isDisguised: true };
  }
  return null;
}

/** "the green app", "l'appli verte", "the paper plane" */
function isCode(atoms: Atoms, at: number): boolean {
  const [first, second] = [atoms.word(at), atoms.word(at + 2)];
  return (
    (colours.has(first) && apps.has(second)) ||
    (apps.has(first) && (colours.has(second) || things.has(second))) ||
    (things.has(first) && apps.has(second))
  );
}

const withWords = wordSet("with mit par por con avec del de from by dont");
/** Of those whose names people will not write. */
const initials = wordSet("w t");
const firms = wordSet("meta zuckerberg zucker elon");
/** Atoms from "app" to "with", and from there to what it shows. */
const [mostBefore, mostShown] = [10, 8];

/**
 * "the app that starts with W", "the app with the green phone"
 *
 * @returns the atom after it, or 0
 */
function endOfDescribed(atoms: Atoms, at: number): number {
  if (!apps.has(atoms.word(at))) return 0;
  let last = at + mostBefore;
  let isWith = false;
  for (let place = at + 2; place < last; place += 2) {
    const word = atoms.word(place);
    if (!isWith && withWords.has(word)) {
      isWith = true;
      last = place + mostShown;
    } else if (isWith) {
      if (initials.has(word) && !atoms.isChar(place + 1, "-")) return place + 1;
      if (knownColours.has(word) || things.has(word) || firms.has(word)) return place + 1;
    }
  }
  return 0;
}

/** Said of a messenger whose name is not. */
function readCode(atoms: Atoms, at: number): Messenger | null {
  if (isCode(atoms, at)) {
    const isKnown = knownColours.has(atoms.word(at)) || knownColours.has(atoms.word(at + 2));
    return { end: at + 3, how: isKnown ? "sure" : "short", isDisguised: true };
  }
  const end = endOfDescribed(atoms, at);
  return end ? { end, how: "short", isDisguised: true } : null;
}

const gaps = /[ \-'_./|,~+:]/;
/** No letter of the four languages: an emoji between the pieces of a word. */
export const isPicture = (atoms: Atoms, at: number) =>
  atoms.isSign(at) && atoms.code(at) > lastLatin;
const lastLatin = 0x24f;

/** "whats app", "what's app", which has its s apart. */
function readApart(
  atoms: Atoms,
  at: number,
  plain: string,
  isDisguised: boolean,
): Messenger | null {
  if (!atoms.isLabel(at + 2) || atoms.length(at) < 2) return null;
  const node = dictionary.walk(start, plain);
  const gap = node ? atoms.string(at + 1) : "";
  if (!gaps.test(gap) && !isPicture(atoms, at + 1)) return null;
  const second = dictionary.walk(node, withLetters(atoms.string(at + 2)));
  const isUsual = gap === " " || gap === "-";
  if (sure.has(dictionary.wholeOf(second)))
    return { end: at + 3, how: "sure", isDisguised: isDisguised || !isUsual };
  const isAgain = atoms.string(at + 3) === gap && atoms.isLabel(at + 4);
  if (!second || !(gap === "'" || isAgain)) return null;
  const third = dictionary.walk(second, withLetters(atoms.string(at + 4)));
  return sure.has(dictionary.wholeOf(third))
    ? { end: at + 5, how: "sure", isDisguised: isDisguised || gap !== "'" }
    : null;
}

function readWord(atoms: Atoms, at: number): Messenger | null {
  const text = atoms.string(at);
  const plain = withLetters(text);
  const isDisguised = atoms.isSpaced(at) || plain !== text;
  const word = plain === text ? atoms.word(at) : dictionary.entryOf(plain);
  if (text.includes("1") && sure.hasText(withLetters(text.replaceAll("1", "l"))))
    return { end: at + 1, how: "sure", isDisguised: true };
  if (sure.has(word)) return { end: at + 1, how: "sure", isDisguised };
  const isHiding = isLikeLetter(atoms, at + 1) || atoms.isOneOf(at + 1, withinName);
  const hidden = isHiding ? readSigns(atoms, at) : null;
  if (hidden) return hidden;
  const apart = readApart(atoms, at, plain, isDisguised);
  if (apart) return apart;
  if (isNearName(plain)) return { end: at + 1, how: "sure", isDisguised: true };
  if (short.has(word)) return { end: at + 1, how: "short", isDisguised };
  if (isDisguised && signals.has(word)) return { end: at + 1, how: "sure", isDisguised };
  return ambiguous.has(word) ? { end: at + 1, how: "ambiguous", isDisguised } : null;
}

/** "W/A", "t.g." */
const pairs = wordSet("wa tg ig fb");

function readPair(atoms: Atoms, at: number): Messenger | null {
  // "W-App"
  if (initials.has(atoms.word(at)) && atoms.isOneOf(at + 1, "-. ") && apps.has(atoms.word(at + 2)))
    return { end: at + 3, how: "short", isDisguised: true };
  if (!atoms.isLabel(at + 2) || atoms.length(at + 2) > 1 || !gaps.test(atoms.string(at + 1)))
    return null;
  const node = dictionary.walk(dictionary.walk(start, atoms.string(at)), atoms.string(at + 2));
  if (!pairs.has(dictionary.wholeOf(node))) return null;
  const isEnded = atoms.isDot(at + 1) && atoms.isDot(at + 3) && !atoms.isSaid(at + 3);
  return { end: at + (isEnded ? 4 : 3), how: "short", isDisguised: true };
}

/** Pictures that stand for one. */
const pictures = /^(?:👻|📸|📷|✈|🟢|💚)/u;

/** The name of a messenger that begins at an atom, also in two words or with digits for letters. */
export function readMessenger(atoms: Atoms, at: number): Messenger | null {
  if (atoms.isLabel(at)) {
    // One letter begins none but with a sign or another one behind it.
    if (atoms.length(at) === 1)
      return isLikeLetter(atoms, at + 1) ? readSigns(atoms, at) : readPair(atoms, at);
    if (atoms.length(at) > longest) return null;
    const word = atoms.word(at);
    if (codes.has(word)) {
      const code = readCode(atoms, at);
      if (code) return code;
    }
    if (namesOrBeginnings.has(word) || isLikeLetter(atoms, at + 1)) return readWord(atoms, at);
    if (atoms.isMixed(at)) return mayBegin(atoms, at) ? readWord(atoms, at) : null;
    // None of the names, and nothing hidden in it.
    return mayBeNearName(atoms, at) && isNearName(atoms.string(at))
      ? { end: at + 1, how: "sure", isDisguised: true }
      : null;
  }
  if (isPicture(atoms, at) && pictures.test(atoms.string(at)))
    return { end: at + 1, how: "short", isDisguised: true };
  const isSign = (atoms.isSign(at) || atoms.isAt(at)) && isLikeLetter(atoms, at);
  return isSign && !atoms.isLabel(at - 1) ? readSigns(atoms, at) : null;
}
