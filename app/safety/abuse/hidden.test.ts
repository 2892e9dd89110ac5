import { describe, expect, test } from "vitest";
import { abuseIn } from "~test/abuse";

/** Ways to write a word so that it is read but not found. */
const ways: Record<string, (word: string) => string> = {
  "with a star for a letter": (word) => `${word.slice(0, 2)}*${word.slice(3)}`,
  "with stars for two letters": (word) => `${word.slice(0, 2)}**${word.slice(4)}`,
  "with a star between letters": (word) => `${word.slice(0, 2)}*${word.slice(2)}`,
  "cut up by a dot": (word) => `${word.slice(0, 3)}.${word.slice(3)}`,
  "cut up by a slash": (word) => `${word.slice(0, 4)}/${word.slice(4)}`,
  "cut up by a picture": (word) => `${word.slice(0, 3)}🙂${word.slice(3)}`,
  "with a letter in brackets": (word) => `${word.slice(0, 2)}(${word[2]})${word.slice(3)}`,
  "with digits for most of its letters": (word) =>
    word.replace(/[aeio]/g, (letter) => ({ a: "4", e: "3", i: "1", o: "0" })[letter] ?? letter),
};

/** What is hidden stands between two underscores. */
const texts: [kind: string, text: string][] = [
  ["scam", "My _courier_ collects it and hands you the _envelope_ with the cash"],
  ["scam", "Only by _western_ _union_ please"],
  ["scam", "Send it to _friends_ and _family_ by PayPal"],
  ["scam", "Bitte per _überweisung_ an _freunde_ und _familie_ über PayPal"],
  ["scam", "Le _coursier_ vous remettra l'argent"],
  ["scam", "El _mensajero_ te entregará el _dinero_ en un sobre"],
  ["threat", "I will _strangle_ you"],
];

describe.each(Object.entries(ways))("%s", (_, hide) => {
  test.each(texts)("%s: %s", (kind, text) => {
    const hidden = text.replaceAll(/_(\p{L}+)_/gu, (_word, word: string) => hide(word));
    expect(abuseIn(hidden)).toContain(kind);
  });
});

test.each([
  "A gift-card-holder, 2*3*4, l*b*h, 5/6 and 7(8)",
  "Kauf-/Verkaufsvertrag liegt bei, Gr. 38/40, Selbstabholer(in)",
  "C'est-à-dire lundi/mardi, il/elle verra, 3*5",
  "O sea, lunes/martes, él/ella lo verá; 3*5",
])("%s hides nothing", (text) => {
  expect(abuseIn(text)).toEqual([]);
});
