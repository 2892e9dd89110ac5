import type { PersonCard } from "~/chats/person-card";
import type { I18n } from "./i18n";

/** What the host marketplace says of somebody, in words; what it did not say is not there. */
export function saidByHost(
  { isVerified, dealsDone }: Pick<PersonCard, "isVerified" | "dealsDone">,
  t: I18n["t"],
): string[] {
  return [
    ...(isVerified ? [t("person.verified")] : []),
    ...(dealsDone === null ? [] : [t("person.deals", { count: dealsDone })]),
  ];
}
