import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { requireRole } from "~/accounts/viewer.server";
import { db } from "~/db/db.server";
import { adminPath, deskPath } from "~/http/paths";
import { readTimeZone } from "~/http/time-zone.server";
import { countCases } from "~/moderation/disputes/desk.server";
import { drawPlot, drawRows } from "~/moderation/figures/draw.server";
import { ages, figureUnits } from "~/moderation/figures/figures";
import { readFigures } from "~/moderation/figures/figures.server";
import { Choices } from "~/ui/admin/choices";
import { durationPhrase } from "~/ui/admin/duration";
import { Figure, PlotPicture, RowsPicture } from "~/ui/admin/figure";
import { Tile } from "~/ui/admin/tile";
import { useFormat, useT } from "~/ui/i18n";
import { titled } from "~/ui/page-title";

export const handle = titled({ id: "admin.overview" });

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireRole(request, "moderator");
  const by = new URL(request.url).searchParams.get("by");
  const unit = figureUnits.find((one) => one === by) ?? "day";
  const [figures, counts] = await Promise.all([
    readFigures(db, { unit, timeZone: readTimeZone(request) }),
    countCases(db, viewer),
  ]);
  const { periods, byAge, byReason, flagsByKind } = figures;
  return {
    figures,
    counts,
    unit,
    servedAt: Date.now(),
    plots: {
      messages: drawPlot({ bars: periods.map((one) => one.messages) }),
      people: drawPlot({ bars: periods.map((one) => one.activePeople) }),
      cases: drawPlot({
        bars: periods.map((one) => one.opened),
        line: periods.map((one) => one.openAtEnd),
      }),
      firstLook: drawPlot({ line: periods.map((one) => one.firstLookHours) }),
      decision: drawPlot({ line: periods.map((one) => one.decisionHours) }),
      age: drawRows(Object.values(byAge)),
      reason: drawRows(Object.values(byReason)),
      flags: drawPlot({
        bars: periods.map((one) => one.flagsRaised),
        line: periods.map((one) => one.flagsAtEnd),
      }),
      flagKinds: drawRows(flagsByKind.map(({ count }) => count)),
    },
  };
}

export default function Figures() {
  const t = useT();
  const format = useFormat();
  const { figures, counts, unit, plots, servedAt } = useLoaderData<typeof loader>();
  const { periods, byAge, byReason, flagsByKind, oldestOpenedAt } = figures;
  const names = periods.map(({ start }) => format.shortDay(new Date(start)));
  const age = oldestOpenedAt && durationPhrase(Math.max(0, servedAt - Date.parse(oldestOpenedAt)));
  const hours = (value: number | null) => (value === null ? "–" : format.number(round(value)));
  const byPeriod = (
    head: string[],
    row: (period: (typeof periods)[number]) => (string | number)[],
  ) => ({
    head: [t(`figures.unit.${unit}`), ...head],
    rows: periods.map((period, at) => [names[at] ?? "", ...row(period)]),
  });
  const ageNames = ages.map((one) => t(`figures.age.${one}`));
  const reasons = Object.keys(byReason) as (keyof typeof byReason)[];
  const reasonNames = reasons.map((one) => t(`dispute.reason.${one}`));
  const kindNames = flagsByKind.map(({ kind }) => t(`flag.kind.${kind}`));
  const kindCounts = flagsByKind.map(({ count }) => count);
  return (
    <>
      <div className="mt-5 flex flex-wrap items-center justify-between gap-3">
        <h1 className="font-semibold text-2xl tracking-tight">{t("admin.overview")}</h1>
        <Choices
          label={t("figures.by")}
          choices={figureUnits.map((one) => ({
            to: one === "day" ? adminPath : `${adminPath}?by=${one}`,
            label: t(`figures.by.${one}`),
            isCurrent: one === unit,
          }))}
        />
      </div>
      <ul className="mt-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Tile name={t("figures.unresolved")} value={counts.unresolved} to={deskPath({})} />
        <Tile
          name={t("desk.filter.unclaimed")}
          value={counts.unclaimed}
          to={deskPath({ filter: "unclaimed" })}
        />
        <Tile
          name={t("desk.filter.overdue")}
          value={counts.overdue}
          to={deskPath({ filter: "overdue" })}
          isUrgent={counts.overdue > 0}
        />
        <Tile
          name={t("figures.oldest")}
          value={age ? t(age.id, age.values) : "–"}
          to={deskPath({ sort: "oldest" })}
        />
      </ul>
      <div className="mt-3 grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        <Figure
          title={t("figures.messages")}
          table={byPeriod([t("figures.messages")], (one) => [format.number(one.messages)])}
        >
          <PlotPicture plot={plots.messages} names={names} />
        </Figure>
        <Figure
          title={t("figures.people")}
          table={byPeriod([t("figures.people")], (one) => [format.number(one.activePeople)])}
        >
          <PlotPicture plot={plots.people} names={names} />
        </Figure>
        <Figure
          title={t("figures.cases")}
          legend={{ bars: t("figures.opened"), line: t("figures.open") }}
          table={byPeriod(
            [t("figures.opened"), t("figures.resolved"), t("figures.open")],
            (one) => [one.opened, one.resolved, one.openAtEnd],
          )}
        >
          <PlotPicture plot={plots.cases} names={names} />
        </Figure>
        <Figure
          title={t("figures.firstLook")}
          table={byPeriod([t("figures.hours")], (one) => [hours(one.firstLookHours)])}
        >
          <PlotPicture plot={plots.firstLook} names={names} />
        </Figure>
        <Figure
          title={t("figures.decision")}
          table={byPeriod([t("figures.hours")], (one) => [hours(one.decisionHours)])}
        >
          <PlotPicture plot={plots.decision} names={names} />
        </Figure>
        <Figure
          title={t("figures.age")}
          table={{
            head: [t("figures.age"), t("figures.cases")],
            rows: ages.map((one, at) => [ageNames[at] ?? "", byAge[one]]),
          }}
        >
          <RowsPicture rows={plots.age} names={ageNames} values={Object.values(byAge)} />
        </Figure>
        <Figure
          title={t("figures.reasons")}
          table={{
            head: [t("figures.reason"), t("figures.cases")],
            rows: reasons.map((one, at) => [reasonNames[at] ?? "", byReason[one]]),
          }}
        >
          <RowsPicture rows={plots.reason} names={reasonNames} values={Object.values(byReason)} />
        </Figure>
        <Figure
          title={t("queue.title")}
          legend={{ bars: t("figures.raised"), line: t("figures.waiting") }}
          table={byPeriod(
            [t("figures.raised"), t("figures.decided"), t("figures.waiting")],
            (one) => [one.flagsRaised, one.flagsDecided, one.flagsAtEnd],
          )}
        >
          <PlotPicture plot={plots.flags} names={names} />
        </Figure>
        {flagsByKind.length > 0 && (
          <Figure
            title={t("figures.flagKinds")}
            table={{
              head: [t("figures.reason"), t("queue.title")],
              rows: kindCounts.map((count, at) => [kindNames[at] ?? "", count]),
            }}
          >
            <RowsPicture rows={plots.flagKinds} names={kindNames} values={kindCounts} />
          </Figure>
        )}
      </div>
    </>
  );
}

const round = (value: number) => Math.round(value * 10) / 10;
