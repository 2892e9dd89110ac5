import { Form } from "@remix-run/react";
import { partOf, type RefusedForm } from "~/http/refused-form";
import type { CaseView } from "~/moderation/disputes/case-view";
import { Button } from "~/ui/button";
import { FormErrors, TextArea } from "~/ui/field";
import { useFormat, useT } from "~/ui/i18n";
import { Panel } from "./panel";
import { TemplateMenu } from "./template-menu";

const outcomes = ["buyer", "seller", "both", "closed"] as const;

/** How the case ends, or how it ended. */
export function CaseDecision({ view, refusal }: { view: CaseView; refusal?: RefusedForm }) {
  const t = useT();
  const { dispute, allowed } = view;
  if (dispute.status === "resolved") return <Decided view={view} />;
  return (
    <Panel id="decision" title={t("case.decision")}>
      {allowed.handle ? (
        <Deciding view={view} refusal={refusal} />
      ) : (
        <p className="text-muted text-sm">
          {t(view.isOwnDecision ? "case.decision.own" : "case.decision.claimFirst")}
        </p>
      )}
    </Panel>
  );
}

function Deciding({ view, refusal }: { view: CaseView; refusal?: RefusedForm }) {
  const t = useT();
  const { errors, typed } = partOf(refusal, "decide");
  return (
    <Form method="post" preventScrollReset className="space-y-3">
      <FormErrors id="decide-error" errors={errors[""] ?? errors.outcome} />
      <fieldset>
        <legend className="sr-only">{t("case.decision.for")}</legend>
        <div className="grid grid-cols-2 gap-2">
          {outcomes.map((outcome, at) => (
            <label
              key={outcome}
              className="flex min-h-11 cursor-pointer items-center gap-2 rounded-xl border border-line px-3 py-2 text-sm has-checked:border-accent has-checked:bg-accent-soft"
            >
              <input
                type="radio"
                name="outcome"
                value={outcome}
                required
                aria-keyshortcuts={at === 0 ? "d" : undefined}
                defaultChecked={typed.outcome === outcome}
                className="size-4 shrink-0 accent-accent"
              />
              {t(`case.decide.${outcome}`)}
            </label>
          ))}
        </div>
      </fieldset>
      <TextArea
        id="decision-text"
        name="text"
        required
        label={t("case.decision.text")}
        errors={errors.text}
        hint={t(view.dispute.isAppeal ? "case.decision.final" : "case.decision.hint")}
        defaultValue={typed.text}
      />
      <div className="flex items-center justify-between gap-2">
        <TemplateMenu templates={view.templates} into="decision-text" />
        <Button name="intent" value="decide">
          {t("case.decision.decide")}
        </Button>
      </div>
    </Form>
  );
}

function Decided({ view: { dispute, decider } }: { view: CaseView }) {
  const t = useT();
  const format = useFormat();
  const { outcome, resolvedAt } = dispute;
  return (
    <Panel id="decision" title={outcome ? t(`case.ended.${outcome}`) : t("case.decision")}>
      <p className="text-muted text-sm">
        {decider && <bdi className="font-medium">{decider} · </bdi>}
        {resolvedAt && <time dateTime={resolvedAt}>{format.moment(new Date(resolvedAt))}</time>}
      </p>
      {dispute.decision && (
        <p dir="auto" className="mt-2 whitespace-pre-wrap [overflow-wrap:anywhere]">
          {dispute.decision}
        </p>
      )}
    </Panel>
  );
}
