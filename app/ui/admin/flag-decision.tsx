import { Form, Link, useNavigation } from "@remix-run/react";
import { casePath } from "~/http/paths";
import { partOf, type RefusedForm } from "~/http/refused-form";
import type { FlagView } from "~/moderation/flags/flag-view";
import { suspensionDays } from "~/moderation/people/sanction";
import { Button } from "~/ui/button";
import { FormErrors, Select, TextArea } from "~/ui/field";
import { useLanguage, useT } from "~/ui/i18n";
import { Panel } from "./panel";
import { TemplateMenu } from "./template-menu";

type Props = { view: FlagView; refusal?: RefusedForm };

const statementId = "flag-statement";

/** What becomes of it, or what became of it. */
export function FlagDecision({ view, refusal }: Props) {
  const t = useT();
  const { flag, holder, isOwnDecision } = view;
  const isDeciding = flag.status !== "resolved" && holder?.isViewer;
  const { errors, typed } = partOf(refusal, "decide");
  const outcome = flag.outcome && t(`flag.outcome.${flag.outcome}`);
  return (
    <Panel id="decision" title={outcome ?? t("case.decision")}>
      {isDeciding ? (
        <Deciding view={view} refusal={refusal} />
      ) : (
        <>
          <FormErrors id="decide-error" errors={errors[""]} />
          {typed.statement && <Kept text={typed.statement} />}
          {flag.outcome ? (
            <Decided view={view} />
          ) : (
            <p className="text-muted text-sm">
              {isOwnDecision
                ? t("case.decision.own")
                : t("flag.heldBy", { name: holder?.name ?? "" })}
            </p>
          )}
        </>
      )}
    </Panel>
  );
}

function Deciding({ view, refusal }: Props) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  const { errors, typed } = partOf(refusal, "decide");
  const { choices, appeal, flag, templates } = view;
  const isAnswer = appeal?.isByPerson ?? false;
  return (
    <Form method="post" preventScrollReset className="group/decide space-y-3">
      <FormErrors id="decide-error" errors={errors[""] ?? errors.choice} />
      <fieldset>
        <legend className="sr-only">{t("case.decision")}</legend>
        <div className="grid grid-cols-2 gap-2">
          {choices.map((choice, at) => (
            <label
              key={choice}
              className="flex min-h-11 cursor-pointer items-center gap-2 rounded-xl border border-line px-3 py-2 text-sm has-checked:border-accent has-checked:bg-accent-soft"
            >
              <input
                type="radio"
                name="choice"
                value={choice}
                required
                aria-keyshortcuts={String(at + 1)}
                data-then={statementId}
                defaultChecked={typed.choice === choice}
                className="size-4 shrink-0 accent-accent"
              />
              {t(
                isAnswer
                  ? `flag.answer.${choice === "fine" ? "fine" : "upheld"}`
                  : `flag.decide.${choice}`,
              )}
            </label>
          ))}
        </div>
      </fieldset>
      {!isAnswer && (
        <>
          <div className="hidden group-has-[[value=suspension]:checked]/decide:block">
            <Select
              id="flag-days"
              name="days"
              label={t("user.days")}
              errors={errors.days}
              defaultValue={typed.days ?? "7"}
            >
              {suspensionDays.map((count) => (
                <option key={count} value={count}>
                  {t("user.dayCount", { count })}
                </option>
              ))}
            </Select>
          </div>
          {flag.isOfMessage && (
            <label className="hidden min-h-11 items-center gap-2 text-sm group-has-[[value=ban]:checked]/decide:flex group-has-[[value=suspension]:checked]/decide:flex group-has-[[value=warning]:checked]/decide:flex">
              <input
                type="checkbox"
                name="alsoRedact"
                defaultChecked={typed.alsoRedact === "on"}
                className="size-4 accent-accent"
              />
              {t("flag.alsoRedact")}
            </label>
          )}
        </>
      )}
      <TextArea
        id={statementId}
        name="statement"
        required
        label={t("flag.statement")}
        hint={t(appeal ? "flag.statement.final" : "flag.statement.hint")}
        errors={errors.statement}
        defaultValue={typed.statement}
      />
      <div className="flex items-center justify-between gap-2">
        <TemplateMenu templates={templates} into={statementId} />
        <Button name="intent" value="decide" disabled={isBusy}>
          {t("case.decision.decide")}
        </Button>
      </div>
    </Form>
  );
}

/** What was typed for a decision that somebody else was faster with. */
function Kept({ text }: { text: string }) {
  const t = useT();
  return (
    <div className="my-3">
      <TextArea id="flag-kept" label={t("flag.kept")} readOnly rows={3} defaultValue={text} />
    </div>
  );
}

function Decided({ view: { flag, appeal } }: { view: FlagView }) {
  const { t, format } = useLanguage();
  const { decider, resolvedAt, statement, disputeId, isRedacted } = flag;
  return (
    <>
      <p className="text-muted text-sm">
        {decider && <bdi className="font-medium">{decider} · </bdi>}
        {resolvedAt && <time dateTime={resolvedAt}>{format.moment(new Date(resolvedAt))}</time>}
        {isRedacted && ` · ${t("flag.withMessage")}`}
      </p>
      {statement && (
        <p dir="auto" className="mt-2 whitespace-pre-wrap [overflow-wrap:anywhere]">
          {statement}
        </p>
      )}
      {disputeId && (
        <Link
          to={casePath(disputeId)}
          className="mt-2 inline-flex min-h-11 items-center text-accent underline"
        >
          {t("flag.toDispute")}
        </Link>
      )}
      {appeal && <p className="mt-2 text-muted text-sm">{t("flag.final")}</p>}
    </>
  );
}
