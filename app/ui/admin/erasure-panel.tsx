import { Link } from "@remix-run/react";
import { erasePath } from "~/http/paths";
import type { ErasureOfPerson } from "~/moderation/people/person";
import { buttonClass } from "~/ui/button";
import { useLanguage, useT } from "~/ui/i18n";
import { Panel } from "./panel";

type Props = { userId: string; erasure: ErasureOfPerson | null; isAdmin: boolean };

/** How far somebody's erasure is, or where an admin has his account deleted. */
export function ErasurePanel({ userId, erasure, isAdmin }: Props) {
  const t = useT();
  if (erasure) return <Erasure erasure={erasure} />;
  if (!isAdmin) return null;
  return (
    <Panel id="erase" title={t("user.erase.title")}>
      <p className="text-pretty text-sm">{t("user.erase.hint")}</p>
      <Link to={erasePath(userId)} className={buttonClass("secondary", "mt-3")}>
        {t("user.erase.title")}
      </Link>
    </Panel>
  );
}

function Erasure({ erasure }: { erasure: ErasureOfPerson }) {
  const { t, format } = useLanguage();
  const { state, messages, requestedAs: by, requestedAt, dueAt, doneAt, name, email } = erasure;
  const moment = (time: string) => format.moment(new Date(time));
  return (
    <Panel id="erasure" title={t("user.erased.title")}>
      <p>{t("user.erased.asked", { at: moment(requestedAt), by })}</p>
      <p className="mt-2 text-pretty text-sm">{t("user.erased.messages", { messages })}</p>
      {state === "waiting" && (
        <p className="mt-2 text-sm">{t("user.erased.waiting", { at: moment(dueAt) })}</p>
      )}
      {state === "held" && (
        <>
          <p className="mt-2 text-pretty text-sm">{t("user.erased.held")}</p>
          <p className="mt-1 font-medium text-sm [overflow-wrap:anywhere]">
            <bdi>{name}</bdi> · {email ?? t("user.noEmail")}
          </p>
        </>
      )}
      {doneAt && <p className="mt-2 text-sm">{t("user.erased.done", { at: moment(doneAt) })}</p>}
    </Panel>
  );
}
