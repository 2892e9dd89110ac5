import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  Metadata,
} from "libphonenumber-js/max";

/** How numbers of a country look, compiled once. */
export type NumberingPlan = {
  country: CountryCode | null;
  callingCode: string;
  /** What is dialled before a number of another country. */
  abroad: RegExp;
  /** All that are one at all, without what is dialled only within the country. */
  national: RegExp;
  lengths: readonly number[];
  /** What is dialled before a number within the country, and what becomes of both; or there is none. */
  prefix: RegExp | null;
  prefixRule: string | null;
  /** Of countries that share a calling code, the numbers of this one begin so. */
  leading: RegExp | null;
  /** Those that are given to somebody, by sort: mobile, of a place, … */
  types: readonly { pattern: RegExp; lengths: readonly number[] | null }[];
};

const typeNames = [
  "FIXED_LINE",
  "MOBILE",
  "PREMIUM_RATE",
  "TOLL_FREE",
  "SHARED_COST",
  "VOIP",
  "PERSONAL_NUMBER",
  "PAGER",
  "UAN",
  "VOICEMAIL",
];

/** What the library's plans say, of which it describes only a part in its types. */
type Described = {
  callingCode(): string;
  IDDPrefix(): string | undefined;
  nationalNumberPattern(): string;
  possibleLengths(): number[];
  nationalPrefixForParsing(): string | undefined;
  nationalPrefixTransformRule(): string | undefined;
  leadingDigits(): string | undefined;
  type(name: string): { pattern(): string; possibleLengths(): number[] | undefined } | undefined;
};
type Library = {
  selectNumberingPlan(countryOrCode: string): void;
  numberingPlan: Described;
  hasCallingCode(code: string): boolean;
  getCountryCodesForCallingCode(code: string): CountryCode[] | undefined;
};

const library = new Metadata() as unknown as Library;

const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`);
const beginning = (pattern: string | undefined) => (pattern ? new RegExp(`^(?:${pattern})`) : null);

function compile(countryOrCode: string): NumberingPlan {
  library.selectNumberingPlan(countryOrCode);
  const plan = library.numberingPlan;
  return {
    country: isCountry(countryOrCode) ? countryOrCode : null,
    callingCode: plan.callingCode(),
    abroad: beginning(plan.IDDPrefix()) ?? /^\b$/,
    national: whole(plan.nationalNumberPattern()),
    lengths: plan.possibleLengths(),
    prefix: beginning(plan.nationalPrefixForParsing()),
    prefixRule: plan.nationalPrefixTransformRule() ?? null,
    leading: beginning(plan.leadingDigits()),
    types: typeNames.flatMap((name) => {
      const type = plan.type(name);
      const pattern = type?.pattern();
      if (!type || !pattern) return [];
      return [{ pattern: whole(pattern), lengths: type.possibleLengths() ?? null }];
    }),
  };
}

const countries = new Set<string>(getCountries());
const isCountry = (code: string): code is CountryCode => countries.has(code);

const plans = new Map<string, NumberingPlan>();

/** @param countryOrCode a calling code stands for the country that has most of its numbers */
export function planOf(countryOrCode: string): NumberingPlan {
  let plan = plans.get(countryOrCode);
  if (!plan) {
    plan = compile(countryOrCode);
    plans.set(countryOrCode, plan);
  }
  return plan;
}

const none: readonly CountryCode[] = [];
const sharing = new Map<string, readonly CountryCode[]>();
for (const country of countries) {
  const code = getCountryCallingCode(country as CountryCode);
  if (!sharing.has(code)) sharing.set(code, library.getCountryCodesForCallingCode(code) ?? none);
}

/** The countries of a calling code, the one with most numbers first; none for one of no country. */
export const countriesOf = (callingCode: string): readonly CountryCode[] =>
  sharing.get(callingCode) ?? none;

export const isCallingCode = (code: string): boolean =>
  sharing.has(code) || library.hasCallingCode(code);
