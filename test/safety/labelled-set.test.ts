import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { cleanLines, linesToFind } from "./labelled.ts";
import { scoreFilters, shareOf } from "./score.ts";

const scored = scoreFilters();
/** A kind of which the set has few lines may be so far below what is found of all. */
const mostBelow = 0.1;

test("the labelled set has clean haggling in four languages, and each kind plain and disguised", () => {
  expect(cleanLines().length).toBeGreaterThanOrEqual(1_000);
  expect(linesToFind().length).toBeGreaterThanOrEqual(400);
  expect(new Set(cleanLines().map(({ language }) => language)).size).toBe(4);
  const texts = [...cleanLines(), ...linesToFind()].map(({ messages }) => messages.join(" / "));
  expect(texts.length - new Set(texts).size).toBe(0);
});

test("it is apart from the examples that filters were made with, so that it can surprise them", () => {
  const said = /^\s*\[?("(?:[^"\\]|\\.)*")/gm;
  const examples = globSync("app/safety/**/*.test.ts").flatMap((file) =>
    Array.from(readFileSync(file, "utf8").matchAll(said), ([, text]) => JSON.parse(text ?? "")),
  );
  expect(examples.length).toBeGreaterThan(1_000);
  const lines = [...cleanLines(), ...linesToFind()].flatMap(({ messages }) => messages.join(" "));
  expect(lines.filter((line) => examples.includes(line))).toEqual([]);
});

test("of 1,000 clean lines, at most one is stopped, and nearly all take the fast way", () => {
  expect(scored.falseAlarms.length / scored.clean, why(scored.falseAlarms)).toBeLessThanOrEqual(
    1 / 1_000,
  );
  expect(scored.plain / scored.clean).toBeGreaterThanOrEqual(0.97);
});

test.each([
  ["plain", 0.95],
  ["disguised", 0.85],
  ["split", 0.85],
] as const)("of what is %s, at least %f is found, and of no kind much less", (style, least) => {
  const kinds = scored.scores.flatMap(({ kind, recall }) => {
    const share = recall[style];
    return share ? [{ kind, ...share }] : [];
  });
  const sum = (of: "part" | "of") => kinds.reduce((all, share) => all + share[of], 0);
  const missed = scored.missed.filter((line) => line.style === style);
  expect(sum("part") / sum("of"), why(missed)).toBeGreaterThanOrEqual(least);
  for (const { kind, ...share } of kinds) {
    expect(shareOf(share), kind).toBeGreaterThanOrEqual(least - mostBelow);
  }
});

test.each(scored.scores.map(({ kind, precision }) => ({ kind, precision })))(
  "what is found as $kind mostly is",
  ({ precision }) => {
    expect(shareOf(precision)).toBeGreaterThanOrEqual(0.9);
  },
);

const why = (lines: unknown[]) => JSON.stringify(lines.slice(0, 10));
