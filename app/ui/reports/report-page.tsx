import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import { chatPath, reportsPath } from "~/http/paths";
import type { ReportView } from "~/safety/reports/read-report-page.server";
import type { ReportSearch } from "~/safety/reports/report-search";
import type { NotReportable } from "~/safety/reports/reported.server";
import { buttonClass } from "~/ui/button";
import { Card } from "~/ui/card";
import type { Refused } from "~/ui/dispute/claim-form";
import { type MessageId, useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { ReportChoice } from "./report-choice";
import { ReportNote } from "./report-note";

type Props = {
  chatId: string;
  asked: ReportSearch;
  view: ReportView | NotReportable;
  refused?: Refused;
};

const reasons: Record<NotReportable["refused"], MessageId> = {
  reportOwn: "report.own",
  reportSystem: "report.system",
  reportModerator: "report.moderator",
  reportNobody: "report.nobody",
};

/** To report something in two steps: what and why, then what to add to it. */
export function ReportPage({ chatId, asked, view, refused }: Props) {
  const t = useT();
  return (
    <div className="flex h-full flex-col">
      <header className="flex items-center gap-2 border-line border-b bg-surface px-2 py-2 md:px-4">
        <Link
          to={chatPath(chatId)}
          aria-label={t("report.back")}
          className="flex size-11 shrink-0 items-center justify-center rounded-xl hover:bg-sunken"
        >
          <Icon className="icon-chevron-left size-6 rtl:-scale-x-100" />
        </Link>
        <div className="min-w-0">
          <h1 className="font-semibold">{t("report.title")}</h1>
          {"subject" in view && (
            <p dir="auto" className="truncate text-muted text-sm">
              {view.subject}
            </p>
          )}
        </div>
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-2xl px-4 py-6">
          {"refused" in view ? (
            <Instead title={t("report.notHere")}>
              <p>{t(reasons[view.refused])}</p>
            </Instead>
          ) : (
            <Step asked={asked} view={view} refused={refused} />
          )}
        </div>
      </div>
    </div>
  );
}

type StepProps = { asked: ReportSearch; view: ReportView; refused?: Refused };

function Step({ asked, view, refused }: StepProps) {
  const t = useT();
  const { earlier } = view;
  // Of a message one may still turn to the person.
  if (earlier && (asked.step === 2 || !view.message)) {
    return (
      <Instead title={t("report.already")}>
        <p>{t(earlier.isDecided ? "report.alreadyDecided" : "report.alreadyOpen")}</p>
        <Link to={reportsPath} className={buttonClass("secondary")}>
          {t("report.toReports")}
        </Link>
      </Instead>
    );
  }
  return (
    <Card className="p-5 md:p-6">
      <p className="mb-4 text-muted text-sm">{t("report.step", { step: asked.step })}</p>
      {asked.step === 1 || !asked.reason ? (
        <ReportChoice asked={asked} view={view} />
      ) : (
        <ReportNote asked={{ ...asked, reason: asked.reason }} view={view} refused={refused} />
      )}
    </Card>
  );
}

function Instead({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card className="space-y-3 p-5 md:p-6">
      <h2 className="font-semibold text-lg">{title}</h2>
      {children}
    </Card>
  );
}
