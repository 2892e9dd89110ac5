import type { Prepared, Token } from "../prepare";
import { compound, numberOf, repeats } from "../words/numbers";

/** Digits that stand together, or a word that says them. */
export type Group = {
  from: number;
  to: number;
  digits: string;
  isSpelled: boolean;
  /** In letters that look like digits, next to real ones. */
  isLeet: boolean;
};

/** Groups with nothing but separators between them. */
export type Run = {
  groups: Group[];
  /** Right before its first group, or null: a letter or more, as of "tel0171". */
  glued: string | null;
  /** For each group, whether a plus stands before it. */
  pluses: boolean[];
  /** What stands between a group and the one before; "" before the first. */
  gaps: string[];
};

const leet: Record<string, string> = { o: "0", l: "1", i: "1", s: "5", b: "8", z: "2" };
/** A piece of so many characters is no amount of litres any more: "9oo". */
const longEnough = 4;
const leetOnly = /^[oli]{1,3}$/;
const leetAmongMany = /^[olisbz]{1,3}$/;

/** Words that are said between digits and mean none. */
export const fillers: ReadonlySet<string> = new Set([
  ..."dann danach weiter und then next and y luego despues et puis ensuite apres".split(" "),
  ..."bindestrich strich dash hyphen slash schragstrich space leerzeichen guion tiret espace".split(
    " ",
  ),
  ..."espacio barra pause punto punkt dot point".split(" "),
]);

const plusWords = new Set(["plus", "mas"]);

/** Signs that make a number something else than digits of a longer one. */
const breaking = /[€$£¥%°²³½]/;

/** So much may stand between two groups. */
const widestGap = 6;

const isNumberWord = (token: Token) => token.sort === "word" && numberOf(token.text) !== undefined;

function fromLeet(text: string): string {
  let digits = "";
  for (const char of text) digits += leet[char] ?? char;
  return digits;
}

/** Runs of letters and of digits in one piece; what has more is no number, and would be looked at again from each of them. */
const mostInPiece = 40;

type Read = { group: Group; next: number };

/** A contiguous piece of digits and letters that look like them: "o171", "0l7l". */
function readPiece(tokens: Token[], at: number): Read | null {
  let next = at;
  let real = 0;
  let letters = 0;
  while (next < tokens.length) {
    if (next - at > mostInPiece) return null;
    const token = tokens[next] as Token;
    if (token.sort === "digits") real += token.text.length;
    else if (token.sort === "word") letters += token.text.length;
    else break;
    next++;
  }
  const first = tokens[at] as Token;
  const last = tokens[next - 1] as Token;
  const pieces = tokens.slice(at, next);
  if (real === 0) return null;
  if (letters > 0) {
    const isAmongMany = real >= 3 && letters <= real;
    const pattern = isAmongMany ? leetAmongMany : leetOnly;
    const isLeet =
      (real >= letters || real + letters >= longEnough) &&
      pieces.every(({ sort, text }) => sort === "digits" || pattern.test(text));
    if (!isLeet) return null;
  }
  const digits = fromLeet(pieces.map(({ text }) => text).join(""));
  const isLeet = letters > 0;
  return { group: { from: first.from, to: last.to, digits, isSpelled: false, isLeet }, next };
}

const skipsToUnit = (token: Token | undefined) =>
  token !== undefined && (token.text === " " || token.text === "-");

/** "einundzwanzig", "twenty-one", "soixante et onze", "double seven". */
function readSpelled(tokens: Token[], at: number): Read | null {
  const first = tokens[at] as Token;
  const times = repeats.get(first.text);
  if (times !== undefined) {
    const after = tokens[at + 2];
    if (!skipsToUnit(tokens[at + 1]) || !after) return null;
    const value = after.sort === "digits" && after.text.length === 1 ? after.text : null;
    const spelled = value ?? numberOf(after.text);
    if (spelled === undefined || Number(spelled) > 9) return null;
    const digits = String(spelled).repeat(times);
    return {
      group: { from: first.from, to: after.to, digits, isSpelled: true, isLeet: false },
      next: at + 3,
    };
  }
  let value = numberOf(first.text);
  if (value === undefined) return null;
  let said = first.text;
  let next = at + 1;
  let to = first.to;
  for (let parts = 0; parts < 3; parts++) {
    if (!skipsToUnit(tokens[next])) break;
    let unit = next + 1;
    const link = tokens[unit]?.text;
    if ((link === "et" || link === "y") && skipsToUnit(tokens[unit + 1])) unit += 2;
    const token = tokens[unit];
    const second = token && numberOf(token.text);
    if (!token || second === undefined) break;
    const both = compound(value, said, second);
    if (both === null) break;
    said = both === 80 && said === "quatre" ? "quatre-vingt" : both % 10 === 0 ? said : "";
    value = both;
    next = unit + 1;
    to = token.to;
  }
  return {
    group: { from: first.from, to, digits: String(value), isSpelled: true, isLeet: false },
    next,
  };
}

