import type { RefusedForm } from "~/http/refused-form";
import type { OwnSanctionDecision } from "~/moderation/people/own-decision";
import { useLanguage } from "~/ui/i18n";
import { About } from "./about";
import { Acknowledge } from "./acknowledge";
import { DecisionCard } from "./decision-card";
import { OwnAppeal } from "./own-appeal";
import { Said } from "./said";

type Props = {
  sanction: OwnSanctionDecision;
  /** How deep its heading stands in the page. */
  heading: "h2" | "h3";
  refused?: RefusedForm;
};

/** One sanction as the person sees it: why, how long, and what he can do about it. */
export function SanctionCard({ sanction, heading, refused }: Props) {
  const { t, format } = useLanguage();
  const { id, kind, reason, createdAt, endsAt, appeal, lifted, isActive, about } = sanction;
  const moment = (time: string) => format.moment(new Date(time));
  const end = endsAt ? moment(endsAt) : "";
  return (
    <DecisionCard
      id={id}
      heading={heading}
      title={t(`decision.kind.${kind}`)}
      when={
        endsAt
          ? t("sanctions.fromTo", { from: moment(createdAt), to: end })
          : t("sanctions.from", { from: moment(createdAt) })
      }
    >
      <Said title={t("sanctions.reason")} text={reason} />
      {about && <About about={about} />}
      {!lifted && (
        <div>
          <p className="text-muted text-sm">{t("decision.follows")}</p>
          {about?.message?.isRemoved && <p className="mt-1">{t("decision.follows.removed")}</p>}
          <p className="mt-1">{t(`decision.follows.${kind}`, { end })}</p>
        </div>
      )}
      {lifted && (
        <p className="font-medium text-accent">
          {t("sanctions.lifted", { at: moment(lifted.at) })}
        </p>
      )}
      {lifted && !appeal?.decided && <Said title={t("sanctions.why")} text={lifted.reason} />}
      {kind === "warning" && isActive && <Acknowledge id={id} />}
      <OwnAppeal
        id={id}
        appeal={appeal}
        isGranted={lifted !== null}
        question={t("sanctions.appealText")}
        isOver={lifted !== null}
        refused={refused}
      />
    </DecisionCard>
  );
}
