import { useT } from "~/ui/i18n";
import { Menu } from "~/ui/menu";

/** In words that the server made: the page need not load them. */
export type CardWords = { isVerified: boolean; lines: string[] };

/** Who it is that one talks to: opens beside the name, without scripts too. */
export function PersonMenu({ card, name }: { card: CardWords; name: string }) {
  const t = useT();
  return (
    <Menu
      label={t("person.about", { name })}
      summaryClass={`size-8 rounded-full ${card.isVerified ? "text-accent" : "text-muted"}`}
      placeClass="static"
      panelClass="person-card"
      iconClass={`size-5 ${card.isVerified ? "icon-badge-check" : "icon-info"}`}
    >
      <p>
        <bdi>{name}</bdi>
      </p>
      {card.lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </Menu>
  );
}
