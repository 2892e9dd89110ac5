import { countrySpecs, isValidIBAN } from "ibantools";
import type { Finding } from "../detector";
import type { Prepared } from "../prepare";
import { type Characters, charactersOf } from "./characters";

/** Lengths by country, of those that have one, by the codes of its two letters. */
const lengths = new Uint8Array(0x10000);
const numberOf = (first: number, second: number) => (first << 8) | second;
for (const [country, { chars }] of Object.entries(countrySpecs)) {
  if (chars) lengths[numberOf(country.charCodeAt(0), country.charCodeAt(1))] = chars;
}

/** In one piece, or by fours. */
const usual = /^(?:[a-z0-9]+|(?:[a-z0-9]{4}[ -])+[a-z0-9]{1,4})$/i;

const alike: Record<string, string> = { O: "0", I: "1", L: "1" };

/**
 * Account numbers (IBAN, ISO 13616), by country, length, structure and check digits; also where
 * somebody put letters for digits that look like them.
 */
export function findAccounts(prepared: Prepared, most: number): Finding[] {
  const characters = charactersOf(prepared);
  const found: Finding[] = [];
  let end = 0;
  for (let piece = 0; piece < characters.pieces && found.length < most; piece++) {
    const at = characters.first(piece);
    if (at < end || !isCheckDigit(upper(characters, at + 2))) continue;
    const length = lengths[numberOf(upper(characters, at), upper(characters, at + 1))] as number;
    if (length === 0 || !characters.standsAlone(at, length)) continue;
    if (!hasDigits(characters, at, length)) continue;
    const written = characters.string(at, at + length).toUpperCase();
    const isPlain = isAccount(written);
    if (!isPlain && !isAccount(withDigits(written))) continue;
    const from = characters.place(at);
    const to = characters.place(at + length - 1) + 1;
    const isUsual = usual.test(prepared.cased.slice(from, to));
    found.push({ from, to, isDisguised: !isPlain || !isUsual });
    end = at + length;
  }
  return found;
}

const [zero, A, a] = ["0", "A", "a"].map((char) => char.charCodeAt(0)) as [number, number, number];
const upper = (characters: Characters, at: number) => {
  const code = characters.code(at);
  return code >= a ? code - 32 : code;
};

/** No country's are without so many, which are words otherwise. */
const fewestDigits = 7;

function hasDigits(characters: Characters, at: number, length: number): boolean {
  let digits = 0;
  for (let one = at + 2; one < at + length; one++)
    if (isCheckDigit(upper(characters, one))) digits++;
  return digits >= fewestDigits;
}

/** The remainder (ISO 7064, MOD 97-10) is asked first: it is quickly known, and seldom right by chance. */
const isAccount = (written: string) => remainderOf(written) === 1 && isValidIBAN(written);

function remainderOf(written: string): number {
  let remainder = 0;
  for (let at = 0; at < written.length; at++) {
    // The country's code and the check digits stand at the end for it.
    const code = written.charCodeAt((at + 4) % written.length);
    remainder = (code >= A ? remainder * 100 + code - A + 10 : remainder * 10 + code - zero) % 97;
  }
  return remainder;
}

/** "O", "I" and "L" among them. */
const isCheckDigit = (code: number) =>
  (code >= 48 && code <= 57) || code === 79 || code === 73 || code === 76;

/** The country's code stays; all that looks like a digit is taken for one. */
const withDigits = (written: string) =>
  written.slice(0, 2) + written.slice(2).replace(/[OIL]/g, (char) => alike[char] as string);
