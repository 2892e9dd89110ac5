import { Form, useNavigation } from "@remix-run/react";
import { filtersPath } from "~/http/paths";
import { partOf, type RefusedForm } from "~/http/refused-form";
import type { ListedRule } from "~/safety/rules/rule-draft";
import type { Tried } from "~/safety/try-text.server";
import type { Reason } from "~/safety/verdict";
import { StageLabel } from "~/subjects/stage-label";
import { Button } from "~/ui/button";
import { FormErrors, TextArea } from "~/ui/field";
import { useT } from "~/ui/i18n";
import { Panel } from "../panel";
import { ActionLabel } from "./action-label";

type Props = {
  answer?: { refused?: RefusedForm; tried?: Tried; text?: string };
  rules: ListedRule[];
};

/** A text that goes nowhere, and what would become of it at each stage. */
export function TryText({ answer, rules }: Props) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  const { errors, typed } = partOf(answer?.refused, "try");
  return (
    <Panel id="try" title={t("filters.try")}>
      <Form method="post" action={`${filtersPath()}#try`} className="space-y-3">
        <FormErrors id="try-error" errors={errors[""]} />
        <TextArea
          id="try-text"
          name="text"
          rows={3}
          required
          aria-keyshortcuts="t"
          label={t("filters.tryLabel")}
          hint={t("filters.tryHint")}
          errors={errors.text}
          defaultValue={typed.text ?? answer?.text}
        />
        <Button variant="secondary" name="intent" value="try" disabled={isBusy}>
          {t("filters.tryButton")}
        </Button>
      </Form>
      <div role="status">
        {answer?.tried && (
          <ul className="mt-4 divide-y divide-line text-sm">
            {answer.tried.map(({ stage, verdict }) => (
              <li key={stage} className="py-2">
                <p className="flex items-center justify-between gap-2">
                  <StageLabel stage={stage} />
                  <ActionLabel action={verdict.action} />
                </p>
                {verdict.reasons.map((reason) => (
                  <Found key={JSON.stringify(reason)} reason={reason} rules={rules} />
                ))}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}

function Found({ reason, rules }: { reason: Reason; rules: ListedRule[] }) {
  const t = useT();
  const { kind, action, words, rule, isDisguised } = reason;
  const name =
    kind === "rule"
      ? (rules.find(({ id }) => id === rule?.id)?.name ?? t("filters.rule"))
      : t(`filters.kind.${kind}`);
  return (
    <p className="mt-1 text-muted [overflow-wrap:anywhere]">
      {name} · {t(`filters.action.${action}`)}
      {isDisguised && <> · {t("filters.disguised")}</>}
      {words.length > 0 && (
        <>
          {": "}
          <bdi className="text-ink">{words.join(" … ")}</bdi>
        </>
      )}
    </p>
  );
}
