import type { Dispute } from "~/moderation/disputes/dispute";
import { useT } from "~/ui/i18n";

const look: Record<Dispute["status"], string> = {
  open: "bg-warning-soft text-warning",
  in_review: "bg-accent-soft text-accent-strong",
  resolved: "bg-sunken text-muted",
};

/** How far a case is; of a resolved one how it ended. */
export function CaseStatusLabel(props: Pick<Dispute, "status" | "outcome">) {
  const t = useT();
  const { status, outcome } = props;
  return (
    <span
      className={`inline-block whitespace-nowrap rounded-full px-2.5 py-0.5 font-medium text-xs ${look[status]}`}
    >
      {outcome ? t(`case.outcome.${outcome}`) : t(`case.status.${status}`)}
    </span>
  );
}
