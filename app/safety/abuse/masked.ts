import type { Finding } from "../detector";
import type { Prepared } from "../prepare";
import { mostRead } from "./words";

const anyLetter = /[*#%]/;
const fewestLetters = 4;
const piece = /\S+/g;
const around = /^[^a-z*#%]+|[^a-z*#%]+$/g;

/** Finds words of which some letters are hidden: f*ck, s**t, sch**sse. */
export class Masked {
  /** Words by their first letter and their length. */
  private readonly byShape = new Map<string, string[]>();

  /** @param words folded ones */
  constructor(words: readonly string[]) {
    for (const word of words) {
      if (word.length < fewestLetters) continue;
      const shape = `${word[0]}${word.length}`;
      this.byShape.set(shape, [...(this.byShape.get(shape) ?? []), word]);
    }
  }

  find({ text }: Prepared): Finding[] {
    if (!anyLetter.test(text)) return [];
    const findings: Finding[] = [];
    for (const { 0: said, index } of text.slice(0, mostRead).matchAll(piece)) {
      const bare = anyLetter.test(said) ? said.replace(around, "") : "";
      if (bare && this.isKnown(bare)) {
        findings.push({ from: index, to: index + said.length, isDisguised: true });
      }
    }
    return findings;
  }

  private isKnown(bare: string): boolean {
    const known = this.byShape.get(`${bare[0]}${bare.length}`);
    if (!known) return false;
    const shown = [...bare].filter((char) => !anyLetter.test(char)).length;
    // One letter says too little, but for one word.
    if (shown < 2) return bare === "f***";
    return known.some((word) =>
      [...bare].every((char, at) => anyLetter.test(char) || char === word[at]),
    );
  }
}
