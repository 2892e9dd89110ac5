import { Link } from "@remix-run/react";
import { userPath } from "~/http/paths";
import type { ListedPerson } from "~/moderation/people/person";
import { Avatar } from "~/ui/chat/avatar";
import { useLanguage } from "~/ui/i18n";
import { RoleLabel, StandingLabel } from "./user-labels";

/** One person of the list: who it is, and how he stands. */
export function UserRow({ person }: { person: ListedPerson }) {
  const { t, format } = useLanguage();
  const { id, name, email, role, standing, sanctions, hasAppeal, joinedAt } = person;
  return (
    <li className="relative flex items-center gap-3 px-3 py-3 focus-within:bg-sunken hover:bg-sunken md:px-4">
      <Avatar id={id} name={name} />
      <div className="grid min-w-0 flex-1 gap-x-4 gap-y-1 md:grid-cols-[minmax(0,1fr)_14rem_12rem] md:items-center">
        <div className="min-w-0">
          <h2 className="flex min-w-0 items-center gap-2">
            <Link
              to={userPath(id)}
              data-row
              className="min-w-0 truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-focus focus-visible:after:-outline-offset-2"
            >
              <bdi>{name}</bdi>
            </Link>
            <RoleLabel role={role} />
          </h2>
          <p className="truncate text-muted text-sm">{email ?? t("user.noEmail")}</p>
        </div>
        <p className="flex flex-wrap items-center gap-1.5">
          {standing !== "good" && <StandingLabel standing={standing} />}
          {hasAppeal && (
            <span className="font-medium text-sm text-warning">{t("users.appealWaits")}</span>
          )}
        </p>
        <p className="text-muted text-xs md:text-end">
          {t("case.sanctions", { count: sanctions })}
          <br className="max-md:hidden" />
          <span className="md:hidden"> · </span>
          {t("users.joined", { at: format.moment(new Date(joinedAt)) })}
        </p>
      </div>
    </li>
  );
}
