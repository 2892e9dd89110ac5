import { Link } from "@remix-run/react";
import { chatPath } from "~/http/paths";
import type { RefusedForm } from "~/http/refused-form";
import type { OwnReport } from "~/safety/reports/report";
import { Card } from "~/ui/card";
import { AppealForm } from "~/ui/decisions/appeal-form";
import { Said } from "~/ui/decisions/said";
import { useLanguage } from "~/ui/i18n";
import { reasons } from "./report-choice";

type Props = {
  report: OwnReport;
  /** Decided since he last looked. */
  isNew: boolean;
  refused?: RefusedForm;
};

/** One report as its reporter sees it: what he said, how it stands, what he can do. */
export function OwnReportCard({ report, isNew, refused }: Props) {
  const { t, format } = useLanguage();
  const moment = (time: string) => format.moment(new Date(time));
  const { id, flagId, person, subject, message, appeal, status } = report;
  return (
    <Card className="p-5 md:p-6">
      <article id={id} aria-labelledby={`${id}-about`} className="space-y-4">
        <header>
          <p className="flex flex-wrap items-center gap-x-3 text-muted text-sm">
            {isNew && <span className="badge">{t("reports.new")}</span>}
            <time dateTime={report.createdAt}>
              {t("reports.reported", { at: moment(report.createdAt) })}
            </time>
          </p>
          <h2 id={`${id}-about`} className="mt-1 font-semibold [overflow-wrap:anywhere]">
            {t(`reports.about.${report.target}`, { name: person, subject })}
          </h2>
          <p className="text-sm">{t(reasons[report.reason])}</p>
        </header>
        {message && (
          <blockquote
            dir="auto"
            className="line-clamp-4 whitespace-pre-line rounded-xl bg-sunken px-4 py-2 text-sm [overflow-wrap:anywhere]"
          >
            {message.isGone ? <em>{t("reports.gone")}</em> : message.body}
          </blockquote>
        )}
        {report.note && <Said title={t("reports.note")} text={report.note} />}
        <div>
          <p className="font-medium">{t(`reports.status.${status}`)}</p>
          {report.decidedAt && (
            <p className="text-muted text-sm">
              {t("reports.decided", { at: moment(report.decidedAt) })}
            </p>
          )}
        </div>
        {report.answer && <Said title={t("reports.why")} text={report.answer} />}
        {appeal && <Appealed appeal={appeal} isGone={message?.isGone ?? false} />}
        {report.mayAppeal && (
          <AppealForm
            id={flagId}
            refused={refused}
            words={{
              open: t("reports.appeal"),
              label: t("reports.appealText"),
              hint: t("reports.appealHint"),
              send: t("reports.appealSend"),
            }}
          />
        )}
        <p className="text-sm">
          <Link
            to={chatPath(report.chatId, message ? { around: message.seq } : {})}
            className="inline-flex min-h-11 items-center underline underline-offset-2"
          >
            {t("reports.toChat")}
          </Link>
        </p>
      </article>
    </Card>
  );
}

type AppealedProps = { appeal: NonNullable<OwnReport["appeal"]>; isGone: boolean };

/** That it was looked at once more, and what came of that. */
function Appealed({ appeal, isGone }: AppealedProps) {
  const { t, format } = useLanguage();
  const moment = (time: string) => format.moment(new Date(time));
  const { by, text, at, status, decidedAt, answer } = appeal;
  const isRestored = by === "author" && status === "fine" && !isGone;
  return (
    <div className="space-y-3 border-line border-t pt-4">
      <p className="text-muted text-sm">{t(`reports.appealed.${by}`, { at: moment(at) })}</p>
      {text && (
        <p dir="auto" className="whitespace-pre-line [overflow-wrap:anywhere]">
          {text}
        </p>
      )}
      <div>
        <p className="font-medium">
          {t(isRestored ? "reports.restored" : `reports.status.${status}`)}
        </p>
        {decidedAt && (
          <p className="text-muted text-sm">{t("reports.decided", { at: moment(decidedAt) })}</p>
        )}
      </div>
      {answer && <Said title={t("reports.why")} text={answer} />}
    </div>
  );
}
