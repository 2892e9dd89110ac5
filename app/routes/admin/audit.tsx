import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, type ShouldRevalidateFunction, useLoaderData } from "@remix-run/react";
import { requireRole } from "~/accounts/viewer.server";
import { db } from "~/db/db.server";
import { auditPath } from "~/http/paths";
import { readTimeZone } from "~/http/time-zone.server";
import { auditSorts } from "~/moderation/audit/audit-entry";
import { auditPageSize, viewAuditLog } from "~/moderation/audit/audit-list.server";
import { readAuditQuery } from "~/moderation/audit/audit-query.server";
import { AuditEntryItem } from "~/ui/admin/audit-entry";
import { AuditFilters } from "~/ui/admin/audit-filters";
import { Choices } from "~/ui/admin/choices";
import { buttonClass } from "~/ui/button";
import { Card } from "~/ui/card";
import { useT } from "~/ui/i18n";
import { titled } from "~/ui/page-title";

export const handle = titled({ id: "audit.title" });

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireRole(request, "admin");
  const { filter, ...query } = await readAuditQuery(db, new URL(request.url).searchParams);
  const asked = { ...query, timeZone: readTimeZone(request), size: auditPageSize };
  const list = filter
    ? await viewAuditLog(db, viewer, { ...asked, filter })
    : { entries: [], next: null };
  return { ...list, ...query };
}

/** Each reading is an entry in the log: it is read when somebody asks, not when something changes. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ currentUrl, nextUrl }) =>
  currentUrl.href !== nextUrl.href;

export default function Audit() {
  const t = useT();
  const { entries, next, typed, errors, sort, after } = useLoaderData<typeof loader>();
  return (
    <>
      <div className="mt-5 flex flex-wrap items-end justify-between gap-3">
        <div>
          <h1 className="font-semibold text-2xl tracking-tight">{t("audit.title")}</h1>
          <p className="mt-1 text-muted text-sm">{t("audit.intro")}</p>
        </div>
        <p className="flex items-center gap-2 text-sm">
          {t("audit.export")}
          {(["csv", "jsonl"] as const).map((format) => (
            <a
              key={format}
              href={auditPath({ ...typed, format }, "/export")}
              download
              className={buttonClass("secondary", "text-sm")}
            >
              {t(`audit.export.${format}`)}
            </a>
          ))}
        </p>
      </div>
      <AuditFilters key={JSON.stringify(typed)} typed={typed} errors={errors} sort={sort} />
      <div className="mt-3">
        <Choices
          label={t("audit.sorts")}
          choices={auditSorts.map((one) => ({
            to: auditPath({ ...typed, sort: one }),
            label: t(`audit.sort.${one}`),
            isCurrent: one === sort,
          }))}
        />
      </div>
      <Card className="mt-3 overflow-hidden">
        {entries.length === 0 ? (
          <p className="px-6 py-12 text-center text-muted">{t("audit.empty")}</p>
        ) : (
          <ol className="divide-y divide-line">
            {entries.map((entry) => (
              <AuditEntryItem key={entry.seq} entry={entry} />
            ))}
          </ol>
        )}
      </Card>
      {(next || after !== undefined) && (
        <nav aria-label={t("audit.pages")} className="mt-4 flex justify-center gap-3">
          {after !== undefined && (
            <Link to={auditPath({ ...typed, sort })} className={buttonClass("secondary")}>
              {t("audit.first")}
            </Link>
          )}
          {next && (
            <Link
              to={auditPath({ ...typed, sort, after: String(next) })}
              className={buttonClass("secondary")}
            >
              {t("audit.more")}
            </Link>
          )}
        </nav>
      )}
    </>
  );
}
