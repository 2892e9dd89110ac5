import { sorts, type Tokens } from "../tokens";
import { dictionary } from "../words/dictionary";
import { compound, numbers, numberWords, repeats, repeatWords } from "../words/numbers";
import { nowhere, start } from "../words/tree";
import { wordSet } from "../words/word-set";
import type { GroupColumns, Writing } from "./digit-groups";

/** By code, what digits and letters that look like them say. */
const digitsByCode = new Uint8Array(0x80);
for (let digit = 0; digit < 10; digit++) digitsByCode["0".charCodeAt(0) + digit] = digit;
for (const [letter, digit] of Object.entries({ o: 0, l: 1, i: 1, s: 5, b: 8, z: 2 }))
  digitsByCode[letter.charCodeAt(0)] = digit;
const likeFew = "oli";
const likeMany = "olisbz";
/** So many letters in a row can be digits. */
const mostLetters = 3;
/** A piece of so many characters is no amount of litres any more: "9oo". */
const longEnough = 4;

/** Runs of letters and of digits in one piece; what has more is no number. */
const mostInPiece = 40;

/** What was read of a group: the token after it, and where it ends. Its digits are said. */
export type Read = { next: number; to: number; writing: Writing };

/** Whether a word is a few letters that look like digits. */
function isLike(tokens: Tokens, at: number, letters: string): boolean {
  const length = tokens.length(at);
  if (length > mostLetters) return false;
  for (let place = 0; place < length; place++)
    if (!hasCode(letters, tokens.charCode(at, place))) return false;
  return true;
}

function hasCode(letters: string, code: number): boolean {
  for (let at = 0; at < letters.length; at++) if (letters.charCodeAt(at) === code) return true;
  return false;
}

/** A contiguous piece of digits and letters that look like them: "o171", "0l7l". */
function readPiece(tokens: Tokens, at: number, groups: GroupColumns): Read | null {
  let next = at;
  let real = 0;
  let letters = 0;
  for (let sort = tokens.sort(next); sort === sorts.word || sort === sorts.digits; ) {
    if (next - at > mostInPiece) return null;
    if (sort === sorts.digits) real += tokens.length(next);
    else letters += tokens.length(next);
    sort = tokens.sort(++next);
  }
  if (real === 0) return null;
  if (letters > 0) {
    const like = real >= 3 && letters <= real ? likeMany : likeFew;
    if (real < letters && real + letters < longEnough) return null;
    for (let one = at; one < next; one++)
      if (tokens.sort(one) === sorts.word && !isLike(tokens, one, like)) return null;
  }
  for (let one = at; one < next; one++) sayPiece(tokens, one, groups);
  return { next, to: tokens.to(next - 1), writing: letters > 0 ? "leet" : "digits" };
}

function sayPiece(tokens: Tokens, at: number, groups: GroupColumns): void {
  const length = tokens.length(at);
  for (let place = 0; place < length; place++)
    groups.say(digitsByCode[tokens.charCode(at, place)] as number);
}

const skipsToUnit = (tokens: Tokens, at: number) =>
  tokens.isChar(at, " ") || tokens.isChar(at, "-");
const links = wordSet("et y");

/** What words say, by their entries in the dictionary, as they are met. */
const said: (number | undefined)[] = [];

function numberAt(tokens: Tokens, at: number): number | undefined {
  const entry = tokens.word(at);
  if (!numberWords.has(entry)) return undefined;
  while (said.length <= entry) said.push(undefined);
  said[entry] ??= numbers.get(tokens.string(at));
  return said[entry];
}

function sayNumber(value: number, groups: GroupColumns): void {
  if (value < 10) groups.say(value);
  else for (const digit of String(value)) groups.say(Number(digit));
}

/** "double seven" */
function readRepeated(tokens: Tokens, at: number, groups: GroupColumns): Read | null {
  const times = repeats.get(tokens.string(at)) ?? 0;
  const after = at + 2;
  if (!skipsToUnit(tokens, at + 1)) return null;
  const isDigit = tokens.sort(after) === sorts.digits && tokens.length(after) === 1;
  const value = isDigit ? Number(tokens.string(after)) : numberAt(tokens, after);
  if (value === undefined || value > 9) return null;
  for (let i = 0; i < times; i++) groups.say(value);
  return { next: at + 3, to: tokens.to(after), writing: "spelled" };
}

