import { countrySpecs, isValidIBAN } from "ibantools";
import type { Finding } from "../detector";
import type { Prepared } from "../prepare";
import { charactersOf, standsAlone } from "./characters";

/** Lengths by country, of those that have one. */
const lengths = new Map(
  Object.entries(countrySpecs).flatMap(([country, { chars }]) =>
    chars ? [[country, chars] as const] : [],
  ),
);

/** In one piece, or by fours. */
const usual = /^(?:[a-z0-9]+|(?:[a-z0-9]{4}[ -])+[a-z0-9]{1,4})$/i;

const alike: Record<string, string> = { O: "0", I: "1", L: "1" };

/**
 * Account numbers (IBAN, ISO 13616), by country, length, structure and check digits; also where
 * somebody put letters for digits that look like them.
 */
export function findAccounts(prepared: Prepared): Finding[] {
  const characters = charactersOf(prepared);
  const upper = characters.cased.toUpperCase();
  const found: Finding[] = [];
  for (let at = 0; at < upper.length; at++) {
    if (!characters.isFirst[at] || !isCheckDigit(upper.charCodeAt(at + 2))) continue;
    const length = lengths.get(upper.slice(at, at + 2));
    if (!length || !standsAlone(characters, at, length)) continue;
    const written = upper.slice(at, at + length);
    const isPlain = isValidIBAN(written);
    if (!isPlain && !isValidIBAN(withDigits(written))) continue;
    const from = characters.places[at] as number;
    const to = (characters.places[at + length - 1] as number) + 1;
    const isUsual = usual.test(prepared.cased.slice(from, to));
    found.push({ from, to, isDisguised: !isPlain || !isUsual });
    at += length - 1;
  }
  return found;
}

/** "O", "I" and "L" among them. */
const isCheckDigit = (code: number) =>
  (code >= 48 && code <= 57) || code === 79 || code === 73 || code === 76;

/** The country's code stays; all that looks like a digit is taken for one. */
const withDigits = (written: string) =>
  written.slice(0, 2) + written.slice(2).replace(/[OIL]/g, (char) => alike[char] as string);
