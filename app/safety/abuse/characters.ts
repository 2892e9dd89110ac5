const punctuation = 1;
const between = 2;
const hiding = 4;
const single = 8;
/** From here on Unicode has signs; letters of the four languages are folded below it. */
const firstPicture = 0x2190;
const euro = "€".charCodeAt(0);
const plus = "+".charCodeAt(0);

const kinds = new Uint8Array(128);
for (let code = 97; code <= 122; code++) kinds[code] = single;
for (let code = 48; code <= 57; code++) kinds[code] = single;
const mark = (chars: string, kind: number) => {
  for (const char of chars) kinds[char.charCodeAt(0)] = (kinds[char.charCodeAt(0)] ?? 0) | kind;
};
mark(",.:;?!", punctuation);
mark(".-_'*~/\\()[]", between);
mark("*#%", hiding);
mark("@$|", single);

const is = (code: number, kind: number) => code < 128 && ((kinds[code] as number) & kind) !== 0;

export const isLetter = (code: number): boolean => code >= 97 && code <= 122;
export const isDigit = (code: number): boolean => code >= 48 && code <= 57;
/** What stands after a word and for no letter, but for "!", which at an end stands for none either. */
export const isPunctuation = (code: number): boolean => is(code, punctuation);
/** What letters of one word are kept apart with. */
export const isBetween = (code: number): boolean => is(code, between) || code >= firstPicture;
/** What stands for a letter that is not shown. */
export const isHiding = (code: number): boolean => is(code, hiding);
/** A letter, a digit, or a sign that hardly stands for anything but a letter. */
export const isSingle = (code: number): boolean => is(code, single) || code === euro;
/** What belongs to a word where it begins or ends, as a letter or as what stands for one. */
export const isSaid = (code: number): boolean => isSingle(code) || code === plus;
/** What a clause may end with. */
export const isClauseEnd = (code: number): boolean =>
  is(code, punctuation) || code === 41 || code === 10;

/** What stands for a letter; of two the second is tried where the first says nothing. */
const standsFor: Record<string, string> = {
  "0": "o",
  "1": "il",
  "!": "il",
  "|": "li",
  "3": "e",
  "4": "a",
  "@": "a",
  "5": "s",
  $: "s",
  "7": "t",
  "+": "t",
  "8": "b",
  "€": "e",
};
const known = euro + 1;

const firsts = new Uint8Array(known);
const seconds = new Uint8Array(known);
for (let code = 97; code <= 122; code++) firsts[code] = seconds[code] = code;
for (const [char, letters] of Object.entries(standsFor)) {
  firsts[char.charCodeAt(0)] = letters.charCodeAt(0);
  seconds[char.charCodeAt(0)] = letters.charCodeAt(letters.length - 1);
}

/** The letter that it is or stands for; 0 where it is none. */
export const letterOf = (code: number): number => (code < known ? (firsts[code] as number) : 0);
/** The letter that it may stand for as well. */
export const otherLetterOf = (code: number): number =>
  code < known ? (seconds[code] as number) : 0;
