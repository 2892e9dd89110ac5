import type { Atom } from "./atoms";

/** Names that mean nothing else, folded, as people write them. */
const sure = new Set(
  `whatsapp whatsap whatapp watsapp watsap whatsaap whatzapp whatsap wapp wassap wasap wazzap guasap guasapp guatsap guatsapp
  wotsapp wotsap wathsapp wahtsapp wattsapp wattsap whattsap whasapp whasap wassapp watzapp watsaap whatsappp watapp wasapp wsp wzp
  telegram telegramm telegrm tlgrm instagram insta instagramm instagam snapchat wechat weixin viber skype discord
  threema tiktok facebook kakaotalk lnsta lnstagram vvhatsapp vhatsapp`.split(/\s+/),
);

/** Short for one: a name after them is somebody's, alone they say nothing. */
const short = new Set(
  "snap ig tg fb wa tele kik dc snapp tlg telg whats wpp wtsp whtsp inst snp".split(" "),
);

/** Names that are words too: more must speak for it. */
const ambiguous = new Set("signal line messenger whatsup watsup".split(" "));

const likeLetters: Record<string, string> = {
  "0": "o",
  "1": "i",
  "3": "e",
  "4": "a",
  "5": "s",
  "7": "t",
};

export function withLetters(label: string): string {
  if (!/\d/.test(label)) return label;
  let text = "";
  for (const char of label) text += likeLetters[char] ?? char;
  return text;
}

export type Messenger = {
  end: number;
  how: "sure" | "short" | "ambiguous";
  isDisguised: boolean;
};

/** One letter is another, is missing or is too much; of names that no other word comes near to. */
const farFromWords = ["whatsapp", "instagram", "snapchat", "facebook"];

function isNearly(text: string): boolean {
  if (text.length < 7 || text.length > 10) return false;
  return farFromWords.some((name) => isOneApart(text, name));
}

function isOneApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  let end = 0;
  while (end < Math.min(a.length, b.length) - from && a.at(-1 - end) === b.at(-1 - end)) end++;
  return Math.max(a.length, b.length) - from - end <= 1;
}

const signsLikeLetters: Record<string, string> = {
  "@": "a",
  $: "s",
  "!": "i",
  "|": "l",
  "*": "",
  "€": "e",
  "(": "c",
};

/** "wh@tsapp", "!nsta", "in$ta": pieces that touch, with signs for letters. */
function readSigns(atoms: readonly Atom[], at: number): Messenger | null {
  let text = "";
  let end = at;
  let signs = 0;
  while (end < atoms.length && end < at + 9 && text.length < 12) {
    const atom = atoms[end] as Atom;
    const like = signsLikeLetters[atom.text];
    if (like === undefined && atom.sort !== "label") break;
    if (like !== undefined) signs++;
    text += like ?? withLetters(atom.text);
    end++;
    if (signs > 0 && sure.has(text) && atoms[end]?.sort !== "label")
      return { end, how: "sure", isDisguised: true };
  }
  return null;
}

const colours = new Set("green grune grunen gruner gruene gruenen verde verte vert".split(" "));
const apps = new Set("app appli application aplicacion messenger".split(" "));

/** "the green app", "l'appli verte" */
function readCode(atoms: readonly Atom[], at: number): Messenger | null {
  const [first, second] = [atoms[at]?.text ?? "", atoms[at + 2]?.text ?? ""];
  const isCode =
    (colours.has(first) && apps.has(second)) || (apps.has(first) && colours.has(second));
  return isCode ? { end: at + 3, how: "sure", isDisguised: true } : null;
}

const ascii = 128;
/** For each two letters whether a name begins with them. */
const beginnings = new Uint8Array(ascii * ascii);
for (const name of [...sure, ...short, ...ambiguous, ...colours, ...apps])
  beginnings[name.charCodeAt(0) * ascii + name.charCodeAt(1)] = 1;

/** Asked of every word: most are none by their first two letters. */
function mayBegin(sort: Atom["sort"], text: string): boolean {
  if (sort === "space" || sort === "dot") return false;
  if (text.length < 2) return true;
  const first = text.charCodeAt(0);
  const second = text.charCodeAt(1);
  if (first < ascii && second < ascii && beginnings[first * ascii + second]) return true;
  return first < 58 !== second < 58;
}

/** The name of a messenger that begins at an atom, also in two words or with digits for letters. */
export function readMessenger(atoms: readonly Atom[], at: number): Messenger | null {
  const { sort, text, isSpaced } = atoms[at] as Atom;
  if (!mayBegin(sort, text)) return null;
  const isSign = signsLikeLetters[text] !== undefined;
  if ((sort !== "label" && !isSign) || text.length > 12) return null;
  if (isSign && atoms[at - 1]?.sort === "label") return null;
  const plain = withLetters(text);
  const isDisguised = isSpaced === true || plain !== text;
  const code = readCode(atoms, at);
  if (code) return code;
  if (text.includes("1") && sure.has(withLetters(text.replaceAll("1", "l"))))
    return { end: at + 1, how: "sure", isDisguised: true };
  if (sure.has(plain)) return { end: at + 1, how: "sure", isDisguised };
  const next = atoms[at + 1];
  if ((next && signsLikeLetters[next.text] !== undefined) || isSign) {
    const read = readSigns(atoms, at);
    if (read) return read;
  }
  if (isSign) return null;
  const second = atoms[at + 2];
  const gap = next?.text ?? "";
  if (second?.sort === "label" && plain.length > 1 && / |-|'|_|\.|\//.test(gap)) {
    const both = plain + withLetters(second.text);
    const isUsual = gap === " " || gap === "-";
    if (sure.has(both)) return { end: at + 3, how: "sure", isDisguised: isDisguised || !isUsual };
    // "what's app" has its s apart.
    const third = atoms[at + 4];
    if (gap === "'" && third && sure.has(both + withLetters(third.text)))
      return { end: at + 5, how: "sure", isDisguised };
  }
  if (isNearly(plain)) return { end: at + 1, how: "sure", isDisguised: true };
  if (short.has(plain)) return { end: at + 1, how: "short", isDisguised };
  return ambiguous.has(plain) ? { end: at + 1, how: "ambiguous", isDisguised } : null;
}
