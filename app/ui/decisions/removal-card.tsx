import type { RefusedForm } from "~/http/refused-form";
import type { Removal } from "~/moderation/people/own-decision";
import { useLanguage } from "~/ui/i18n";
import { About } from "./about";
import { Acknowledge } from "./acknowledge";
import { DecisionCard } from "./decision-card";
import { OwnAppeal } from "./own-appeal";
import { Said } from "./said";

type Props = { removal: Removal; heading: "h2" | "h3"; refused?: RefusedForm };

/** A removed message as its author reads of it: which, why, and what he can do about it. */
export function RemovalCard({ removal, heading, refused }: Props) {
  const { t, format } = useLanguage();
  const { id, reason, createdAt, about, isActive, appeal } = removal;
  const isGranted = appeal?.decided?.isGranted ?? false;
  return (
    <DecisionCard
      id={id}
      heading={heading}
      title={t("decision.kind.removal")}
      when={format.moment(new Date(createdAt))}
    >
      <Said title={t("sanctions.reason")} text={reason} />
      {about && <About about={about} />}
      {isGranted ? (
        <p className="font-medium text-accent">
          {t(about?.message?.isRemoved ? "decision.restored.removed" : "decision.restored")}
        </p>
      ) : (
        <Said title={t("decision.follows")} text={t("decision.follows.removal")} />
      )}
      <OwnAppeal
        id={id}
        appeal={appeal}
        isGranted={isGranted}
        question={t("decision.appealText")}
        isOver={isGranted}
        refused={refused}
      />
      {isActive && <Acknowledge id={id} />}
    </DecisionCard>
  );
}
