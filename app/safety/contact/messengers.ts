import type { Atom } from "./atoms";

/** Names that mean nothing else, folded, as people write them. */
const sure = new Set(
  `whatsapp whatsap watsapp whatsaap wapp wassap wazzap telegram telegramm instagram insta instagramm snapchat
  wechat weixin viber skype discord threema tiktok facebook`.split(/\s+/),
);

/** Names that are words too: more must speak for it. */
const ambiguous = new Set("signal line snap messenger ig tg fb wa tele kik dc sc".split(" "));

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

export type Messenger = { end: number; isSure: boolean; isDisguised: boolean };

/** The name of a messenger that begins at an atom, also in two words or with digits for letters. */
export function readMessenger(atoms: readonly Atom[], at: number): Messenger | null {
  const { sort, text, isSpaced } = atoms[at] as Atom;
  if (sort !== "label" || text.length > 12) return null;
  const plain = withLetters(text);
  const isDisguised = isSpaced === true || plain !== text;
  if (sure.has(plain)) return { end: at + 1, isSure: true, isDisguised };
  const second = atoms[at + 2];
  const gap = atoms[at + 1]?.text;
  if (second?.sort === "label" && plain.length > 2 && (gap === " " || gap === "-" || gap === "'")) {
    // "what's app" has its s apart.
    if (sure.has(plain + withLetters(second.text)))
      return { end: at + 3, isSure: true, isDisguised };
    const third = atoms[at + 4];
    if (gap === "'" && third && sure.has(plain + second.text + withLetters(third.text)))
      return { end: at + 5, isSure: true, isDisguised };
  }
  if (ambiguous.has(plain)) return { end: at + 1, isSure: false, isDisguised };
  return null;
}
