import { NavLink } from "@remix-run/react";
import { hasRole } from "~/accounts/roles";
import type { Viewer } from "~/accounts/viewer";
import { adminPath, casesPath } from "~/http/paths";
import { type MessageId, useT } from "~/ui/i18n";

type Section = { to: string; label: MessageId; role: Viewer["role"] };

/** The sections of `/admin`, in the order in which they stand, and the lowest role that sees each. */
const sections: Section[] = [
  { to: adminPath, label: "admin.overview", role: "moderator" },
  { to: casesPath, label: "desk.title", role: "moderator" },
];

export function AdminNavigation({ role }: { role: Viewer["role"] }) {
  const t = useT();
  return (
    <nav
      aria-label={t("admin.navigation")}
      className="-mb-px flex min-w-0 flex-1 gap-1 overflow-x-auto"
    >
      {sections
        .filter((section) => hasRole({ role }, section.role))
        .map(({ to, label }) => (
          <NavLink
            key={to}
            to={to}
            end={to === adminPath}
            className="flex min-h-11 shrink-0 items-center border-transparent border-b-2 px-3 font-medium text-muted text-sm hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
          >
            {t(label)}
          </NavLink>
        ))}
    </nav>
  );
}
