import { defaultFilters, type FiltersByKind } from "./filters";
import { type CompiledRule, compileRule, type Rule } from "./rule";

/** All that judging a message goes by, beside the message. Never changed, only replaced. */
export type Settings = {
  filters: FiltersByKind;
  /** Domains that may be linked to, each with its subdomains; lower case. */
  allowedDomains: string[];
  /** ISO 3166 codes: phone numbers without a country's code are read as these countries'. */
  phoneCountries: string[];
  /** Those that are on. */
  rules: Rule[];
};

/** Where no admin set anything. */
export const defaultSettings: Settings = {
  filters: defaultFilters,
  allowedDomains: [],
  phoneCountries: ["AT", "CH", "DE", "ES", "FR", "GB", "US"],
  rules: [],
};

const compiled = new WeakMap<Settings, CompiledRule[]>();

/** The rules of these settings, compiled once. */
export function compiledRules(settings: Settings): CompiledRule[] {
  let rules = compiled.get(settings);
  if (!rules) {
    rules = settings.rules.map(compileRule);
    compiled.set(settings, rules);
  }
  return rules;
}
