import { remembered } from "./format";
import { type Catalog, type Locale, locales, makeI18n } from "./i18n";

const files = import.meta.glob<Catalog>("./locales/*.json", { eager: true, import: "default" });

export function catalogOf(locale: Locale): Catalog {
  return files[`./locales/${locale}.json`] ?? {};
}

/** Made once: nothing changes it, and each page needs it. */
export const i18nOf = remembered(locales.length, (locale: Locale) =>
  makeI18n(locale, catalogOf(locale)),
);

/** The first language of `Accept-Language` that we have, else English. */
export function pickLocale(request: Request): Locale {
  const wanted = (request.headers.get("Accept-Language") ?? "")
    .split(",", 20)
    .map((part) => part.trim().split(/[-;]/, 1)[0]?.toLowerCase());
  return locales.find((locale) => wanted.includes(locale)) ?? "en";
}
