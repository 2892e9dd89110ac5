import { dictionary } from "../words/dictionary";
import { nowhere, start } from "../words/tree";
import { isBetween, isHiding, isSingle, letterOf, otherLetterOf } from "./characters";
import { type Lexicon, Walk } from "./lexicon";

/** Shorter ones are too often something else: A5, t1. */
export const fewestLetters = 3;
export const mostLetters = 30;
/** In pieces of which one is no longer than that, a word is cut up; compounds are not. */
const shortPiece = 2;

const apostrophe = "'".charCodeAt(0);

/** How often a letter is meant that stands there so often or oftener. */
const waysToDraw = [
  { from: 3, meant: 1 },
  { from: 3, meant: 2 },
  { from: 2, meant: 1 },
];

/** Three times the same letter is no spelling. */
function isDrawnOut(letters: Uint8Array, length: number): boolean {
  for (let at = 2; at < length; at++) {
    if (letters[at] === letters[at - 1] && letters[at] === letters[at - 2]) return true;
  }
  return false;
}

const walk = new Walk();

/** "fuuuck": the entry of what is meant; 0 where that is nothing that is known. */
export function drawnIn(lexicon: Lexicon, letters: Uint8Array, length: number): number {
  for (const { from, meant } of waysToDraw) {
    walk.begin();
    for (let at = 0; at < length; ) {
      const letter = letters[at] as number;
      let times = 1;
      while (at + times < length && letters[at + times] === letter) times++;
      at += times;
      const said = times >= from ? meant : times;
      for (let time = 0; time < said; time++) walk.step(letter);
    }
    if (lexicon.isKnown(walk.entry)) return walk.entry;
  }
  return 0;
}

const first = new Walk();
const second = new Walk();
const spelled = new Uint8Array(mostLetters);

/**
 * "k1ll", "fu-ck": the entry of what is meant; 0 where it is nothing that is known, or not hidden. It may
 * be no longer than `mostLetters`.
 */
export function revealed(lexicon: Lexicon, text: string, from: number, to: number): number {
  let length = 0;
  let changed = 0;
  first.begin();
  second.begin();
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    const letter = letterOf(code);
    if (letter) {
      if (letter !== code) changed++;
      spelled[length++] = letter;
      first.step(letter);
      second.step(otherLetterOf(code));
    } else if (!isBetween(code)) return 0;
  }
  const shown = length - changed;
  if (length < fewestLetters || changed > mostChanged * length || (changed && shown < 2)) return 0;
  if (!changed && !isCutUp(text, from, to) && areWords(lexicon, text, from, to)) return 0;
  if (lexicon.isKnown(first.entry)) return first.entry;
  if (lexicon.isKnown(second.entry)) return second.entry;
  if (isDrawnOut(spelled, length)) return drawnIn(lexicon, spelled, length);
  return changed ? 0 : filledIn(lexicon, text, from, to);
}

/** Of the letters of a word, so many may be others. */
const mostChanged = 0.6;

/** "gift-card": not one word in pieces, but two. */
function areWords(lexicon: Lexicon, text: string, from: number, to: number): boolean {
  for (let at = from; at < to; ) {
    const piece = at;
    while (at < to && !isBetween(text.charCodeAt(at))) at++;
    if (at > piece && !lexicon.isKnown(dictionary.entryOf(text, piece, at))) return false;
    at++;
  }
  return true;
}

const [firstLetter, lastLetter] = ["a".charCodeAt(0), "z".charCodeAt(0)];
/** Of a word, so many letters may be hidden and so many are to be seen, so that it says enough. */
const [mostFilled, fewestShown] = [3, 3];

/** "fre*nds": the entry of a word with a letter for each sign that hides one; 0 where there is none. */
function filledIn(lexicon: Lexicon, text: string, from: number, to: number): number {
  let filled = 0;
  for (let at = from; at < to; at++) if (isHiding(text.charCodeAt(at))) filled++;
  if (filled === 0 || filled > mostFilled || to - from - filled < fewestShown) return 0;
  return fillFrom(lexicon, text, from, to, start, 0);
}

function fillFrom(
  lexicon: Lexicon,
  text: string,
  at: number,
  to: number,
  node: number,
  begun: number,
): number {
  if (at === to) {
    const entry = dictionary.wholeOf(node) || begun;
    return lexicon.isKnown(entry) ? entry : 0;
  }
  const code = text.charCodeAt(at);
  const isHidden = isHiding(code);
  const last = isHidden ? lastLetter : code;
  for (let letter = isHidden ? firstLetter : code; letter <= last; letter++) {
    const next = dictionary.step(node, letter);
    if (next === nowhere) continue;
    const beginning = dictionary.begunOf(next) || begun;
    const entry = fillFrom(lexicon, text, at + 1, to, next, beginning);
    if (entry) return entry;
  }
  return 0;
}

function isCutUp(text: string, from: number, to: number): boolean {
  let pieces = 0;
  let hasShort = false;
  for (let at = from; at < to; ) {
    const piece = at;
    while (at < to && !isBetween(text.charCodeAt(at))) at++;
    if (at > piece) pieces++;
    if (at > piece && at - piece <= shortPiece) hasShort = true;
    if (at === piece) at++;
  }
  return pieces > 1 && hasShort;
}

/** "don't", "you're": two words that are known by themselves, so that nothing is hidden. */
export function isContracted(lexicon: Lexicon, text: string, from: number, to: number): boolean {
  let middle = from;
  while (middle < to && text.charCodeAt(middle) !== apostrophe) middle++;
  if (middle === to || middle - from < shortPiece) return false;
  return (
    lexicon.isKnown(dictionary.entryOf(text, from, middle)) &&
    lexicon.isKnown(dictionary.entryOf(text, middle + 1, to))
  );
}

const comma = ",".charCodeAt(0);

/** One letter or sign for one, or several of them with something between each two: "f", "u.c", "k,". */
export function isApart(text: string, from: number, to: number): boolean {
  if (to - from > mostLetters * 2 || !isSingle(text.charCodeAt(from))) return false;
  let isAfterSingle = true;
  let hasEnded = false;
  for (let at = from + 1; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === comma) hasEnded = true;
    else if (isBetween(code) && code !== apostrophe) isAfterSingle = false;
    else if (!isSingle(code) || isAfterSingle || hasEnded) return false;
    else isAfterSingle = true;
  }
  return true;
}
