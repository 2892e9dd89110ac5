import { fillers, readDigits } from "./contact/digits";
import { commonTopLevels } from "./contact/domain";
import { quantitiesIn } from "./contact/quantities";
import type { Prepared } from "./prepare";
import { sorts, type Tokens } from "./tokens";
import { oneWord } from "./words/one-word";
import { wordSet } from "./words/word-set";

/** Parts of addresses that are seldom anything else; folded. */
const partsOfAddresses = wordSet(
  `gmail googlemail gmx hotmail outlook yahoo icloud protonmail com www http https net org arroba arobase
  klammeraffe insta instagram telegram snapchat discord wechat viber skype paypal`,
);

/** Digits that are no price, date or the like: so many are no part of a number any more than a word is. */
const fewDigits = 4;
const fewNumberWords = 2;
const fewWords = 2;
const wordsOfBeginning = 3;

/** Letters and digits in one piece, which is longer than what things are called. */
const restOfWallet = 18;

/** A piece with a digit, which has many more letters and digits. */
function mayEndWallet({ tokens }: Prepared): boolean {
  let length = 0;
  let hasDigit = false;
  for (let at = 0; at < tokens.count; at++) {
    const sort = tokens.sort(at);
    const isAscii = tokens.charCode(at, 0) < 128;
    if ((sort === sorts.word && isAscii) || sort === sorts.digits) {
      length += tokens.length(at);
      hasDigit ||= sort === sorts.digits;
      if (hasDigit && length >= restOfWallet) return true;
    } else {
      length = 0;
      hasDigit = false;
    }
  }
  return false;
}

/** What of the words of a message says that something may go on in it. */
type Words = {
  count: number;
  last: number;
  lastLength: number;
  /** A part of an address is among the first, or somebody's name is there. */
  isPart: boolean;
};

function readWords(tokens: Tokens): Words {
  const words: Words = { count: 0, last: 0, lastLength: 0, isPart: false };
  let isName = false;
  for (let at = 0; at < tokens.count; at++) {
    const word = tokens.word(at);
    if (tokens.sort(at) === sorts.word && !fillers.has(word)) {
      words.count++;
      words.last = word;
      words.lastLength = tokens.length(at);
      if (words.count <= wordsOfBeginning && partsOfAddresses.has(word)) words.isPart = true;
      isName ||= isInName(tokens, at);
    } else if (isDotAfterNothing(tokens, at)) words.isPart = true;
    if (words.isPart) return words;
  }
  words.isPart = isName && words.count <= fewWords;
  return words;
}

const isInName = (tokens: Tokens, at: number) =>
  tokens.isChar(at + 1, "_") ||
  tokens.isChar(at - 1, "_") ||
  (tokens.sort(at + 1) === sorts.digits && tokens.length(at + 1) > 1 && tokens.length(at) > 2);

/** ".de" */
const isDotAfterNothing = (tokens: Tokens, at: number) =>
  tokens.isChar(at, ".") &&
  tokens.sort(at + 1) === sorts.word &&
  tokens.sort(at - 1) !== sorts.word &&
  !tokens.isChar(at - 1, ".");

/** Whether up to a place of the text there is no word but such as are said between digits. */
function isOnlyFillers(tokens: Tokens, place: number): boolean {
  for (let at = 0; at < tokens.count && tokens.to(at) <= place; at++)
    if (tokens.sort(at) === sorts.word && !fillers.has(tokens.word(at))) return false;
  return true;
}

/** Of more digits than this it is known without all of them that they may go on. */
const mostGroups = 40;

/** Digits and number words with which a message goes on. */
function readNumber(prepared: Prepared): { digits: number; spelled: number } {
  const { groups, runs } = readDigits(prepared);
  const number = { digits: 0, spelled: 0 };
  const [first] = runs;
  const run = first && { ...first, end: Math.min(first.end, first.first + mostGroups) };
  // What goes on is at the beginning: any word but a filler ends a number.
  if (!run || !isOnlyFillers(prepared.tokens, groups.from(run.first))) return number;
  const isQuantity = quantitiesIn(prepared, groups, run, false);
  for (let at = run.first; at < run.end; at++) {
    if (groups.isSpelled(at)) number.spelled++;
    else if (!isQuantity[at - run.first]) number.digits += groups.size(at);
  }
  return number;
}

const isQuestion = /[?!]\s*$/;
const isClosed = /[.?!,;:)]\s*$/;
/** Of a text its end, where signs and white space stand. */
const end = 20;

/** Whether a message could be the end of something that was begun in an earlier one. */
export function mayBePart(prepared: Prepared): boolean {
  const { text, tokens } = prepared;
  if (text.includes("@") || mayEndWallet(prepared)) return true;
  const words = readWords(tokens);
  if (words.isPart) return true;
  // "punkt de", "com"
  if (words.count <= 2 && commonTopLevels.has(words.last)) return true;
  const { digits, spelled } = readNumber(prepared);
  const count = words.count - spelled;
  const ending = text.slice(-end);
  // "50?", "Versand?"
  if (isQuestion.test(ending) && digits < fewDigits && spelled === 0) return false;
  if (digits > fewDigits || spelled > fewNumberWords) return true;
  if (digits + spelled > 0) return count <= 1;
  return count === 1 && !isClosed.test(ending) && words.lastLength > 3 && !oneWord.has(words.last);
}
