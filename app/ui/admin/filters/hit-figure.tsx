import type { Plot } from "~/moderation/figures/plot";
import type { HitDay } from "~/safety/hit-figures.server";
import { useFormat, useT } from "~/ui/i18n";
import { Figure, PlotPicture } from "../figure";

type Props = { title: string; plot: Plot; days: HitDay[] };

/** How often something was found by day, and what became of it. */
export function HitFigure({ title, plot, days }: Props) {
  const t = useT();
  const format = useFormat();
  // Days are UTC's: at noon it is the same day for nearly everybody.
  const names = days.map(({ day }) => format.shortDay(new Date(`${day}T12:00:00Z`)));
  const actions = ["flag", "warn", "block"] as const;
  return (
    <Figure
      title={t("filters.hitsOf", { what: title })}
      table={{
        head: [t("figures.unit.day"), ...actions.map((one) => t(`filters.action.${one}`))],
        rows: days.map(({ day, ...of }, at) => [
          names[at] ?? day,
          ...actions.map((one) => format.number(of[one])),
        ]),
      }}
    >
      <PlotPicture plot={plot} names={names} />
    </Figure>
  );
}
