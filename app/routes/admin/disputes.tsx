import type { LoaderFunctionArgs } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { requireRole } from "~/accounts/viewer.server";
import { searchText } from "~/chats/search-query";
import { db } from "~/db/db.server";
import { deskPath } from "~/http/paths";
import { type DeskFilter, deskFilters, sortsOf } from "~/moderation/disputes/desk";
import { countCases, deskSize, listCases } from "~/moderation/disputes/desk.server";
import { CaseRow } from "~/ui/admin/case-row";
import { Choices } from "~/ui/admin/choices";
import { useNow } from "~/ui/admin/use-now";
import { buttonClass } from "~/ui/button";
import { Card } from "~/ui/card";
import { useT } from "~/ui/i18n";
import { titled } from "~/ui/page-title";

export const handle = titled({ id: "desk.title" });

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireRole(request, "moderator");
  const search = new URL(request.url).searchParams;
  const filter = deskFilters.find((one) => one === search.get("filter")) ?? "unresolved";
  const sorts = sortsOf(filter);
  const asked = {
    filter,
    sort: sorts.find((one) => one === search.get("sort")) ?? sorts[0],
    q: searchText(search.get("q") ?? ""),
    after: search.get("after") ?? undefined,
  };
  const [list, counts] = await Promise.all([
    listCases(db, viewer, { ...asked, size: deskSize }),
    countCases(db, viewer),
  ]);
  return { ...list, asked, counts, viewerId: viewer.id, servedAt: Date.now() };
}

export default function Disputes() {
  const t = useT();
  const { cases, next, asked, counts, viewerId, servedAt } = useLoaderData<typeof loader>();
  const now = useNow(servedAt);
  const { filter, sort, q } = asked;
  const countOf = (one: DeskFilter) =>
    one === "resolved" || one === "all" ? undefined : counts[one];
  return (
    <>
      <div className="mt-5 flex flex-wrap items-center justify-between gap-3">
        <h1 className="font-semibold text-2xl tracking-tight">{t("desk.title")}</h1>
        <Form role="search" className="flex w-full gap-2 sm:w-auto">
          {filter !== "unresolved" && <input type="hidden" name="filter" value={filter} />}
          <input
            key={q}
            type="search"
            name="q"
            defaultValue={q}
            aria-label={t("desk.search")}
            aria-keyshortcuts="/"
            placeholder={t("desk.search")}
            className="min-h-11 w-full min-w-0 rounded-xl border border-line bg-surface px-3 sm:w-72"
          />
          <button type="submit" className={buttonClass("secondary")}>
            {t("desk.find")}
          </button>
        </Form>
      </div>
      <div className="mt-4 flex flex-wrap items-center justify-between gap-3">
        <Choices
          label={t("desk.filters")}
          choices={deskFilters.map((one) => ({
            to: deskPath({ filter: one, q }),
            label: t(`desk.filter.${one}`),
            isCurrent: one === filter,
            count: countOf(one),
          }))}
        />
        <Choices
          label={t("desk.sorts")}
          choices={sortsOf(filter).map((one) => ({
            to: deskPath({ filter, sort: one, q }),
            label: t(`desk.sort.${one}`),
            isCurrent: one === sort,
          }))}
        />
      </div>
      <Card className="mt-3 overflow-hidden">
        {cases.length === 0 ? (
          <p className="px-6 py-12 text-center text-muted [overflow-wrap:anywhere]">
            {q ? t("desk.empty.search", { q }) : t(`desk.empty.${filter}`)}
          </p>
        ) : (
          <ul className="divide-y divide-line">
            {cases.map((found) => (
              <CaseRow key={found.id} found={found} viewerId={viewerId} now={now} />
            ))}
          </ul>
        )}
      </Card>
      {(next || asked.after) && (
        <nav aria-label={t("desk.pages")} className="mt-4 flex justify-center gap-3">
          {asked.after && (
            <Link to={deskPath({ filter, sort, q })} className={buttonClass("secondary")}>
              {t("desk.first")}
            </Link>
          )}
          {next && (
            <Link
              to={deskPath({ filter, sort, q, after: next })}
              className={buttonClass("secondary")}
            >
              {t("desk.more")}
            </Link>
          )}
        </nav>
      )}
    </>
  );
}
