import { expect, test } from "vitest";
import { markedParts } from "./marked-text";

const shown = (text: string, words: string[]) =>
  markedParts(text, words)
    .map(({ part, isMarked }) => (isMarked ? `[${part}]` : part))
    .join("");

test("every place of each word is marked, and what lies over each other is one mark", () => {
  expect(shown("pay me, pay now", ["pay"])).toBe("[pay] me, [pay] now");
  expect(shown("gift cards", ["gift card", "cards"])).toBe("[gift cards]");
  expect(shown("abc", ["x", ""])).toBe("abc");
  expect(shown("abc", ["abc"])).toBe("[abc]");
  expect(shown("", ["a"])).toBe("");
});
