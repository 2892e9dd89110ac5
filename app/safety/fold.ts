import unhomoglyph from "unhomoglyph";

/** What one character is read as, and whether somebody must have chosen it so as not to be found. */
export type Folded = { text: string; isTrick: boolean };

const invisible = /^[\p{Cf}\p{Mn}\p{Me}\p{Co}\p{Cn}\u115f\u1160\u3164\uffa0\u2800]$/u;
const space = /^[\p{Z}\s]$/u;
const control = /^\p{Cc}$/u;
const digit = /^\p{Nd}$/u;
const marks = /\p{M}+/gu;
const ascii = /^[\x20-\x7e]*$/;
const letter = /\p{L}/u;
const accent = /^\p{Script=Latin}$/u;
const sign = /^[\p{Sc}\p{Emoji_Presentation}\p{Extended_Pictographic}]$/u;

/** Letters, quotes and dashes that honest people type, and how they are written in ASCII. */
const honest: Record<string, string> = {
  ß: "ss",
  ẞ: "SS",
  ø: "o",
  Ø: "O",
  æ: "ae",
  Æ: "AE",
  œ: "oe",
  Œ: "OE",
  đ: "d",
  Đ: "D",
  ł: "l",
  Ł: "L",
  ı: "i",
  "‘": "'",
  "’": "'",
  "‚": "'",
  "´": "'",
  ʼ: "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "‐": "-",
  "‑": "-",
  "‒": "-",
  "–": "-",
  "—": "-",
  "−": "-",
  "×": "x",
  "…": "...",
  "²": "2",
  "³": "3",
  "½": "1/2",
  "¼": "1/4",
  "¾": "3/4",
  "№": "No",
  "™": "TM",
  º: "o",
  ª: "a",
  "°": "°",
  "·": "·",
  "¿": "?",
  "¡": "!",
};

/** Small letters that look like others than Unicode's confusables say, which knows them as capitals. */
const alikeWhenSmall: Record<string, string> = {
  в: "b",
  к: "k",
  м: "m",
  н: "h",
  т: "t",
  β: "b",
  ε: "e",
  η: "n",
  κ: "k",
  τ: "t",
  χ: "x",
  ω: "w",
  ...Object.fromEntries(
    Array.from("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", (char, at) => [
      char,
      "abcdefghijklmnoprstuvwyz".charAt(at),
    ]),
  ),
};

/** Dots of other scripts, and those that only look like one. */
const dots = new Set("。｡․‧．﹒・");

/** Letters in circles and squares that Unicode's compatibility forms leave as they are. */
function enclosed(code: number): string | null {
  if (code >= 0x1f150 && code <= 0x1f169) return String.fromCharCode(65 + code - 0x1f150);
  if (code >= 0x1f170 && code <= 0x1f189) return String.fromCharCode(65 + code - 0x1f170);
  if (code >= 0x278a && code <= 0x2793) return String(code - 0x2789);
  if (code >= 0x2776 && code <= 0x277f) return String(code - 0x2775);
  return null;
}

/** Unicode has decimal digits in whole blocks of ten, one after the other. */
function valueOfDigit(code: number): string {
  let first = code;
  while (digit.test(String.fromCodePoint(first - 1))) first--;
  return String((code - first) % 10);
}

function foldAnew(char: string): Folded {
  const usual = honest[char];
  if (usual !== undefined) return { text: usual, isTrick: false };
  if (char === "\u2028" || char === "\u2029" || char === "\u0085")
    return { text: "\n", isTrick: false };
  if (invisible.test(char)) return { text: "", isTrick: true };
  if (space.test(char)) return { text: " ", isTrick: false };
  if (control.test(char)) return { text: "", isTrick: true };
  if (dots.has(char)) return { text: ".", isTrick: true };
  const code = char.codePointAt(0) as number;
  const inside = enclosed(code);
  if (inside) return { text: inside, isTrick: true };
  const bare = char.normalize("NFKD").replace(marks, "");
  if (bare !== "" && ascii.test(bare))
    return { text: bare, isTrick: !(accent.test(char) && char.normalize("NFKC") === char) };
  if (digit.test(char)) return { text: valueOfDigit(code), isTrick: true };
  const small = alikeWhenSmall[char];
  if (small !== undefined) return { text: small, isTrick: true };
  if (sign.test(char)) return { text: char, isTrick: false };
  const alike = unhomoglyph(bare === "" ? char : bare);
  if (ascii.test(alike) && alike !== "") return { text: alike, isTrick: true };
  return { text: letter.test(bare) ? bare : char, isTrick: false };
}

/** As many as a text in many scripts has; somebody who sends all of Unicode must not fill the memory. */
const mostKept = 20_000;
const known = new Map<number, Folded>();

/**
 * How a character outside of ASCII is read: compatibility forms (NFKC) as what they stand for, accents
 * gone, letters of other scripts as the Latin ones that they look like (Unicode's confusables), other
 * digits as 0 to 9, and what cannot be seen as nothing.
 *
 * @param point its code point
 */
export function fold(point: number): Folded {
  const before = known.get(point);
  if (before) return before;
  if (known.size >= mostKept) known.clear();
  const folded = foldAnew(String.fromCodePoint(point));
  known.set(point, folded);
  return folded;
}
