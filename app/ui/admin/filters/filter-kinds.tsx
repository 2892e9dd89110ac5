import { Form, Link, useNavigation } from "@remix-run/react";
import { filtersPath } from "~/http/paths";
import { partOf, type RefusedForm } from "~/http/refused-form";
import { settingsParts } from "~/safety/settings-parts";
import { FormErrors } from "~/ui/field";
import { useFormat, useT } from "~/ui/i18n";
import { Panel } from "../panel";
import { FilterRow } from "./filter-row";
import type { ShownFilters } from "./filters-page";
import { SaveButton } from "./save-button";

type Props = { part: "contact" | "abuse"; page: ShownFilters; refused?: RefusedForm };

/** Some kinds of filters below each other, with one button for all of them. */
export function FilterKinds({ part, page, refused }: Props) {
  const t = useT();
  const format = useFormat();
  const isBusy = useNavigation().state !== "idle";
  const own = partOf(refused, part);
  const { settings, totals, basis, asked } = page;
  return (
    <Panel id={part} title={t(`filters.${part}`)}>
      <p className="text-muted text-sm">{t(`filters.about.${part}`)}</p>
      {/* What was saved elsewhere shows here, too. */}
      <Form
        key={`${basis[part]} ${JSON.stringify(own.typed)}`}
        method="post"
        action={filtersPath()}
      >
        <FormErrors id={`${part}-error`} errors={own.errors[""]} />
        <input type="hidden" name="basis" value={basis[part]} />
        <Heads stages={page.stages} />
        <div className="divide-y divide-line border-line border-b">
          {settingsParts[part].map((kind) => (
            <FilterRow
              key={kind}
              kind={kind}
              filter={settings.filters[kind]}
              stages={page.stages}
              actions={page.actions}
              typed={Object.keys(own.typed).length ? own.typed : undefined}
              hits={
                <Link
                  to={filtersPath({ rules: asked.rules, hits: kind }, "hits")}
                  className="text-accent text-sm underline tabular-nums"
                >
                  {t("filters.hitCount", {
                    count: totals[kind],
                    shown: format.number(totals[kind]),
                  })}
                </Link>
              }
            />
          ))}
        </div>
        <SaveButton intent={part} isSaved={asked.saved === part && !refused} isBusy={isBusy} />
      </Form>
    </Panel>
  );
}

/** What stands in which column, where the rows are wide enough for columns. */
function Heads({ stages }: Pick<ShownFilters, "stages">) {
  const t = useT();
  return (
    <div
      aria-hidden
      className="mt-4 hidden gap-2 border-line border-b pb-2 font-medium text-muted text-xs lg:grid lg:grid-cols-[minmax(0,1fr)_3.5rem_repeat(6,6rem)]"
    >
      <span>{t("filters.what")}</span>
      <span>{t("filters.on")}</span>
      <span>{t("filters.strength")}</span>
      {stages.map((stage) => (
        <span key={stage}>{t(`subject.stage.${stage}`)}</span>
      ))}
    </div>
  );
}
