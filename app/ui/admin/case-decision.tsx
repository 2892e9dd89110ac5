import type { RefusedForm } from "~/http/refused-form";
import type { CaseView } from "~/moderation/disputes/case-view";
import { useT } from "~/ui/i18n";
import { Decided, Deciding } from "./deciding";
import { Panel } from "./panel";

const outcomes = ["buyer", "seller", "both", "closed"] as const;

/** How the case ends, or how it ended. */
export function CaseDecision({ view, refusal }: { view: CaseView; refusal?: RefusedForm }) {
  const t = useT();
  const { dispute, allowed, decider, templates } = view;
  const { outcome, decision, resolvedAt, status, isAppeal } = dispute;
  if (status === "resolved") {
    return (
      <Panel id="decision" title={outcome ? t(`case.ended.${outcome}`) : t("case.decision")}>
        <Decided
          decider={view.isDecidedByHost ? t("app.marketplace") : decider}
          resolvedAt={resolvedAt}
          words={decision}
        />
      </Panel>
    );
  }
  return (
    <Panel id="decision" title={t("case.decision")}>
      {allowed.handle ? (
        <Deciding
          name="outcome"
          legend={t("case.decision.for")}
          choices={outcomes.map((value) => ({ value, label: t(`case.decide.${value}`) }))}
          shortcut="d"
          words={{
            id: "decision-text",
            name: "text",
            label: t("case.decision.text"),
            hint: t(isAppeal ? "case.decision.final" : "case.decision.hint"),
          }}
          templates={templates}
          refusal={refusal}
        />
      ) : (
        <p className="text-muted text-sm">
          {t(view.isOwnDecision ? "case.decision.own" : "case.decision.claimFirst")}
        </p>
      )}
    </Panel>
  );
}
