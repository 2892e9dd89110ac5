import { remembered } from "./format";
import { type Catalog, type Locale, locales, makeI18n } from "./i18n";

const files = import.meta.glob<Catalog>("./locales/**/*.json", { eager: true, import: "default" });

/** Of all pages: what a browser loads apart is one here. */
export function catalogOf(locale: Locale): Catalog {
  const ofLocale = Object.entries(files).filter(([path]) => path.endsWith(`/${locale}.json`));
  return Object.assign({}, ...ofLocale.map(([, catalog]) => catalog));
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
