import type { Dispute } from "~/moderation/disputes/dispute";
import type { SideView } from "~/moderation/disputes/side-view.server";
import { CaseStatusLabel } from "~/ui/admin/case-status";
import { Card } from "~/ui/card";
import { useFormat, useT } from "~/ui/i18n";
import { Facts } from "./facts";
import { OwnWords } from "./own-words";

type Props = { dispute: Dispute; own: SideView["own"] };

/** How a dispute ended. */
export function Outcome({ dispute, own }: Props) {
  const t = useT();
  const { moment } = useFormat();
  const { status, outcome, decision, resolvedAt, appealOf } = dispute;
  return (
    <Card className="space-y-5 p-5 md:p-6">
      <div>
        <h2 className="font-semibold text-lg">{t("claim.ended")}</h2>
        <p className="mt-1 flex flex-wrap items-center gap-2 text-muted text-sm">
          <CaseStatusLabel status={status} outcome={outcome} />
          {resolvedAt && <time dateTime={resolvedAt}>{moment(new Date(resolvedAt))}</time>}
        </p>
      </div>
      {decision && (
        <p dir="auto" className="whitespace-pre-line [overflow-wrap:anywhere]">
          {decision}
        </p>
      )}
      {appealOf && <p className="text-muted text-sm">{t("claim.final")}</p>}
      <Facts dispute={dispute} />
      {own && <OwnWords own={own} />}
    </Card>
  );
}
