import { knownTimeZone } from "~/http/time-zone.server";
import { i18nOf } from "~/ui/catalogs.server";
import { formatFor } from "~/ui/format";
import { type I18n, type Locale, locales } from "~/ui/i18n";

/** What mails are written with: there is no request to take it from. */
export type MailLanguage = {
  locale: Locale;
  t: I18n["t"];
  /** With the name of its time zone, which nobody can guess from a mail. */
  moment: (at: Date) => string;
};

/** @param timeZone IANA's name; UTC where nobody knows the reader's, or this Node does not know it */
export function mailLanguage(locale: string | null, timeZone: string | null): MailLanguage {
  const known = locales.find((one) => one === locale) ?? locales[0];
  const zone = timeZone ? knownTimeZone(timeZone) : "UTC";
  const format = formatFor(known, zone);
  return { locale: known, t: i18nOf(known).t, moment: (at) => `${format.moment(at)} (${zone})` };
}
