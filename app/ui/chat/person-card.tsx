import type { PersonCard } from "~/chats/person-card";
import { type I18n, useLanguage } from "~/ui/i18n";
import { Menu } from "~/ui/menu";

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

/** Who it is that one talks to: opens beside the name, without scripts too. */
export function PersonMenu({ card, name }: { card: PersonCard; name: string }) {
  const { t, format } = useLanguage();
  const since = t("person.since", { since: format.month(new Date(card.memberSince)) });
  const icon = card.isVerified ? "icon-badge-check" : "icon-info";
  return (
    <Menu
      label={t("person.about", { name })}
      summaryClass={`size-8 rounded-full ${card.isVerified ? "text-accent" : "text-muted"}`}
      placeClass="static"
      panelClass="start-0 top-full w-64 max-w-full px-4 py-3 text-sm"
      iconClass={`${icon} size-5`}
    >
      <p className="font-semibold [overflow-wrap:anywhere]">
        <bdi>{name}</bdi>
      </p>
      <ul className="mt-2 space-y-1.5">
        {[...saidByHost(card, t), since].map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Menu>
  );
}
