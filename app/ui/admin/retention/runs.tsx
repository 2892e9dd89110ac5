import { Form, Link, useNavigation } from "@remix-run/react";
import { retentionPath } from "~/http/paths";
import { doneOf, type Finding, paceOf, type Run } from "~/retention/run/run";
import { Button, buttonClass } from "~/ui/button";
import { useLanguage, useT } from "~/ui/i18n";
import { Panel } from "../panel";
import { useBeat } from "../use-beat";

type Props = { runs: Run[]; now: string };

/** What retention does now, and what it did. */
export function Runs({ runs, now }: Props) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  const isRunning = runs.some(({ state }) => state === "running");
  useBeat(isRunning);
  return (
    <Panel id="runs" title={t("retention.runs")}>
      <p className="text-pretty text-muted text-sm">{t("retention.runsText")}</p>
      <Form method="post" action={retentionPath()} className="mt-4 flex flex-wrap gap-3">
        <Button name="intent" value="run" disabled={isBusy}>
          {t("retention.runNow")}
        </Button>
        <Button variant="secondary" name="intent" value="try" disabled={isBusy}>
          {t("retention.try")}
        </Button>
        {isRunning && (
          <Link to={retentionPath({}, "runs")} className={buttonClass("quiet")}>
            {t("retention.refresh")}
          </Link>
        )}
      </Form>
      {runs.length === 0 && <p className="mt-4 text-muted">{t("retention.noRuns")}</p>}
      <ol className="mt-4 divide-y divide-line">
        {runs.map((run) => (
          <li key={run.id} className="py-3 first:pt-0 last:pb-0">
            <OneRun run={run} now={new Date(now)} />
          </li>
        ))}
      </ol>
    </Panel>
  );
}

function OneRun({ run, now }: { run: Run; now: Date }) {
  const { t, format } = useLanguage();
  const { number } = format;
  const pace = paceOf(run, now);
  const counts = (["closed", "archived", "deleted", "held", "failed"] as const).filter(
    (name) => run[name] > 0,
  );
  const isRunning = run.state === "running";
  return (
    <div className="space-y-1 text-sm">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="font-medium">
          {t(run.isDryRun ? "retention.trial" : "retention.run")}:{" "}
          {t(`retention.state.${run.state}`)}
        </span>
        <time dateTime={run.startedAt} className="text-muted">
          {format.moment(new Date(run.startedAt))}
        </time>
      </p>
      <p className="text-muted">
        {t(`retention.trigger.${run.trigger}`, { by: run.startedBy?.name ?? "" })}
      </p>
      {isRunning && (
        <progress
          value={run.phase === "count" ? undefined : (pace.share ?? 1)}
          max={1}
          aria-label={t("retention.progress")}
          className="h-2 w-full accent-accent"
        />
      )}
      <p role={isRunning ? "status" : undefined} className="tabular-nums">
        {isRunning && run.phase === "count"
          ? t("retention.counting", { due: number(run.due), count: run.due })
          : counts.length > 0
            ? t(run.isDryRun ? "retention.would" : "retention.did", {
                what: counts
                  .map((name) => t(`retention.did.${name}`, { n: number(run[name]) }))
                  .join(", "),
              })
            : t("retention.didNothing")}
        {run.messages > 0 &&
          `, ${t("retention.didMessages", { n: number(run.messages), count: run.messages })}`}
      </p>
      {isRunning && run.phase === "do" && (
        <p className="text-muted tabular-nums">
          {t("retention.pace", {
            left: number(pace.left),
            rate: number(Math.round(pace.chatsPerSecond * 10) / 10),
          })}
          {pace.secondsLeft !== null &&
            `, ${t("retention.timeLeft", { minutes: number(Math.ceil(pace.secondsLeft / 60)), count: Math.ceil(pace.secondsLeft / 60) })}`}
        </p>
      )}
      {run.error && <p className="text-danger [overflow-wrap:anywhere]">{run.error}</p>}
      {run.isDryRun && !isRunning && doneOf(run) + run.held > 0 && (
        <Findings id={run.id} findings={run.findings} />
      )}
    </div>
  );
}

function Findings({ id, findings }: { id: string; findings: Finding[] }) {
  const { t, format } = useLanguage();
  const heads = ["what", "stage", "month", "chats", "messages", "held"] as const;
  return (
    <details>
      <summary className="inline-flex min-h-11 cursor-pointer items-center text-accent underline">
        {t("retention.findings")}
      </summary>
      {/* Scrolled by keyboard, too. */}
      <section
        aria-labelledby={`findings-${id}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no mouse scrolls it by its keys
        tabIndex={0}
        className="overflow-x-auto"
      >
        <table className="w-full text-start text-xs tabular-nums">
          <caption id={`findings-${id}`} className="sr-only">
            {t("retention.findings")}
          </caption>
          <thead>
            <tr className="border-line border-b text-muted">
              {heads.map((head, at) => (
                <th
                  key={head}
                  scope="col"
                  className={`py-1 pe-3 font-medium ${at > 2 ? "text-end" : "text-start"}`}
                >
                  {t(`retention.finding.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {findings.map(({ kind, stage, month, chats, messages, held }) => (
              <tr key={`${kind} ${stage} ${month}`} className="border-line border-b last:border-0">
                <td className="py-1 pe-3">{t(`retention.verb.${kind}`)}</td>
                <td className="py-1 pe-3">{t(`subject.stage.${stage}`)}</td>
                <td className="py-1 pe-3">{month}</td>
                {[chats, messages, held].map((value, at) => (
                  <td key={heads[at + 3]} className="py-1 pe-3 text-end">
                    {format.number(value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
