import { useLocation } from "@remix-run/react";
import { loginPath } from "~/http/paths";
import { buttonClass } from "~/ui/button";
import { useT } from "~/ui/i18n";

/** Stands over a page whose session ended elsewhere. Nothing that was typed goes away by itself. */
export default function SignedOutNotice() {
  const t = useT();
  const { pathname, search } = useLocation();
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center justify-center gap-3 bg-warning-soft px-4 py-2 text-warning"
    >
      {t("app.signedOut")}
      <a
        href={loginPath(pathname + search)}
        target="_blank"
        rel="noopener"
        className={buttonClass("secondary")}
      >
        {t("app.signIn")}
      </a>
    </div>
  );
}
