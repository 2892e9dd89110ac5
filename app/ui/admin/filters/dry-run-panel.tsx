import { Form, Link } from "@remix-run/react";
import { rulePath } from "~/http/paths";
import type { RulePage } from "~/safety/rules/rule-page.server";
import { Button, buttonClass } from "~/ui/button";
import { useLanguage, useT } from "~/ui/i18n";
import { Figure, PlotPicture } from "../figure";
import { Panel } from "../panel";
import { useBeat } from "../use-beat";

type Props = { page: RulePage; isBusy: boolean };

/** What a rule would have done: how often, when, and to what. */
export function DryRunPanel({ page, isBusy }: Props) {
  const t = useT();
  const { rule, dryRun } = page;
  const isRunning = dryRun?.state === "running";
  useBeat(isRunning);
  return (
    <Panel id="dry-run" title={t("dryRun.title")}>
      <p className="text-muted text-sm">{t("dryRun.text")}</p>
      {dryRun && <Result page={page} dryRun={dryRun} />}
      {!rule.isRemoved && (
        <Form method="post" action={rulePath(rule.id)} className="mt-4 flex flex-wrap gap-3">
          {isRunning ? (
            <>
              <Button variant="secondary" name="intent" value="cancel" disabled={isBusy}>
                {t("dryRun.cancel")}
              </Button>
              <Link to={rulePath(rule.id)} className={buttonClass("quiet")}>
                {t("dryRun.reload")}
              </Link>
            </>
          ) : (
            <Button variant="secondary" name="intent" value="try" disabled={isBusy}>
              {t(dryRun ? "dryRun.again" : "dryRun.start")}
            </Button>
          )}
        </Form>
      )}
    </Panel>
  );
}

function Result({ page, dryRun }: { page: RulePage; dryRun: NonNullable<RulePage["dryRun"]> }) {
  const { t, format } = useLanguage();
  const { state, progress, hits, messages, version, days, plot, startedBy, startedAt } = dryRun;
  const names = days.map(({ day }) => format.shortDay(new Date(`${day}T12:00:00Z`)));
  const percent = format.number(Math.floor(progress * 100));
  return (
    <div className="mt-4 space-y-3">
      <p className="text-sm">
        {t("dryRun.of", { version, by: startedBy, at: format.moment(new Date(startedAt)) })}
        {version !== page.rule.versions[0].version && <> {t("dryRun.older")}</>}
      </p>
      {state === "running" && (
        <progress
          value={progress}
          max={1}
          aria-label={t("dryRun.progress")}
          className="h-2 w-full accent-accent"
        />
      )}
      <p role="status" className="font-medium">
        {t(`dryRun.state.${state}`, { percent })}{" "}
        {t("dryRun.hits", {
          count: hits,
          hits: format.number(hits),
          messages: format.number(messages),
        })}
      </p>
      {hits > 0 && (
        <Figure
          title={t("dryRun.byDay")}
          table={{
            head: [t("figures.unit.day"), t("filters.hits")],
            rows: days.map(({ hits }, at) => [names[at] ?? "", format.number(hits)]),
          }}
        >
          <PlotPicture plot={plot} names={names} />
        </Figure>
      )}
      {state !== "running" && dryRun.samples > 0 && <Samples page={page} />}
    </div>
  );
}

function Samples({ page: { rule, samples } }: { page: RulePage }) {
  const { t, format } = useLanguage();
  if (!samples) {
    return (
      <p>
        <a
          href={`${rulePath(rule.id, { samples: "1" })}#samples`}
          className={buttonClass("secondary")}
        >
          {t("dryRun.showSamples")}
        </a>{" "}
        <span className="mt-1 block text-muted text-sm">{t("dryRun.samplesLogged")}</span>
      </p>
    );
  }
  return (
    <section id="samples" aria-labelledby="samples-title" className="scroll-mt-28">
      <h3 id="samples-title" className="font-medium">
        {t("dryRun.samples")}
      </h3>
      {samples.length === 0 && <p className="text-muted text-sm">{t("dryRun.noSamples")}</p>}
      <ul className="mt-1 divide-y divide-line text-sm">
        {samples.map(({ id, sentAt, before, words, after }) => (
          <li key={id} className="py-2">
            <time dateTime={sentAt} className="text-muted text-xs">
              {format.moment(new Date(sentAt))}
            </time>
            <p dir="auto" className="[overflow-wrap:anywhere]">
              {before}
              <mark className="rounded bg-warning-soft px-0.5 text-ink">{words}</mark>
              {after}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
