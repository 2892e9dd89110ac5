import { type ActionFunctionArgs, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { requireRole } from "~/accounts/viewer.server";
import { db } from "~/db/db.server";
import { flagPath, flagsPath, queuePath } from "~/http/paths";
import { takeNextFlag } from "~/moderation/flags/hold.server";
import { queueFilters, queueKinds, queueSources } from "~/moderation/flags/queue";
import { countFlags, listFlags, queueSize } from "~/moderation/flags/queue.server";
import { Choices } from "~/ui/admin/choices";
import { FlagRow } from "~/ui/admin/flag-row";
import { NextFlag } from "~/ui/admin/next-flag";
import { QueueFilters } from "~/ui/admin/queue-filters";
import { useNow } from "~/ui/admin/use-now";
import { buttonClass } from "~/ui/button";
import { Card } from "~/ui/card";
import { useT } from "~/ui/i18n";
import { titled } from "~/ui/page-title";

export const handle = titled({ id: "queue.title" });

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireRole(request, "moderator");
  const search = new URL(request.url).searchParams;
  const asked = {
    filter: queueFilters.find((one) => one === search.get("filter")) ?? "waiting",
    source: queueSources.find((one) => one === search.get("source")),
    kind: queueKinds.find((one) => one === search.get("kind")),
    after: search.get("after") ?? undefined,
  };
  const [list, counts] = await Promise.all([
    listFlags(db, viewer, { ...asked, size: queueSize }),
    countFlags(db, viewer),
  ]);
  return { ...list, asked, counts, viewerId: viewer.id, servedAt: Date.now() };
}

/** Hands out the next flag: each moderator gets another one. */
export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireRole(request, "moderator");
  const next = await takeNextFlag(db, viewer);
  return redirect(next ? flagPath(next) : flagsPath, 303);
}

export default function Flags() {
  const t = useT();
  const { flags, next, asked, counts, viewerId, servedAt } = useLoaderData<typeof loader>();
  const now = useNow(servedAt);
  const { filter, source, kind, after } = asked;
  const isFiltered = Boolean(source || kind);
  return (
    <>
      <div className="mt-5 flex flex-wrap items-center justify-between gap-3">
        <h1 className="font-semibold text-2xl tracking-tight">{t("queue.title")}</h1>
        <NextFlag />
      </div>
      <div className="mt-4 flex flex-wrap items-center justify-between gap-3">
        <Choices
          label={t("queue.filters")}
          choices={queueFilters.map((one) => ({
            to: queuePath({ filter: one, source, kind }),
            label: t(`queue.filter.${one}`),
            isCurrent: one === filter,
            count: one === "decided" ? undefined : counts[one],
          }))}
        />
        <QueueFilters {...asked} />
      </div>
      <Card className="mt-3 overflow-hidden">
        {flags.length === 0 ? (
          <p className="px-6 py-12 text-center text-muted">
            {t(isFiltered ? "queue.empty.filtered" : `queue.empty.${filter}`)}
          </p>
        ) : (
          <ul className="divide-y divide-line">
            {flags.map((flag) => (
              <FlagRow key={flag.id} flag={flag} viewerId={viewerId} now={now} />
            ))}
          </ul>
        )}
      </Card>
      {(next || after) && (
        <nav aria-label={t("queue.pages")} className="mt-4 flex justify-center gap-3">
          {after && (
            <Link to={queuePath({ filter, source, kind })} className={buttonClass("secondary")}>
              {t("queue.first")}
            </Link>
          )}
          {next && (
            <Link
              to={queuePath({ filter, source, kind, after: next })}
              className={buttonClass("secondary")}
            >
              {t("queue.more")}
            </Link>
          )}
        </nav>
      )}
    </>
  );
}
