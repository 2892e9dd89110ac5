import type { LoaderFunctionArgs } from "@remix-run/node";
import { Form, Link, type ShouldRevalidateFunction, useLoaderData } from "@remix-run/react";
import { requireRole } from "~/accounts/viewer.server";
import { searchText } from "~/chats/search-query";
import { db } from "~/db/db.server";
import { foundPath } from "~/http/paths";
import { findChats, foundSize } from "~/moderation/access/find-chats.server";
import { foundFilters, foundPlaces, foundSorts } from "~/moderation/access/found-chat";
import { Choices } from "~/ui/admin/choices";
import { FoundChatRow } from "~/ui/admin/found-chat-row";
import { buttonClass } from "~/ui/button";
import { Card } from "~/ui/card";
import { useT } from "~/ui/i18n";
import { titled } from "~/ui/page-title";

export const handle = titled({ id: "found.title" });

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireRole(request, "moderator");
  const search = new URL(request.url).searchParams;
  const asked = {
    filter: foundFilters.find((one) => one === search.get("filter")) ?? "all",
    sort: foundSorts.find((one) => one === search.get("sort")) ?? "latest",
    within: foundPlaces.find((one) => one === search.get("in")) ?? "about",
    q: searchText(search.get("q") ?? ""),
    after: search.get("after") ?? undefined,
  };
  const found = await findChats(db, viewer, { ...asked, size: foundSize });
  return { ...found, asked, now: Date.now() };
}

/** A search for words is an entry in the audit log: it is made when somebody asks for it. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ currentUrl, nextUrl }) =>
  currentUrl.href !== nextUrl.href;

export default function FoundChats() {
  const t = useT();
  const { chats, next, asked, now } = useLoaderData<typeof loader>();
  const { filter, sort, within, q } = asked;
  return (
    <>
      <div className="mt-5 flex flex-wrap items-center justify-between gap-3">
        <h1 className="font-semibold text-2xl tracking-tight">{t("found.title")}</h1>
        <Form role="search" className="flex w-full flex-wrap gap-2 md:w-auto">
          {filter !== "all" && <input type="hidden" name="filter" value={filter} />}
          {sort !== "latest" && <input type="hidden" name="sort" value={sort} />}
          <input
            key={q}
            type="search"
            name="q"
            defaultValue={q}
            aria-label={t("found.search")}
            aria-keyshortcuts="/"
            placeholder={t("found.search")}
            className="min-h-11 w-full min-w-0 flex-1 basis-full rounded-xl border border-line bg-surface px-3 sm:basis-72"
          />
          <select
            key={within}
            name="in"
            defaultValue={within}
            aria-label={t("found.in")}
            className="min-h-11 min-w-0 flex-1 rounded-xl border border-line bg-surface px-3 sm:flex-none"
          >
            {foundPlaces.map((one) => (
              <option key={one} value={one}>
                {t(`found.in.${one}`)}
              </option>
            ))}
          </select>
          <button type="submit" className={buttonClass("secondary")}>
            {t("found.find")}
          </button>
        </Form>
      </div>
      <p className="mt-1 text-muted text-sm">{t("found.intro")}</p>
      <div className="mt-4 flex flex-wrap items-center justify-between gap-3">
        <Choices
          label={t("found.filters")}
          choices={foundFilters.map((one) => ({
            to: foundPath({ filter: one, sort, in: within, q }),
            label: t(`found.filter.${one}`),
            isCurrent: one === filter,
          }))}
        />
        <Choices
          label={t("found.sorts")}
          choices={foundSorts.map((one) => ({
            to: foundPath({ filter, sort: one, in: within, q }),
            label: t(`found.sort.${one}`),
            isCurrent: one === sort,
          }))}
        />
      </div>
      <Card className="mt-3 overflow-hidden">
        {chats.length === 0 ? (
          <p className="px-6 py-12 text-center text-muted [overflow-wrap:anywhere]">
            {q ? t("found.empty.search", { q }) : t("found.empty")}
          </p>
        ) : (
          <ul className="divide-y divide-line">
            {chats.map((found) => (
              <FoundChatRow key={found.id} found={found} now={now} />
            ))}
          </ul>
        )}
      </Card>
      {(next || asked.after) && (
        <nav aria-label={t("found.pages")} className="mt-4 flex justify-center gap-3">
          {asked.after && (
            <Link
              to={foundPath({ filter, sort, in: within, q })}
              className={buttonClass("secondary")}
            >
              {t("found.first")}
            </Link>
          )}
          {next && (
            <Link
              to={foundPath({ filter, sort, in: within, q, after: next })}
              className={buttonClass("secondary")}
            >
              {t("found.more")}
            </Link>
          )}
        </nav>
      )}
    </>
  );
}
