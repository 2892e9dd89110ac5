import { Link, useLocation } from "@remix-run/react";
import { hasRole } from "~/accounts/roles";
import type { Viewer } from "~/accounts/viewer";
import {
  adminChatsPath,
  adminPath,
  auditPath,
  casesPath,
  filtersPath,
  flagsPath,
  integrationsPath,
  isWithin,
  livePath,
  retentionPath,
  usersPath,
} from "~/http/paths";

import type { CaseCounts } from "~/moderation/disputes/case-counts";
import { type MessageId, useT } from "~/ui/i18n";
import { CountBadge } from "~/ui/unread-badge";

type Section = {
  to: string;
  label: MessageId;
  role: Viewer["role"];
  /** How much of it waits for a moderator. */
  waiting?: (counts: CaseCounts) => number;
};

/** The sections of `/admin`, in the order in which they stand, and the lowest role that sees each. */
const sections: Section[] = [
  { to: adminPath, label: "admin.overview", role: "moderator" },
  {
    to: casesPath,
    label: "desk.title",
    role: "moderator",
    waiting: ({ unclaimed }) => unclaimed,
  },
  {
    to: flagsPath,
    label: "queue.title",
    role: "moderator",
    waiting: ({ flags }) => flags,
  },
  { to: adminChatsPath, label: "found.title", role: "moderator" },
  {
    to: usersPath,
    label: "users.title",
    role: "moderator",
    waiting: ({ sanctionAppeals }) => sanctionAppeals,
  },
  { to: filtersPath(), label: "filters.title", role: "admin" },
  { to: retentionPath(), label: "retention.title", role: "admin" },
  { to: integrationsPath(), label: "integrations.title", role: "admin" },
  { to: auditPath({}), label: "audit.title", role: "admin" },
  { to: livePath, label: "live.title", role: "admin" },
];

type Props = { role: Viewer["role"]; counts: CaseCounts };

export function AdminNavigation({ role, counts }: Props) {
  const t = useT();
  const { pathname } = useLocation();
  const isAt = (to: string) => (to === adminPath ? pathname === to : isWithin(pathname, to));
  return (
    // Relative, so that what only readers of screens hear is cut off with the rest.
    <nav
      aria-label={t("admin.navigation")}
      className="-mb-px relative flex min-w-0 flex-1 gap-1 overflow-x-auto"
    >
      {sections
        .filter((section) => hasRole({ role }, section.role))
        .map(({ to, label, waiting }) => (
          <Link
            key={to}
            to={to}
            aria-current={isAt(to) ? "page" : undefined}
            className="flex min-h-11 shrink-0 items-center gap-1.5 border-transparent border-b-2 px-3 font-medium text-muted text-sm hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
          >
            {t(label)} <WaitingBadge count={waiting?.(counts) ?? 0} />
          </Link>
        ))}
    </nav>
  );
}

function WaitingBadge({ count }: { count: number }) {
  const t = useT();
  return <CountBadge count={count} label={t("admin.waiting", { count })} />;
}
