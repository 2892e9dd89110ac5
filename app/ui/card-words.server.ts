import type { PersonCard } from "~/chats/person-card";
import { readTimeZone } from "~/http/time-zone.server";
import { i18nOf, pickLocale } from "./catalogs.server";
import type { CardWords } from "./chat/person-card";
import { formatFor } from "./format";
import { saidByHost } from "./said-by-host";

/** The card in the words of whoever asks for the page. */
export function cardWords(card: PersonCard, request: Request): CardWords {
  const { locale, t } = i18nOf(pickLocale(request));
  const { month } = formatFor(locale, readTimeZone(request));
  const since = t("person.since", { since: month(new Date(card.memberSince)) });
  return { isVerified: card.isVerified === true, lines: [...saidByHost(card, t), since] };
}
