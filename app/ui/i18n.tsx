import { type I18n, setupI18n } from "@lingui/core";
import { I18nProvider, useLingui } from "@lingui/react";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { formatFor } from "./format";
import type english from "./locales/en.json";

/** Another language is one more file in `locales/` and its code here. */
export const locales = ["en"] as const;
export type Locale = (typeof locales)[number];
export type MessageId = keyof typeof english;
/** What a server answers instead of a sentence: the reader's language gives it words. */
export type Phrase = { id: MessageId; values?: Record<string, string | number> };
export type Catalog = Record<string, string>;

const TimeZone = createContext("UTC");

export function makeI18n(locale: Locale, messages: Catalog): I18n {
  return setupI18n({ locale, locales: locale, messages: { [locale]: messages } });
}

export function LanguageProvider(props: { i18n: I18n; timeZone: string; children: ReactNode }) {
  return (
    <I18nProvider i18n={props.i18n}>
      <TimeZone.Provider value={props.timeZone}>{props.children}</TimeZone.Provider>
    </I18nProvider>
  );
}

/** `t("chat.send")`; the ids are checked by the compiler. */
export function useT() {
  const { i18n } = useLingui();
  return useMemo(() => (id: MessageId, values?: Phrase["values"]) => i18n._(id, values), [i18n]);
}

/** Dates and numbers in the reader's language and time zone, the same on server and client. */
export function useFormat() {
  const { i18n } = useLingui();
  return formatFor(i18n.locale, useContext(TimeZone));
}
