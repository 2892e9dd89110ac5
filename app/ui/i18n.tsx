import { createContext, type ReactNode, useContext, useMemo } from "react";
import { formatFor } from "./format";
import type answers from "./locales/answers/en.json";
import type attention from "./locales/attention/en.json";
import type centre from "./locales/centre/en.json";
import type closed from "./locales/closed/en.json";
import type english from "./locales/en.json";
import type failures from "./locales/failures/en.json";
import type integrations from "./locales/integrations/en.json";
import type mail from "./locales/mail/en.json";
import type moderation from "./locales/moderation/en.json";
import type notices from "./locales/notices/en.json";
import type outside from "./locales/outside/en.json";
import type pictures from "./locales/pictures/en.json";
import type push from "./locales/push/en.json";
import type refusal from "./locales/refusal/en.json";
import type reports from "./locales/reports/en.json";
import type settings from "./locales/settings/en.json";
import type transcript from "./locales/transcript/en.json";
import { fill, type Sentence, type Values } from "./sentence";

/** Another language is one more file in `locales/` and in each folder there, and its code here. */
export const locales = ["en"] as const;
export type Locale = (typeof locales)[number];
export type MessageId =
  | keyof typeof english
  | keyof typeof answers
  | keyof typeof attention
  | keyof typeof centre
  | keyof typeof closed
  | keyof typeof failures
  | keyof typeof integrations
  | keyof typeof mail
  | keyof typeof moderation
  | keyof typeof notices
  | keyof typeof outside
  | keyof typeof pictures
  | keyof typeof push
  | keyof typeof refusal
  | keyof typeof reports
  | keyof typeof settings
  | keyof typeof transcript;
/** What a server answers instead of a sentence: the reader's language gives it words. */
export type Phrase = { id: MessageId; values?: Values };
export type Catalog = Record<string, Sentence>;
/** The sentences of a language. In a browser more of them may come while a page is open. */
export type I18n = {
  locale: Locale;
  /** @returns the sentence with its values; nothing where it is not there yet */
  t: (id: MessageId, values?: Values) => string;
};
/** The reader's language: what sentences, dates and numbers are written with. */
export type Language = {
  /** Names the language and the time zone. */
  key: string;
  i18n: I18n;
  t: I18n["t"];
  format: ReturnType<typeof formatFor>;
};

/** @param onMissing hears that a sentence was wanted that is not there */
export function makeI18n(locale: Locale, catalog: Catalog, onMissing?: () => void): I18n {
  const t: I18n["t"] = (id, values = {}) => {
    const sentence = catalog[id];
    if (sentence === undefined) onMissing?.();
    return fill(sentence ?? "", values, locale);
  };
  return { locale, t };
}

const Current = createContext(languageOf(makeI18n("en", {}), "UTC"));

function languageOf(i18n: I18n, timeZone: string): Language {
  return {
    key: `${i18n.locale} ${timeZone}`,
    i18n,
    t: i18n.t,
    format: formatFor(i18n.locale, timeZone),
  };
}

/** For a part of a page that is made by itself. */
export const LanguageScope = Current.Provider;

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
