import { type I18n, setupI18n } from "@lingui/core";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { formatFor } from "./format";
import type english from "./locales/en.json";
import type moderation from "./locales/moderation/en.json";

/** Another language is one more file in `locales/` and in each folder there, and its code here. */
export const locales = ["en"] as const;
export type Locale = (typeof locales)[number];
export type MessageId = keyof typeof english | keyof typeof moderation;
/** What a server answers instead of a sentence: the reader's language gives it words. */
export type Phrase = { id: MessageId; values?: Record<string, string | number> };
export type Catalog = Record<string, string>;
/** The reader's language: what sentences, dates and numbers are written with. */
export type Language = {
  /** Names the language and the time zone. */
  key: string;
  i18n: I18n;
  t: (id: MessageId, values?: Phrase["values"]) => string;
  format: ReturnType<typeof formatFor>;
};

export function makeI18n(locale: Locale, messages: Catalog): I18n {
  return setupI18n({ locale, locales: locale, messages: { [locale]: messages } });
}

const Current = createContext(languageOf(makeI18n("en", {}), "UTC"));

function languageOf(i18n: I18n, timeZone: string): Language {
  return {
    key: `${i18n.locale} ${timeZone}`,
    i18n,
    t: (id, values) => i18n._(id, values),
    format: formatFor(i18n.locale, timeZone),
  };
}

export function LanguageProvider(props: { i18n: I18n; timeZone: string; children: ReactNode }) {
  const { i18n, timeZone } = props;
  const language = useMemo(() => languageOf(i18n, timeZone), [i18n, timeZone]);
  return <Current.Provider value={language}>{props.children}</Current.Provider>;
}

export function useLanguage(): Language {
  return useContext(Current);
}

/** `t("chat.send")`; the ids are checked by the compiler. */
export function useT() {
  return useLanguage().t;
}

/** Dates and numbers in the reader's language and time zone, the same on server and client. */
export function useFormat() {
  return useLanguage().format;
}
