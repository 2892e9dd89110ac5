import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  getExampleNumber,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import examples from "libphonenumber-js/mobile/examples";
import { expect, test } from "vitest";
import { defaultSettings } from "../settings";
import { dialledAbroad, dialledIn } from "./numbering";

/** The same numbers in each run. */
let state = 20_240_601;
function random(below: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
}
const digitsOf = (length: number) => Array.from({ length }, () => random(10)).join("");

function said(written: string, country?: CountryCode) {
  const number = parsePhoneNumberFromString(written, country);
  if (!number) return "none";
  return number.isValid() ? "valid" : number.isPossible() ? "possible" : "none";
}

const national = getCountries().flatMap((country) => {
  const example = getExampleNumber(country, examples);
  if (!example) return [];
  const written = example.formatNational().replace(/\D/g, "");
  return [{ country, written, abroad: example.number.slice(1) }];
});

test("the library says the same of numbers of all countries, as they are dialled there and from elsewhere", () => {
  for (const { country, written, abroad } of national) {
    for (const digits of [written, abroad, `00${abroad}`, `011${abroad}`, `0${abroad}`]) {
      expect(dialledIn(digits, country).known, `${digits} ${country}`).toBe(said(digits, country));
    }
    const { known, country: from } = dialledAbroad(abroad);
    expect(known, abroad).toBe(said(`+${abroad}`));
    expect(from).toBe(parsePhoneNumberFromString(`+${abroad}`)?.country ?? null);
  }
});

test("the library says the same of any digits in the marketplace's countries", () => {
  for (const country of defaultSettings.phoneCountries as CountryCode[]) {
    const beginnings = ["", "0", "00", "011", "01", "07", "06", getCountryCallingCode(country)];
    for (const beginning of beginnings) {
      for (let i = 0; i < 200; i++) {
        const digits = beginning + digitsOf(5 + random(11));
        expect(dialledIn(digits, country).known, `${digits} ${country}`).toBe(
          said(digits, country),
        );
      }
    }
  }
});

test("the library says the same of any digits with a country's code", () => {
  for (const country of getCountries()) {
    for (let i = 0; i < 12; i++) {
      const digits = getCountryCallingCode(country) + digitsOf(4 + random(10));
      expect(dialledAbroad(digits).known, digits).toBe(said(`+${digits}`));
    }
  }
});
