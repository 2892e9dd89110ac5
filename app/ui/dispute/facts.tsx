import type { ReactNode } from "react";
import type { Dispute } from "~/moderation/disputes/dispute";
import { useFormat, useT } from "~/ui/i18n";

/** Who opened a dispute, when, why and for what. */
export function Facts({ dispute }: { dispute: Dispute }) {
  const t = useT();
  const { moment } = useFormat();
  const { openedAs, openedAt, reason, wish, statement } = dispute;
  return (
    <dl className="grid gap-x-6 gap-y-3 text-sm sm:grid-cols-[auto_1fr]">
      <Fact label={t("claim.openedBy")}>
        {t(`claim.by.${openedAs}`)}, <time dateTime={openedAt}>{moment(new Date(openedAt))}</time>
      </Fact>
      <Fact label={t("claim.reasonFact")}>{t(`dispute.reason.${reason}`)}</Fact>
      {wish && <Fact label={t("claim.wishFact")}>{t(`dispute.wish.${wish}`)}</Fact>}
      {statement && (
        <Fact label={t("claim.why")}>
          <span dir="auto" className="whitespace-pre-line [overflow-wrap:anywhere]">
            {statement}
          </span>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="sm:contents">
      <dt className="text-muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
