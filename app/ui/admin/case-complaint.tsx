import { Link } from "@remix-run/react";
import { casePath } from "~/http/paths";
import type { CaseView } from "~/moderation/disputes/case-view";
import { PictureGrid } from "~/ui/chat/picture-grid";
import { useFormat, useT } from "~/ui/i18n";
import { Panel } from "./panel";

/** What it is about, in the words of who opened it. */
export function CaseComplaint({ view }: { view: CaseView }) {
  const t = useT();
  const format = useFormat();
  const { dispute, opener, related, evidence } = view;
  return (
    <Panel
      id="complaint"
      title={dispute.isAppeal ? t("case.appeal") : t(`dispute.reason.${dispute.reason}`)}
      aside={
        related && (
          <Link to={casePath(related.id)} className="text-accent text-sm underline">
            {t(related.isAppeal ? "case.toAppeal" : "case.toAppealed")}
          </Link>
        )
      }
    >
      <p className="text-muted text-sm">
        {t(`case.openedBy.${dispute.openedAs}`, {
          name: opener ?? "",
          time: format.moment(new Date(dispute.openedAt)),
        })}
      </p>
      {dispute.wish && <p className="mt-2 font-medium">{t(`dispute.wish.${dispute.wish}`)}</p>}
      <p dir="auto" className="mt-2 whitespace-pre-wrap [overflow-wrap:anywhere]">
        {dispute.statement}
      </p>
      {evidence.length > 0 && (
        <div className="mt-3 px-2">
          <PictureGrid attachments={evidence} t={t} />
        </div>
      )}
    </Panel>
  );
}
