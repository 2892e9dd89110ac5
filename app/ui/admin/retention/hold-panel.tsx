import { Link } from "@remix-run/react";
import { holdsPath } from "~/http/paths";
import type { Hold } from "~/retention/hold";
import { buttonClass } from "~/ui/button";
import { useT } from "~/ui/i18n";
import { Panel } from "../panel";
import { HoldLine } from "./hold-line";

type Props = {
  of: { chatId: string } | { userId: string };
  holds: Hold[];
  /** Admins place and lift them. */
  mayChange: boolean;
};

/** What keeps a chat or a person from being archived, deleted or erased. */
export function HoldPanel({ of, holds, mayChange }: Props) {
  const t = useT();
  return (
    <Panel id="holds" title={t("retention.holds.title")}>
      {holds.length === 0 ? (
        <p className="text-muted text-sm">{t("retention.holds.none")}</p>
      ) : (
        <>
          <p className="text-sm">
            {t("chatId" in of ? "retention.holds.chat" : "retention.holds.person")}
          </p>
          <ul className="mt-1 text-sm">
            {holds.map((hold) => (
              <HoldLine key={hold.id} hold={hold} />
            ))}
          </ul>
        </>
      )}
      {mayChange && (
        <Link to={holdsPath(of)} className={buttonClass("secondary", "mt-3")}>
          {t("retention.holds.change")}
        </Link>
      )}
    </Panel>
  );
}
