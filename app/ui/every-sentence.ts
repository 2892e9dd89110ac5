import type { Catalog, Locale } from "./i18n";

/** Those of transcripts and mails only servers say. */
const files = import.meta.glob<Catalog>(
  ["./locales/*/*.json", "!./locales/transcript/*.json", "!./locales/mail/*.json"],
  { import: "default" },
);

/** All that not every page says. */
export function everySentence(locale: Locale): (() => Promise<Catalog>)[] {
  const paths = Object.keys(files).filter((path) => path.endsWith(`/${locale}.json`));
  return paths.flatMap((path) => files[path] ?? []);
}
