import type { RefusedForm } from "~/http/refused-form";
import type { Stage } from "~/safety/filters";
import type { RuleDraft } from "~/safety/rules/rule-draft";
import { Field, FormErrors, Select, TextArea } from "~/ui/field";
import { useT } from "~/ui/i18n";

type Props = {
  /** What it says now; nothing of a new one. */
  rule?: RuleDraft;
  errors: RefusedForm["errors"];
  /** Of a form that was not taken. */
  typed?: RefusedForm["typed"];
  stages: readonly Stage[];
};

const kinds = ["word", "phrase", "pattern"] as const;
const actions = ["flag", "warn", "block"] as const;

/** What a rule is made of. */
export function RuleFields({ rule, errors, typed, stages }: Props) {
  const t = useT();
  const isTicked = (stage: Stage) =>
    typed ? typed[`stage_${stage}`] !== undefined : (rule?.stages.includes(stage) ?? true);
  return (
    <>
      <Field
        id="name"
        name="name"
        required
        label={t("rule.name")}
        hint={t("rule.nameHint")}
        errors={errors.name}
        defaultValue={typed?.name ?? rule?.name}
      />
      <Select
        id="kind"
        name="kind"
        label={t("rule.kind")}
        errors={errors.kind}
        defaultValue={typed?.kind ?? rule?.kind ?? "word"}
        options={kinds.map((kind) => [kind, t(`rule.kind.${kind}`)])}
      />
      <TextArea
        id="pattern"
        name="pattern"
        required
        rows={5}
        spellCheck={false}
        label={t("rule.pattern")}
        hint={t("rule.patternHint")}
        errors={errors.pattern}
        defaultValue={typed?.pattern ?? rule?.pattern}
      />
      <Select
        id="action"
        name="action"
        label={t("rule.action")}
        errors={errors.action}
        defaultValue={typed?.action ?? rule?.action ?? "flag"}
        options={actions.map((action) => [action, t(`rule.action.${action}`)])}
      />
      <fieldset>
        <legend className="font-medium text-sm">{t("rule.stages")}</legend>
        <div className="mt-1 flex flex-wrap gap-x-5">
          {stages.map((stage) => (
            <label key={stage} className="flex min-h-11 items-center gap-2">
              <input
                type="checkbox"
                name={`stage_${stage}`}
                defaultChecked={isTicked(stage)}
                className="size-5 accent-accent"
              />
              {t(`subject.stage.${stage}`)}
            </label>
          ))}
        </div>
        <FormErrors id="stages-error" errors={errors.stages} />
      </fieldset>
      <TextArea
        id="message"
        name="message"
        required
        rows={2}
        label={t("rule.message")}
        hint={t("rule.messageHint")}
        errors={errors.message}
        defaultValue={typed?.message ?? rule?.message}
      />
    </>
  );
}
