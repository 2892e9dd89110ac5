import { expect, test } from "vitest";
import { nowhere, start, Tree } from "./tree";

/** What a word is found as: its own number, or that of its longest known beginning. */
function find(tree: Tree, word: string): number {
  let node = start;
  let begun = 0;
  for (let at = 0; at < word.length; at++) {
    node = tree.step(node, word.charCodeAt(at));
    begun = tree.begunOf(node) || begun;
  }
  return tree.wholeOf(node) || begun;
}

test("each word is found as what it is, and no other", () => {
  const words = ["a", "aa", "ab", "az", "b", "ba", "zz", "z9", "9", "telegram", "telephone"];
  const tree = new Tree(new Map(words.map((word, at) => [word, at + 1])), new Map([["tele", 99]]));
  for (const [at, word] of words.entries()) expect(find(tree, word)).toBe(at + 1);
  expect(find(tree, "telex")).toBe(99);
  for (const word of ["", "c", "aab", "zza", "tel", "0", "z99"]) expect(find(tree, word)).toBe(0);
});

test("who is lost stays so, whatever follows", () => {
  const tree = new Tree(new Map([["ab", 1]]), new Map());
  for (const code of Array.from({ length: 0x80 }, (_, code) => code)) {
    expect(tree.step(nowhere, code)).toBe(nowhere);
    if (code !== "a".charCodeAt(0)) expect(tree.step(start, code)).toBe(nowhere);
  }
  expect(find(tree, "x-ab")).toBe(0);
});

test("of thousands of words, all are found", () => {
  const words = Array.from({ length: 5_000 }, (_, at) => (at * 7919).toString(36));
  const tree = new Tree(new Map(words.map((word, at) => [word, at + 1])), new Map());
  expect(words.filter((word, at) => find(tree, word) !== at + 1)).toEqual([]);
});
