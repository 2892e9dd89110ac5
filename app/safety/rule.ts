import { RE2JS } from "re2js";
import type { ruleKinds } from "~/db/schema";
import type { Stage } from "./filters";
import { type Prepared, prepare } from "./prepare";
import { sorts } from "./tokens";
import type { FilterAction } from "./verdict";

/** One of the admins' own, switched on, in its newest version. */
export type Rule = {
  id: string;
  version: number;
  kind: (typeof ruleKinds)[number];
  /** Words or phrases, one on each line, or one pattern in RE2's syntax. */
  pattern: string;
  action: Exclude<FilterAction, "allow">;
  stages: Stage[];
  /** What the sender is told. */
  message: string;
};

/** A pattern is asked so often at most: each time it may read the whole text. */
const mostMatches = 5;
const mostPhrases = 20;
/**
 * Instructions of RE2's program. One of 600 takes 80 ms for 4,000 characters at worst, of 200 about 20
 * (tried: `[a-z]{1,300}z`, `(a?){100}a{100}`).
 */
const mostInstructions = 200;
/** Longer ones are not compiled to see how large they are. */
const longestPattern = 1_000;
/**
 * Instructions of all patterns that are on. One takes 0.14 ms at worst for 4,000 characters, so together
 * they stay below 50 ms; a small pattern costs ten more than it has (tried: the above, and `\w+@\w+`).
 */
const mostTogether = 300;
const instructionsOfAny = 10;

type Looked = Pick<Rule, "kind" | "pattern">;

function weightOf({ kind, pattern }: Looked): number {
  if (kind !== "pattern" || pattern.length > longestPattern) return 0;
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
    return compiled.programSize() + instructionsOfAny;
  } catch {
    return 0;
  }
}

/** Whether patterns are too much for each message together with one that is to be on too. */
export function isTooMuch(one: Looked, others: readonly Looked[]): boolean {
  if (one.kind !== "pattern") return false;
  return others.reduce((sum, rule) => sum + weightOf(rule), weightOf(one)) > mostTogether;
}

export type CompiledRule = {
  rule: Rule;
  /** What of a text it is about, in the sender's words. */
  find(prepared: Prepared): string[];
};

function wordsOf({ tokens }: Prepared) {
  const words: { from: number; to: number; text: string }[] = [];
  for (let at = 0; at < tokens.count; at++) {
    const sort = tokens.sort(at);
    if (sort === sorts.word || sort === sorts.digits)
      words.push({ from: tokens.from(at), to: tokens.to(at), text: tokens.string(at) });
  }
  return words;
}

function findPhrases(lines: string): CompiledRule["find"] {
  const byFirst = new Map<string, string[][]>();
  for (const line of lines.split("\n")) {
    const [first, ...rest] = wordsOf(prepare(line)).map(({ text }) => text);
    if (first !== undefined) byFirst.set(first, [...(byFirst.get(first) ?? []), rest]);
  }
  return (prepared) => {
    const words = wordsOf(prepared);
    const found: string[] = [];
    for (const [at, first] of words.entries()) {
      for (const rest of byFirst.get(first.text) ?? []) {
        const last = words[at + rest.length];
        if (last && rest.every((text, i) => words[at + 1 + i]?.text === text))
          found.push(prepared.originalOf(first.from, last.to));
      }
      if (found.length >= mostPhrases) break;
    }
    return found;
  };
}

function findPattern(pattern: string): CompiledRule["find"] {
  const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
  // A message is judged right after it turned out not to be plain.
  const known = new WeakMap<Prepared, string[]>();
  return (prepared) => {
    const before = known.get(prepared);
    if (before) return before;
    const matcher = compiled.matcher(prepared.original);
    const found: string[] = [];
    for (let asked = 0; asked < mostMatches && matcher.find(); asked++) {
      const words = matcher.group();
      if (words) found.push(words);
    }
    known.set(prepared, found);
    return found;
  };
}

/** Why a rule cannot be used, or null. Patterns are bounded in size, because each send pays for them. */
export function ruleFault({ kind, pattern }: Looked) {
  if (kind !== "pattern") return wordsOf(prepare(pattern)).length === 0 ? "empty" : null;
  if (pattern.length > longestPattern) return "tooLarge";
  try {
    const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
    if (compiled.programSize() > mostInstructions) return "tooLarge";
    // It would be found in every message.
    return compiled.matches("") ? "empty" : null;
  } catch {
    return "syntax";
  }
}

/** Compiles a rule once for many texts; one with a fault finds nothing. */
export function compileRule(rule: Rule): CompiledRule {
  if (ruleFault(rule) !== null) return { rule, find: () => [] };
  const find = rule.kind === "pattern" ? findPattern : findPhrases;
  return { rule, find: find(rule.pattern) };
}
