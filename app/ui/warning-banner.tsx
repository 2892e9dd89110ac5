import { Link, useLocation } from "@remix-run/react";
import { sanctionsPath } from "~/http/paths";
import { buttonClass } from "./button";
import { useT } from "./i18n";

/** Stands over every page of who was warned, until he says that he read it. */
export function WarningBanner() {
  const t = useT();
  if (useLocation().pathname === sanctionsPath) return null;
  return (
    <div
      role="status"
      className="flex flex-wrap items-center justify-center gap-3 bg-warning-soft px-4 py-2 text-warning"
    >
      {t("app.warned")}
      <Link to={sanctionsPath} className={buttonClass("secondary")}>
        {t("app.readWarning")}
      </Link>
    </div>
  );
}
