import { compileMessageOrThrow } from "@lingui/message-utils/compileMessage";
import { expect, test } from "vitest";
import { fill, type Sentence, type Values } from "./sentence";

const say = (icu: string, values: Values = {}, locale = "en") =>
  fill(compileMessageOrThrow(icu) as unknown as Sentence, values, locale);

test("a sentence says its values where its gaps are", () => {
  expect(say("{name} is typing…", { name: "Ana" })).toBe("Ana is typing…");
  expect(say("# {a}{b}{c}", { a: 0, b: "{a}" })).toBe("# 0{a}");
  expect(say("It''s '{so}'")).toBe("It's {so}");
});

test("a count picks its form by the language's own rules and is written as it writes numbers", () => {
  const pictures = "{n, plural, =0 {none} one {# picture} other {# pictures}}";
  expect([0, 1, 2, 12345].map((n) => say(pictures, { n }))).toEqual([
    "none",
    "1 picture",
    "2 pictures",
    "12,345 pictures",
  ]);
  const polish = "{n, plural, one {# plik} few {# pliki} many {# plików} other {# pliku}}";
  expect([1, 3, 5].map((n) => say(polish, { n }, "pl"))).toEqual(["1 plik", "3 pliki", "5 plików"]);
  const place = "{n, selectordinal, one {#st} two {#nd} few {#rd} other {#th}}";
  expect([1, 2, 3, 4].map((n) => say(place, { n }))).toEqual(["1st", "2nd", "3rd", "4th"]);
});

test("others are counted without those that are named", () => {
  const likes =
    "{n, plural, offset:1 =0 {nobody} =1 {Ana} one {Ana and # more} other {Ana and # more}}";
  expect([0, 1, 2, 5].map((n) => say(likes, { n }))).toEqual([
    "nobody",
    "Ana",
    "Ana and 1 more",
    "Ana and 4 more",
  ]);
});

test("a word picks its form; one that nobody thought of, or that objects have anyway, the last", () => {
  const role = "{role, select, buyer {Buyer {name}} other {Someone}}";
  expect(say(role, { role: "buyer", name: "Ana" })).toBe("Buyer Ana");
  expect(say(role, { role: "constructor" })).toBe("Someone");
  expect(say(role)).toBe("Someone");
});
