import { getCountries } from "libphonenumber-js";
import { z } from "zod";
import { filterActions, stages } from "~/db/schema";
import { defaultFilters, type Filter, type FiltersByKind, filterKinds, strengths } from "./filters";
import { type CompiledRule, compileRule, type Rule } from "./rule";

/** Everything that a verdict depends on but the message and where it stands. Never changed, only replaced. */
export type Settings = {
  filters: FiltersByKind;
  /** Domains that may be linked to, each with its subdomains; lower case. */
  allowedDomains: string[];
  /** ISO 3166: phone numbers without a country's code are read as these countries'. */
  phoneCountries: string[];
  /** Those that are switched on. */
  rules: Rule[];
};

export const defaultSettings: Settings = {
  filters: defaultFilters,
  allowedDomains: [],
  phoneCountries: ["DE", "AT", "CH", "GB", "FR", "ES", "US"],
  rules: [],
};

const filterAction = z.enum(filterActions);

const storedFilter = z.object({
  isOn: z.boolean(),
  strength: z.enum(strengths),
  actions: z.record(z.enum(stages), filterAction),
}) satisfies z.ZodType<Filter>;

const countries: ReadonlySet<string> = new Set(getCountries());

/** A domain with at least two parts, as it is compared: lower case, letters of any script. */
export const allowedDomain = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}-]*(?:\.[\p{L}\p{N}][\p{L}\p{N}-]*)+$/u);

/** ISO 3166, of a country whose telephone numbers we know. */
export const phoneCountry = z
  .string()
  .trim()
  .toUpperCase()
  .refine((code) => countries.has(code));

/** What admins set: the columns of `filter_settings`. What is missing of `filters` stands at its default. */
export const storedSettings = z.object({
  filters: z.partialRecord(z.enum(filterKinds), storedFilter),
  allowedDomains: z.array(allowedDomain).max(500),
  phoneCountries: z.array(phoneCountry).max(20),
});

export type StoredSettings = z.infer<typeof storedSettings>;

/**
 * The settings that stored ones come to. A kind of filter that cannot be read, because another version
 * wrote it, stands at its default: to judge by the defaults is better than not to judge.
 *
 * @param stored null where admins never set anything
 */
export function settingsOf(stored: StoredSettings | null, rules: Rule[]): Settings {
  if (!stored) return { ...defaultSettings, rules };
  const filters = { ...defaultFilters };
  for (const kind of filterKinds) {
    const read = storedFilter.safeParse(stored.filters[kind]);
    if (read.success) filters[kind] = read.data;
  }
  const { allowedDomains, phoneCountries } = stored;
  return { filters, allowedDomains, phoneCountries, rules };
}

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
