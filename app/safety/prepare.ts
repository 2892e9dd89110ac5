import { fold } from "./fold";

/** A run of letters, of digits or of white space, or one sign. Places are those of the folded text. */
export type Token = {
  sort: "word" | "digits" | "space" | "sign";
  from: number;
  to: number;
  text: string;
};

/** A text as detectors look at it. All places are in `text`, unless it says otherwise. */
export type Prepared = {
  original: string;
  /** Folded, its letters as large or small as they were. */
  cased: string;
  /** Folded, lower case; as long as `cased`. */
  text: string;
  tokens: Token[];
  /** The place in the original of each place of the text; null where they are the same. */
  places: Uint32Array | null;
  /** Places where something was written in characters that only look like others, or with unseen ones. */
  tricks: number[];
};

const newline = 10;
const space = 32;

const isLetter = (code: number) => code >= 97 && code <= 122;
const isDigit = (code: number) => code >= 48 && code <= 57;
const isAlphanumeric = (code: number) => isLetter(code | 32) || isDigit(code);

const needsFolding = /[^\x20-\x7e\n]/;
const otherLetter = /^\p{L}$/u;
/** Characters after ASCII that are letters for certain, so that the expression is asked less often. */
const lettersFrom = 0x370;
const lettersTo = 0x1fff;

const sorts = Array.from({ length: 0x80 }, (_, code): Token["sort"] => {
  if (isLetter(code)) return "word";
  if (isDigit(code)) return "digits";
  if (code === space || code === newline) return "space";
  return "sign";
});

function sortAt(text: string, at: number): Token["sort"] {
  const code = text.charCodeAt(at);
  if (code < 0x80) return sorts[code] as Token["sort"];
  if (code >= lettersFrom && code <= lettersTo) return "word";
  return otherLetter.test(String.fromCodePoint(text.codePointAt(at) as number)) ? "word" : "sign";
}

const sizeAt = (text: string, at: number) =>
  text.charCodeAt(at) >= 0xd800 && (text.codePointAt(at) as number) > 0xffff ? 2 : 1;

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const sort = sortAt(text, at);
    const from = at;
    at += sizeAt(text, at);
    if (sort !== "sign")
      while (at < text.length && sortAt(text, at) === sort) at += sizeAt(text, at);
    tokens.push({ sort, from, to: at, text: text.slice(from, at) });
  }
  return tokens;
}

/** Only what stays as long: `cased` and `text` share their places. */
function lower(cased: string): string {
  const all = cased.toLowerCase();
  if (all.length === cased.length) return all;
  return Array.from(cased, (char) => {
    const small = char.toLowerCase();
    return small.length === char.length ? small : char;
  }).join("");
}

/**
 * Reads a text as its reader would who knows the tricks: NFKC, letters that look alike as one, accents
 * and what cannot be seen gone, lower case. Linear in the length of the text.
 */
export function prepare(original: string): Prepared {
  if (!needsFolding.test(original)) {
    const text = original.toLowerCase();
    return { original, cased: original, text, tokens: tokenise(text), places: null, tricks: [] };
  }
  const parts: string[] = [];
  const places: number[] = [];
  const tricks: number[] = [];
  let at = 0;
  let last = 0;
  for (const char of original) {
    const code = char.charCodeAt(0);
    if ((code >= space && code < 0x7f) || code === newline) {
      parts.push(char);
      places.push(at);
      last = code;
    } else {
      const folded = fold(char);
      // What cannot be seen is a trick only inside of words: emojis are full of it.
      if (folded.isTrick && (folded.text !== "" || isAlphanumeric(last)))
        tricks.push(places.length);
      for (let i = 0; i < folded.text.length; i++) places.push(at);
      if (folded.text !== "") {
        parts.push(folded.text);
        last = folded.text.charCodeAt(folded.text.length - 1);
      }
    }
    at += char.length;
  }
  places.push(original.length);
  const cased = parts.join("");
  const text = lower(cased);
  return {
    original,
    cased,
    text,
    tokens: tokenise(text),
    places: Uint32Array.from(places),
    tricks,
  };
}

/** What stands there in the words of who wrote it. */
export function originalOf(prepared: Prepared, from: number, to: number): string {
  const [start, end] = originalPlaces(prepared, from, to);
  return prepared.original.slice(start, end);
}

/** Where in the original that is. */
export function originalPlaces({ places }: Prepared, from: number, to: number): [number, number] {
  if (!places) return [from, to];
  return [places[from] as number, places[to] as number];
}

/** Whether somebody wrote that in characters that only look like the usual ones. */
export function isTricked({ tricks }: Prepared, from: number, to: number): boolean {
  return tricks.some((at) => at > from && at < to) || tricks.includes(from);
}
