import type { RefusedForm } from "~/http/refused-form";
import type { FilterKind } from "~/safety/filters";
import type { FiltersPage } from "~/safety/filters-page.server";
import type { RuleFilter } from "~/safety/rules/rule-draft";
import type { Tried } from "~/safety/try-text.server";
import { useT } from "~/ui/i18n";
import { SectionLinks } from "../section-links";
import { FilterKinds } from "./filter-kinds";
import { FilterLists } from "./filter-lists";
import { HitFigure } from "./hit-figure";
import { RuleList } from "./rule-list";
import { TryText } from "./try-text";

export type ShownFilters = FiltersPage & {
  asked: { rules: RuleFilter; hits: FilterKind | null; saved: string | null };
};

type Props = {
  page: ShownFilters;
  answer?: { refused?: RefusedForm; tried?: Tried; text?: string };
};

const sections = [
  { id: "contact", label: "filters.contact" },
  { id: "abuse", label: "filters.abuse" },
  { id: "rules", label: "filters.rules" },
  { id: "try", label: "filters.try" },
  { id: "lists", label: "filters.lists" },
  { id: "hits", label: "filters.hits" },
] as const;

/** What is looked for in messages, and what becomes of those in which it is found. */
export function FiltersPageView({ page, answer }: Props) {
  const t = useT();
  const refused = answer?.refused;
  return (
    <>
      <h1 className="mt-5 font-semibold text-2xl tracking-tight">{t("filters.title")}</h1>
      <p className="mt-1 max-w-3xl text-pretty text-muted text-sm">{t("filters.intro")}</p>
      <SectionLinks label={t("filters.sections")} links={sections} />
      <div className="mt-4 grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="min-w-0 space-y-4">
          <FilterKinds part="contact" page={page} refused={refused} />
          <FilterKinds part="abuse" page={page} refused={refused} />
          <RuleList page={page} />
        </div>
        <div className="min-w-0 space-y-4">
          <TryText answer={answer} rules={page.rules} />
          <FilterLists page={page} refused={refused} />
          <section id="hits" aria-label={t("filters.hits")} className="scroll-mt-28">
            <HitFigure
              title={page.asked.hits ? t(`filters.kind.${page.asked.hits}`) : t("filters.allHits")}
              plot={page.plot}
              days={page.days}
            />
          </section>
        </div>
      </div>
    </>
  );
}
