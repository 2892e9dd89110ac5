import type { LoaderFunctionArgs } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { requireRole } from "~/accounts/viewer.server";
import { searchText } from "~/chats/search-query";
import { db } from "~/db/db.server";
import { peoplePath } from "~/http/paths";
import { countCaseNews } from "~/moderation/disputes/case-news.server";
import { listPeople, peopleSize } from "~/moderation/people/people.server";
import { peopleFilters, peopleSorts } from "~/moderation/people/person";
import { Choices } from "~/ui/admin/choices";
import { UserRow } from "~/ui/admin/user-row";
import { buttonClass } from "~/ui/button";
import { Card } from "~/ui/card";
import { useT } from "~/ui/i18n";
import { titled } from "~/ui/page-title";

export const handle = titled({ id: "users.title" });

export async function loader({ request }: LoaderFunctionArgs) {
  await requireRole(request, "moderator");
  const search = new URL(request.url).searchParams;
  const asked = {
    filter: peopleFilters.find((one) => one === search.get("filter")) ?? "all",
    sort: peopleSorts.find((one) => one === search.get("sort")) ?? "newest",
    q: searchText(search.get("q") ?? ""),
    after: search.get("after") ?? undefined,
  };
  const [list, { sanctionAppeals: appeals }] = await Promise.all([
    listPeople(db, { ...asked, size: peopleSize }),
    countCaseNews(db),
  ]);
  return { ...list, asked, appeals };
}

export default function Users() {
  const t = useT();
  const { people, next, asked, appeals } = useLoaderData<typeof loader>();
  const { filter, sort, q } = asked;
  return (
    <>
      <div className="mt-5 flex flex-wrap items-center justify-between gap-3">
        <h1 className="font-semibold text-2xl tracking-tight">{t("users.title")}</h1>
        <Form role="search" className="flex w-full gap-2 sm:w-auto">
          {filter !== "all" && <input type="hidden" name="filter" value={filter} />}
          {sort !== "newest" && <input type="hidden" name="sort" value={sort} />}
          <input
            key={q}
            type="search"
            name="q"
            defaultValue={q}
            aria-label={t("users.search")}
            aria-keyshortcuts="/"
            placeholder={t("users.search")}
            className="min-h-11 w-full min-w-0 rounded-xl border border-line bg-surface px-3 sm:w-72"
          />
          <button type="submit" className={buttonClass("secondary")}>
            {t("users.find")}
          </button>
        </Form>
      </div>
      <div className="mt-4 flex flex-wrap items-center justify-between gap-3">
        <Choices
          label={t("users.filters")}
          choices={peopleFilters.map((one) => ({
            to: peoplePath({ filter: one, sort, q }),
            label: t(`users.filter.${one}`),
            isCurrent: one === filter,
            count: one === "appeals" ? appeals : undefined,
          }))}
        />
        <Choices
          label={t("users.sorts")}
          choices={peopleSorts.map((one) => ({
            to: peoplePath({ filter, sort: one, q }),
            label: t(`users.sort.${one}`),
            isCurrent: one === sort,
          }))}
        />
      </div>
      <Card className="mt-3 overflow-hidden">
        {people.length === 0 ? (
          <p className="px-6 py-12 text-center text-muted [overflow-wrap:anywhere]">
            {q ? t("users.empty.search", { q }) : t("users.empty")}
          </p>
        ) : (
          <ul className="divide-y divide-line">
            {people.map((person) => (
              <UserRow key={person.id} person={person} />
            ))}
          </ul>
        )}
      </Card>
      {(next || asked.after) && (
        <nav aria-label={t("users.pages")} className="mt-4 flex justify-center gap-3">
          {asked.after && (
            <Link to={peoplePath({ filter, sort, q })} className={buttonClass("secondary")}>
              {t("users.first")}
            </Link>
          )}
          {next && (
            <Link
              to={peoplePath({ filter, sort, q, after: next })}
              className={buttonClass("secondary")}
            >
              {t("users.more")}
            </Link>
          )}
        </nav>
      )}
    </>
  );
}
