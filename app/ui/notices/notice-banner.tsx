import { Link, useLocation } from "@remix-run/react";
import { reportsPath, sanctionsPath } from "~/http/paths";
import { buttonClass } from "~/ui/button";
import { type MessageId, useT } from "~/ui/i18n";

export type Notice = "warning" | "removal" | "report";

const notices: Record<Notice, { to: string; text: MessageId; read: MessageId }> = {
  warning: { to: sanctionsPath, text: "app.warned", read: "app.readWarning" },
  removal: { to: sanctionsPath, text: "app.removed", read: "app.readRemoval" },
  report: { to: reportsPath, text: "app.reported", read: "app.readReport" },
};

/** Stands over every page until what moderators decided was seen where it is told. */
export default function NoticeBanner({ notice }: { notice: Notice }) {
  const t = useT();
  const { to, text, read } = notices[notice];
  if (useLocation().pathname === to) return null;
  return (
    <div
      role="status"
      data-apart="notices"
      className="flex flex-wrap items-center justify-center gap-3 bg-warning-soft px-4 py-2 text-warning"
    >
      {t(text)}
      <Link to={to} className={buttonClass("secondary")}>
        {t(read)}
      </Link>
    </div>
  );
}
