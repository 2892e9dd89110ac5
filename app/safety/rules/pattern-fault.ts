import { RE2JS, RE2JSSyntaxException } from "re2js";

/** What is wrong with a pattern in RE2's syntax, in RE2's words, and where it begins, from 1. */
type PatternFault = { problem: string; part: string; at: number };

/** @returns null for one that can be read */
export function patternFault(pattern: string): PatternFault | null {
  try {
    RE2JS.compile(pattern);
    return null;
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    const part = error.input ?? pattern;
    // What stands there twice is meant where it stands last: up to there all was read.
    const at = Math.max(0, pattern.lastIndexOf(part));
    return { problem: error.error, part, at: at + 1 };
  }
}