/** Numbers of so many words are one: "soixante et onze". */
const mostParts = 3;

/** "einundzwanzig", "twenty-one", "soixante et onze" */
function readSpelled(tokens: Tokens, at: number, groups: GroupColumns): Read | null {
  if (repeatWords.has(tokens.word(at))) return readRepeated(tokens, at, groups);
  const first = numberAt(tokens, at);
  if (first === undefined) return null;
  let value = first;
  let word: string | null = null;
  let next = at + 1;
  for (let parts = 0; parts < mostParts && skipsToUnit(tokens, next); parts++) {
    const isLinked = links.has(tokens.word(next + 1)) && skipsToUnit(tokens, next + 2);
    const unit = isLinked ? next + 3 : next + 1;
    const second = numberAt(tokens, unit);
    if (second === undefined) break;
    word ??= tokens.string(at);
    const both: number | null = compound(value, word, second);
    if (both === null) break;
    word = both === 80 && word === "quatre" ? "quatre-vingt" : both % 10 === 0 ? word : "";
    value = both;
    next = unit + 1;
  }
  sayNumber(value, groups);
  return { next, to: tokens.to(next - 1), writing: "spelled" };
}

const shortestGlued = 9;
const longestGlued = 120;

/** "nulleinssieben": words of digits without anything between them. */
function readGlued(tokens: Tokens, at: number, groups: GroupColumns): Read | null {
  const length = tokens.length(at);
  if (length < shortestGlued || length > longestGlued) return null;
  let place = 0;
  while (place < length) {
    let end = place;
    let node = start;
    for (let i = place; i < length && node !== nowhere; i++) {
      node = dictionary.step(node, tokens.charCode(at, i));
      if (numberWords.has(dictionary.wholeOf(node))) end = i + 1;
    }
    if (end === place) {
      groups.forget();
      return null;
    }
    sayNumber(numbers.get(tokens.string(at).slice(place, end)) ?? 0, groups);
    place = end;
  }
  return { next: at + 1, to: tokens.to(at), writing: "spelled" };
}

/** A lone letter that looks like a digit counts between groups of digits: "0 1 7 l 2 o". */
function readLone(tokens: Tokens, at: number, groups: GroupColumns): Read | null {
  if (tokens.length(at) > 1 || !isLike(tokens, at, likeFew)) return null;
  const after = at + 2;
  if (!tokens.isChar(at + 1, " ") || tokens.sort(after) === sorts.none) return null;
  const isAmongDigits =
    (tokens.length(after) === 1 &&
      (tokens.sort(after) === sorts.digits || isLike(tokens, after, likeFew))) ||
    numberWords.has(tokens.word(after));
  if (!isAmongDigits) return null;
  sayPiece(tokens, at, groups);
  return { next: at + 1, to: tokens.to(at), writing: "leet" };
}

/** By the code of a letter, whether a word that says a number begins with it. */
const beginsNumber = new Uint8Array(0x80);
for (const word of numbers.keys()) beginsNumber[word.charCodeAt(0)] = 1;

/** Whether a word may say digits; most do not. */
export function mayBeNumber(tokens: Tokens, at: number): boolean {
  const length = tokens.length(at);
  if (length <= mostLetters && isLike(tokens, at, likeFew)) return true;
  if (length >= shortestGlued && beginsNumber[tokens.code(at)] === 1) return true;
  const word = tokens.word(at);
  return word !== 0 && (numberWords.has(word) || repeatWords.has(word));
}

/** Reads the group that begins at a token, if one does, and says its digits. */
export function readGroup(tokens: Tokens, at: number, groups: GroupColumns): Read | null {
  const sort = tokens.sort(at);
  if (sort === sorts.digits) return readPiece(tokens, at, groups);
  if (sort !== sorts.word || !mayBeNumber(tokens, at)) return null;
  const isFew = tokens.length(at) <= mostLetters && isLike(tokens, at, likeFew);
  // "o171": only right before digits.
  const isBeforeDigits = tokens.sort(at + 1) === sorts.digits && tokens.length(at + 1) > 1;
  return (
    readSpelled(tokens, at, groups) ??
    (isFew && isBeforeDigits ? readPiece(tokens, at, groups) : readGlued(tokens, at, groups)) ??
    (isFew ? readLone(tokens, at, groups) : null)
  );
}
