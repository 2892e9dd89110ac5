import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { readForm } from "~/http/forms.server";
import { found } from "~/http/found.server";
import { chatsPath, ownReportsPath, reportsPath, sanctionsPath } from "~/http/paths";
import { refusedForm } from "~/http/refused-form";
import { appealFlag } from "~/moderation/flags/appeal-flag.server";
import { flagAppealForm } from "~/moderation/flags/appeal-form";
import { noteOpened } from "~/notifications/opened.server";
import { listOwnReports, markReportsSeen, reportsSize } from "~/safety/reports/own-reports.server";
import { storage } from "~/storage/storage.server";
import { buttonClass } from "~/ui/button";
import { useT } from "~/ui/i18n";
import { Page } from "~/ui/page";
import { titled } from "~/ui/page-title";
import { useNews } from "~/ui/reports/news";
import { OwnReportCard } from "~/ui/reports/own-report-card";
import { followsSight } from "~/ui/sight";

export { withReportSentences as clientLoader } from "~/ui/route-sentences";
export { followsSight as shouldRevalidate };
export const headers = answerHeaders;
export const handle = titled({ id: "reports.title" });

/** What it shows as new is seen by that: his pages say no longer that there is something. */
export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  await noteOpened(db, viewer, request, { kinds: ["report"] });
  const search = new URL(request.url).searchParams;
  const after = search.get("after") ?? undefined;
  const listed = await listOwnReports(db, viewer, { after, size: reportsSize, storage });
  const news = listed.reports.filter(({ isNews }) => isNews);
  // What is fetched ahead is not looked at.
  if (news.length && !request.headers.has("Sec-Purpose")) {
    await markReportsSeen(
      db,
      viewer,
      news.map(({ id }) => id),
    );
  }
  return { ...listed, isFirst: !after, isSent: search.has("sent") };
}

export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const form = await readForm(request, flagAppealForm);
  if (!form.ok) return data(refusedForm(form.result), { status: form.status });
  const appealed = found(await appealFlag(db, viewer, form.value));
  if ("appealed" in appealed) return redirect(reportsPath, 303);
  const refusal = form.refuse({ text: { id: `reports.appeal.${appealed.refused}` } });
  return data(refusedForm(refusal.result), { status: refusal.status });
}

export default function Reports() {
  const t = useT();
  const { reports, next, isFirst, isSent } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const isNew = useNews(reports);
  return (
    <Page title={t("reports.title")} intro={t("reports.intro")}>
      <div className="max-w-2xl space-y-5">
        {isSent && (
          <p role="status" className="rounded-xl bg-accent-soft px-4 py-3">
            {t("reports.sent")}
          </p>
        )}
        {reports.length === 0 && (
          <div className="space-y-3 py-6">
            <p className="font-medium">{t("reports.none")}</p>
            <p className="text-muted">{t("reports.how")}</p>
            <Link to={chatsPath} className={buttonClass("secondary")}>
              {t("sanctions.toChats")}
            </Link>
          </div>
        )}
        {reports.map((report) => (
          <OwnReportCard key={report.id} report={report} isNew={isNew(report)} refused={refused} />
        ))}
        {(next || !isFirst) && (
          <nav aria-label={t("reports.pages")} className="flex justify-center gap-3">
            {!isFirst && (
              <Link to={reportsPath} className={buttonClass("secondary")}>
                {t("reports.first")}
              </Link>
            )}
            {next && (
              <Link to={ownReportsPath(next)} className={buttonClass("secondary")}>
                {t("reports.more")}
              </Link>
            )}
          </nav>
        )}
        <p className="text-sm">
          <Link to={sanctionsPath} className="underline underline-offset-2">
            {t("reports.toDecisions")}
          </Link>
        </p>
      </div>
    </Page>
  );
}
