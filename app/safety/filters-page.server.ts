import type { Db } from "~/db/client.server";
import { filterActions, stages } from "~/db/schema";
import { drawPlot } from "~/moderation/figures/draw.server";
import { type FilterKind, filterKinds } from "./filters";
import { readHitDays, readHitTotals } from "./hit-figures.server";
import type { RuleFilter } from "./rules/rule-draft";
import { listRules } from "./rules/rules.server";
import { settingsBasis } from "./settings-basis.server";
import type { SettingsPart } from "./settings-parts";
import { readSettings } from "./stored-settings.server";

/** All that `/admin/filters` shows. */
export async function readFiltersPage(
  db: Db,
  asked: { rules: RuleFilter; hits: FilterKind | null },
) {
  const [{ settings }, rules, totals, days] = await Promise.all([
    readSettings(db),
    listRules(db, asked.rules),
    readHitTotals(db),
    readHitDays(db, asked.hits),
  ]);
  const { rules: _, ...shown } = settings;
  const basis = (part: SettingsPart) => settingsBasis(settings, part);
  return {
    settings: shown,
    basis: { contact: basis("contact"), abuse: basis("abuse"), lists: basis("lists") },
    rules: rules.map((rule) => ({ ...rule, hits: totals[rule.id] ?? 0 })),
    totals: Object.fromEntries(filterKinds.map((kind) => [kind, totals[kind] ?? 0])) as Record<
      FilterKind,
      number
    >,
    days,
    stages,
    actions: filterActions,
    plot: drawPlot({ bars: days.map(({ flag, warn, block }) => flag + warn + block) }),
  };
}

export type FiltersPage = Awaited<ReturnType<typeof readFiltersPage>>;
