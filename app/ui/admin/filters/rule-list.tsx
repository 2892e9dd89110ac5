import { Link } from "@remix-run/react";
import { filtersPath, newRulePath, rulePath } from "~/http/paths";
import { ruleFilters } from "~/safety/rules/rule-draft";
import { buttonClass } from "~/ui/button";
import { useFormat, useT } from "~/ui/i18n";
import { Choices } from "../choices";
import { Panel } from "../panel";
import { ActionLabel } from "./action-label";
import type { ShownFilters } from "./filters-page";

/** The admins' own rules, and the way to a new one. */
export function RuleList({ page: { rules, asked } }: { page: ShownFilters }) {
  const t = useT();
  const format = useFormat();
  return (
    <Panel
      id="rules"
      title={t("filters.rules")}
      aside={
        <Link
          to={newRulePath}
          aria-keyshortcuts="n"
          className={buttonClass("secondary", "text-sm")}
        >
          {t("filters.newRule")}
        </Link>
      }
    >
      <p className="mb-3 text-muted text-sm">{t("filters.rulesText")}</p>
      <Choices
        label={t("filters.whichRules")}
        choices={ruleFilters.map((one) => ({
          to: filtersPath({ rules: one, hits: asked.hits ?? undefined }, "rules"),
          label: t(`filters.rules.${one}`),
          isCurrent: one === asked.rules,
        }))}
      />
      {rules.length === 0 && (
        <p className="py-8 text-center text-muted">{t(`filters.noRules.${asked.rules}`)}</p>
      )}
      <ul className="mt-2 divide-y divide-line">
        {rules.map(({ id, name, action, isOn, isRemoved, hits, stages, kind }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
            <div className="min-w-0 flex-1 basis-60">
              <Link
                to={rulePath(id)}
                data-row
                className="flex min-h-11 items-center font-medium [overflow-wrap:anywhere] hover:underline"
              >
                <bdi>{name}</bdi>
              </Link>
              <p className="text-muted text-sm">
                {t(`rule.kind.${kind}`)} ·{" "}
                {stages.map((stage) => t(`subject.stage.${stage}`)).join(", ")}
              </p>
            </div>
            <span className="text-muted text-sm tabular-nums">
              {t("filters.hitCount", { count: hits, shown: format.number(hits) })}
            </span>
            <ActionLabel action={action} />
            <span
              className={`w-16 text-end text-sm ${isOn ? "font-medium text-accent" : "text-muted"}`}
            >
              {t(isRemoved ? "filters.isRemoved" : isOn ? "filters.isOn" : "filters.isOff")}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
