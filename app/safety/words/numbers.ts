import { wordSet } from "./word-set";

/**
 * Numbers as they are said, up to hundreds, folded: English, German, French, Spanish. Telephone numbers
 * are spelled digit by digit in some countries and in pairs in others.
 */

const digits: Record<string, number> = {};

function say(value: number, ...words: string[]): void {
  for (const word of words) digits[word] = value;
}

say(0, "zero", "null", "nul", "cero", "oh", "zerro", "nought", "naught", "nil");
say(1, "one", "eins", "un", "une", "uno", "una", "ein");
say(2, "two", "zwei", "zwo", "deux", "dos");
say(3, "three", "drei", "trois", "tres");
say(4, "four", "vier", "quatre", "cuatro");
say(5, "five", "funf", "fuenf", "cinq", "cinco");
say(6, "six", "sechs", "seis");
say(7, "seven", "sieben", "sept", "siete");
say(8, "eight", "acht", "huit", "ocho");
say(9, "nine", "neun", "neuf", "nueve", "niner");
say(10, "ten", "zehn", "dix", "diez");
say(11, "eleven", "elf", "onze", "once");
say(12, "twelve", "zwolf", "zwoelf", "douze", "doce");
say(13, "thirteen", "dreizehn", "treize", "trece");
say(14, "fourteen", "vierzehn", "quatorze", "catorce");
say(15, "fifteen", "funfzehn", "fuenfzehn", "quinze", "quince");
say(16, "sixteen", "sechzehn", "seize", "dieciseis");
say(17, "seventeen", "siebzehn", "diecisiete");
say(18, "eighteen", "achtzehn", "dieciocho");
say(19, "nineteen", "neunzehn", "diecinueve");
for (const [i, word] of ["uno", "dos", "tres", "cuatro", "cinco"].entries())
  say(21 + i, `veinti${word}`);
for (const [i, word] of ["seis", "siete", "ocho", "nueve"].entries()) say(26 + i, `veinti${word}`);

for (const [i, word] of [
  "ein",
  "zwei",
  "drei",
  "vier",
  "funf",
  "sechs",
  "sieben",
  "acht",
  "neun",
].entries())
  say((i + 1) * 100, `${word}hundert`);
for (const [
  i,
  word,
] of "ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
  .split(" ")
  .entries())
  say((i + 1) * 100, word);

/** Those that a unit may follow: "twenty one", "vingt-deux", "treinta y tres". */
const tens: Record<string, number> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fourty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  vingt: 20,
  vingts: 20,
  trente: 30,
  quarante: 40,
  cinquante: 50,
  soixante: 60,
  septante: 70,
  huitante: 80,
  nonante: 90,
  hundred: 100,
  cents: 100,
  veinte: 20,
  treinta: 30,
  cuarenta: 40,
  cincuenta: 50,
  sesenta: 60,
  setenta: 70,
  ochenta: 80,
  noventa: 90,
};

const germanTens = ["zwanzig", "dreissig", "vierzig", "funfzig", "fuenfzig", "sechzig", "siebzig"];
const germanUnits = ["ein", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun"];
for (const [i, ten] of [...germanTens, "achtzig", "neunzig"].entries()) {
  // "funfzig" is there twice, with and without "ue".
  const value = (i < 4 ? i + 2 : i + 1) * 10;
  say(value, ten);
  for (const [unit, word] of germanUnits.entries()) {
    say(value + unit + 1, `${word}und${ten}`);
    if (word === "funf") say(value + unit + 1, `fuenfund${ten}`);
  }
}

/** What words say as numbers. */
export const numbers: ReadonlyMap<string, number> = new Map([
  ...Object.entries(digits),
  ...Object.entries(tens),
]);

/** Words that say numbers. */
export const numberWords = wordSet([...numbers.keys()].join(" "));

/**
 * What two numbers said one after the other come to, when the second belongs to the first: "twenty
 * one", "soixante quinze", "quatre vingt"; null where they are two.
 */
export function compound(first: number, firstWord: string, second: number): number | null {
  if (firstWord === "quatre" && second === 20) return 80;
  if (second === 100 && first >= 1 && first <= 9) return first * 100;
  // "seiscientos doce"
  if (first % 100 === 0 && first > 0 && second < 100 && second > 0 && firstWord.includes("cien"))
    return first + second;
  if (firstWord === "quinientos" && second > 0 && second < 100) return first + second;
  if (
    first % 10 !== 0 ||
    first < 20 ||
    first >= 100 ||
    !(firstWord in tens || firstWord === "quatre-vingt")
  )
    return null;
  if (second >= 1 && second <= 9) return first + second;
  const isFrenchScore = firstWord === "soixante" || firstWord === "quatre-vingt";
  if (second >= 10 && second <= 19 && isFrenchScore) return first + second;
  // "soixante dix huit" comes as 60, 10 and 8.
  return null;
}

/** "double seven", "doppel null", "triple five". */
export const repeats: ReadonlyMap<string, number> = new Map([
  ["double", 2],
  ["dubble", 2],
  ["doppel", 2],
  ["doppelt", 2],
  ["doble", 2],
  ["twice", 2],
  ["triple", 3],
  ["treble", 3],
  ["dreifach", 3],
]);

export const repeatWords = wordSet([...repeats.keys()].join(" "));
