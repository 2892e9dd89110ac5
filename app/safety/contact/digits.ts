import { perText } from "../per-text";
import type { Prepared } from "../prepare";
import { sorts, type Tokens } from "../tokens";
import { numberWords } from "../words/numbers";
import { wordSet } from "../words/word-set";
import { GroupColumns, type Groups } from "./digit-groups";
import { mayBeNumber, type Read, readGroup } from "./group-reader";

/** Groups with nothing but separators between them, from the first up to the last excluded. */
export type Run = {
  first: number;
  end: number;
  /** So many letters are right before its first group: 3 of "tel0171". */
  glued: number;
};

/** Shorter ones are parts of nothing that is looked for, unless they are all that a message says. */
const fewestDigits = 7;

/** The digits of a text. */
export type Digits = {
  groups: Groups;
  /** The first one, and all with as many digits as numbers have. */
  runs: Run[];
};

/** Words that are said between digits and mean none. */
export const fillers = wordSet(`
  dann danach weiter und then next and y luego despues et puis ensuite apres bindestrich strich dash hyphen
  slash schragstrich space leerzeichen guion tiret espace espacio barra pause punto punkt dot point`);

const plusWords = wordSet("plus mas");

const [plus, bracket] = ["+".charCodeAt(0), "(".charCodeAt(0)];
/** Signs that make a number something else than digits of a longer one, by their code. */
const breaking = new Uint8Array(0x10000);
for (const sign of "+€$£¥%°²³½") breaking[sign.charCodeAt(0)] = 1;

/** So much may stand between two groups. */
const widestGap = 6;

const isWord = (tokens: Tokens, at: number) => tokens.sort(at) === sorts.word;

/** Whether a token may begin a run, or says what one begins with. */
function mayCount(tokens: Tokens, at: number): boolean {
  const sort = tokens.sort(at);
  if (sort === sorts.space) return false;
  return sort !== sorts.word || mayBeNumber(tokens, at) || plusWords.has(tokens.word(at));
}

/** Goes along the tokens of a text and gathers runs. */
class Reader {
  private readonly groups: GroupColumns;
  private readonly runs: Run[];
  /** The first group of the run that goes on, and how many letters touch it; -1 between two. */
  private first = -1;
  private glued = 0;
  private gap = 0;
  private readonly before = { isStart: true, isPlus: false, isWord: false };

  constructor(groups: GroupColumns, runs: Run[]) {
    this.groups = groups;
    this.runs = runs;
  }

  read({ tokens, text }: Prepared): void {
    this.groups.begin(text);
    this.runs.length = 0;
    for (let at = 0; at < tokens.count; ) {
      // Between two runs words and white space say nothing; nearly all of a text is that.
      if (this.first === -1 && !mayCount(tokens, at)) {
        if (tokens.sort(at) === sorts.word) this.before.isPlus = false;
        at++;
      } else at = this.readAt(tokens, at);
    }
    this.close();
  }

  /** Reads what begins at a token. @returns the token after it */
  private readAt(tokens: Tokens, at: number): number {
    const sort = tokens.sort(at);
    if (sort === sorts.space) {
      this.widenGap(tokens.length(at));
      return at + 1;
    }
    if (sort === sorts.sign) {
      this.passSign(tokens, at);
      return at + 1;
    }
    const read = readGroup(tokens, at, this.groups);
    if (!read) {
      if (sort === sorts.word) this.passWord(tokens.word(at));
      else this.widenGap(tokens.length(at));
      return at + 1;
    }
    const isInName = read.writing !== "spelled" && isWord(tokens, read.next);
    return isInName && !numberWords.has(tokens.word(read.next))
      ? this.passName(tokens, read.next)
      : this.add(tokens, at, read);
  }

  /** All of it: "1Z999AA101". */
  private passName(tokens: Tokens, from: number): number {
    this.groups.forget();
    this.close();
    this.forgetGap();
    let at = from + 1;
    while (isWord(tokens, at) || tokens.sort(at) === sorts.digits) at++;
    return at;
  }

  private passSign(tokens: Tokens, at: number): void {
    const sign = tokens.code(at);
    if (breaking[sign] === 1) this.close();
    this.before.isPlus = sign === plus || (this.before.isPlus && sign === bracket);
    if (sign !== plus) this.widenGap(tokens.length(at));
  }

  private widenGap(length: number): void {
    this.gap += length;
    if (this.gap > widestGap) this.close();
  }

  private passWord(word: number): void {
    this.before.isPlus = plusWords.has(word);
    if (this.before.isPlus || !fillers.has(word)) this.close();
    else {
      this.before.isWord = true;
      this.widenGap(1);
    }
  }

  private add(tokens: Tokens, at: number, { to, writing, next }: Read): number {
    const { groups } = this;
    this.before.isStart = this.first === -1;
    if (this.before.isStart) {
      this.first = groups.count;
      const isGlued = writing !== "spelled" && isWord(tokens, at - 1);
      this.glued = isGlued ? tokens.length(at - 1) : 0;
    }
    groups.add(tokens.from(at), to, writing, this.before);
    this.forgetGap();
    return next;
  }

  private forgetGap(): void {
    this.gap = 0;
    this.before.isWord = false;
    this.before.isPlus = false;
  }

  private close(): void {
    const { first, glued, groups, runs } = this;
    this.first = -1;
    if (first === -1) return;
    const end = groups.count;
    if (runs.length === 0 || groups.size(first, end) >= fewestDigits)
      runs.push({ first, end, glued });
  }
}

/**
 * Reads where digits stand together, however they are written, and what is between them. Digits that
 * are a part of a longer name ("SM-G998B", "4GB") are left out.
 */
export const readDigits: (prepared: Prepared) => Digits = perText(
  () => {
    const groups = new GroupColumns();
    const runs: Run[] = [];
    return { groups, runs, reader: new Reader(groups, runs) };
  },
  ({ reader }, prepared) => reader.read(prepared),
);
