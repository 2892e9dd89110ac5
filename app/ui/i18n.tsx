import { type I18n, setupI18n } from "@lingui/core";
import { I18nProvider, useLingui } from "@lingui/react";
import { createContext, type ReactNode, useContext, useMemo } from "react";
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
  const timeZone = useContext(TimeZone);
  return useMemo(() => makeFormat(i18n.locale, timeZone), [i18n.locale, timeZone]);
}

function makeFormat(locale: string, timeZone: string) {
  const dateTime = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone });
    // Engines differ in which space they put before "PM"; a difference would break hydration.
    return (date: Date) => format.format(date).replaceAll("\u202f", " ");
  };
  const relativeDay = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const dayKey = new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  const weekday = dateTime({ weekday: "long" });
  const date = dateTime({ dateStyle: "medium" });
  const time = dateTime({ timeStyle: "short" });
  const moment = dateTime({ dateStyle: "medium", timeStyle: "short" });
  /** Whole calendar days between two moments, in the reader's time zone. */
  const daysBetween = (from: Date, to: Date) =>
    Math.round((Date.parse(dayKey.format(to)) - Date.parse(dayKey.format(from))) / 86_400_000);

  /** "Today", "Yesterday", "Tuesday" within a week, else the date. */
  const day = (moment: Date, now: Date) => {
    const ago = daysBetween(moment, now);
    if (ago === 0 || ago === 1) return capitalise(relativeDay.format(-ago, "day"), locale);
    return ago > 1 && ago < 7 ? weekday(moment) : date(moment);
  };

  return {
    time,
    moment,
    /** Equal for two moments of the same calendar day. */
    dayKey: (date: Date) => dayKey.format(date),
    day,
    /** The time for today, else as short as a list needs it. */
    brief: (date: Date, now: Date) => (daysBetween(date, now) <= 0 ? time(date) : day(date, now)),
    number: (value: number) => new Intl.NumberFormat(locale).format(value),
    /** @param amount in the currency's smallest unit */
    price(amount: number, currency: string) {
      const format = new Intl.NumberFormat(locale, { style: "currency", currency });
      const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
      return format.format(amount / 10 ** digits).replaceAll("\u202f", " ");
    },
  };
}

function capitalise(text: string, locale: string) {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}
