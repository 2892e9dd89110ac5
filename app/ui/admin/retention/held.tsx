import { Link } from "@remix-run/react";
import { adminChatPath, holdsPath, userPath } from "~/http/paths";
import type { RetentionPage } from "~/retention/retention-page.server";
import { useLanguage, useT } from "~/ui/i18n";
import { Panel } from "../panel";
import { HoldLine } from "./hold-line";

/** Chats that would be closed, archived or deleted by now, and what keeps them. */
export function HeldChats({ held }: Pick<RetentionPage, "held">) {
  const t = useT();
  return (
    <Panel id="held" title={t("retention.held")}>
      <p className="text-pretty text-muted text-sm">{t("retention.heldText")}</p>
      {held.length === 0 && <p className="mt-3">{t("retention.nothingHeld")}</p>}
      <ul className="mt-3 divide-y divide-line text-sm">
        {held.map(({ chatId, title, holds }) => (
          <li key={chatId} className="py-2">
            <Link to={adminChatPath(chatId)} className="font-medium text-accent underline">
              <bdi>{title}</bdi>
            </Link>
            <ul>
              {holds.map((hold) => (
                <HoldLine key={hold.id} hold={hold} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** What admins hold, whether it would be touched by now or not. */
export function LegalHoldList({ holds }: Pick<RetentionPage, "holds">) {
  const { t, format } = useLanguage();
  return (
    <Panel id="holds" title={t("retention.legalHolds")}>
      <p className="text-pretty text-muted text-sm">{t("retention.legalHoldsText")}</p>
      {holds.length === 0 && <p className="mt-3">{t("retention.noLegalHolds")}</p>}
      <ul className="mt-3 divide-y divide-line text-sm">
        {holds.map(({ id, chatId, userId, title, reason, endsAt }) => (
          <li key={id} className="py-2">
            <Link
              to={holdsPath(chatId ? { chatId } : { userId: userId ?? "" })}
              className="font-medium text-accent underline"
            >
              <bdi>{title}</bdi>
            </Link>
            <p className="[overflow-wrap:anywhere]" dir="auto">
              {reason}
            </p>
            <p className="text-muted">
              {endsAt
                ? t("retention.hold.until", { at: format.moment(new Date(endsAt)) })
                : t("retention.hold.open")}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** People who are to be erased and are not yet. */
export function WaitingErasures({ erasures }: Pick<RetentionPage, "erasures">) {
  const { t, format } = useLanguage();
  return (
    <Panel id="erasures" title={t("retention.erasures")}>
      {erasures.length === 0 && <p>{t("retention.noErasures")}</p>}
      <ul className="divide-y divide-line text-sm">
        {erasures.map(({ userId, dueAt, requestedAs, holds }) => (
          <li key={userId} className="py-2">
            <Link to={userPath(userId)} className="font-medium text-accent underline">
              {t(`retention.erasure.${requestedAs}`)}
            </Link>
            <p className="text-muted">
              {t("retention.erasure.due", { at: format.moment(new Date(dueAt)) })}
            </p>
            <ul>
              {holds.map((hold) => (
                <HoldLine key={hold.id} hold={hold} />
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
