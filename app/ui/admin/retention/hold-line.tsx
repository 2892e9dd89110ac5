import { Link } from "@remix-run/react";
import { holdsPath } from "~/http/paths";
import type { Hold } from "~/retention/hold";
import { useLanguage } from "~/ui/i18n";

/** One thing that holds a chat or a person, and until when. */
export function HoldLine({ hold: { kind, until, reason, userId } }: { hold: Hold }) {
  const { t, format } = useLanguage();
  return (
    <li className="text-muted [overflow-wrap:anywhere]">
      {t(`retention.hold.${kind}`)}
      {reason && (
        <>
          : <bdi>{reason}</bdi>
        </>
      )}
      {until && <> ({t("retention.hold.until", { at: format.moment(new Date(until)) })})</>}
      {userId && (
        <>
          {" "}
          <Link to={holdsPath({ userId })} className="text-accent underline">
            {t("retention.hold.ofPerson")}
          </Link>
        </>
      )}
    </li>
  );
}