/** "nulleinssieben": words of digits without anything between them. */
function readGluedWords(token: Token): Group | null {
  const { text, from, to } = token;
  if (text.length < shortestGlued || text.length > longestGlued) return null;
  let digits = "";
  let at = 0;
  while (at < text.length) {
    let length = Math.min(longestWord, text.length - at);
    while (length > 1 && numberOf(text.slice(at, at + length)) === undefined) length--;
    if (length <= 1) return null;
    digits += numberOf(text.slice(at, at + length));
    at += length;
  }
  return { from, to, digits, isSpelled: true, isLeet: false };
}

const shortestGlued = 9;
const longestGlued = 120;
const longestWord = 18;

function readGroup(tokens: Token[], at: number): Read | null {
  const token = tokens[at] as Token;
  if (token.sort === "digits") return readPiece(tokens, at);
  if (token.sort !== "word") return null;
  const spelled = readSpelled(tokens, at);
  if (spelled) return spelled;
  const next = tokens[at + 1];
  // "o171": only right before digits.
  if (leetOnly.test(token.text) && next?.sort === "digits" && next.text.length > 1)
    return readPiece(tokens, at);
  const glued = readGluedWords(token);
  return glued && { group: glued, next: at + 1 };
}

/** A lone letter that looks like a digit counts between groups of digits: "0 1 7 l 2 o". */
function readLone(tokens: Token[], at: number): Read | null {
  const token = tokens[at] as Token;
  const after = tokens[at + 2];
  if (token.sort !== "word" || !leetOnly.test(token.text) || token.text.length > 1) return null;
  if (tokens[at + 1]?.text !== " " || !after) return null;
  const isAmongDigits =
    (after.sort === "digits" && after.text.length === 1) ||
    isNumberWord(after) ||
    (after.text.length === 1 && leetOnly.test(after.text));
  if (!isAmongDigits) return null;
  const { from, to, text } = token;
  const group = { from, to, digits: fromLeet(text), isSpelled: false, isLeet: true };
  return { group, next: at + 1 };
}

/**
 * Reads where digits stand together, however they are written, and what is between them. Digits that
 * are a part of a longer name ("SM-G998B", "4GB") are left out.
 */
export function readRuns(prepared: Prepared): Run[] {
  const runs = known.get(prepared) ?? read(prepared);
  known.set(prepared, runs);
  return runs;
}

/** More than one detector asks. */
const known = new WeakMap<Prepared, Run[]>();

function read({ tokens }: Prepared): Run[] {
  const runs: Run[] = [];
  let run: Run | null = null;
  let gap = "";
  let isPlus = false;
  let at = 0;
  const close = () => {
    if (run) runs.push(run);
    run = null;
  };
  while (at < tokens.length) {
    const token = tokens[at] as Token;
    const read: Read | null = readGroup(tokens, at) ?? readLone(tokens, at);
    if (read) {
      const before = tokens[at - 1];
      const after = tokens[read.next];
      const isPartOfName = !read.group.isSpelled && after?.sort === "word" && !isNumberWord(after);
      if (isPartOfName) {
        close();
        at = read.next + 1;
        // All of the name: "1Z999AA101".
        while (tokens[at]?.sort === "word" || tokens[at]?.sort === "digits") at++;
        gap = "";
        isPlus = false;
        continue;
      }
      if (!run) {
        const glued: string | null =
          before?.sort === "word" && !read.group.isSpelled ? before.text : null;
        run = { groups: [], glued, pluses: [], gaps: [] };
        gap = "";
      }
      run.groups.push(read.group);
      run.pluses.push(isPlus);
      run.gaps.push(gap);
      gap = "";
      isPlus = false;
      at = read.next;
      continue;
    }
    if (token.sort === "word") {
      isPlus = plusWords.has(token.text);
      if (isPlus) close();
      else if (!fillers.has(token.text)) close();
      else gap += " ";
    } else if (token.text === "+") {
      isPlus = true;
      close();
    } else if (token.sort === "sign") {
      isPlus = isPlus && token.text === "(";
      if (breaking.test(token.text)) close();
      gap += token.text;
    } else gap += token.text;
    if (gap.length > widestGap) close();
    at++;
  }
  close();
  return runs;
}
