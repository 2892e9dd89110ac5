import { Link } from "@remix-run/react";
import { casePath } from "~/http/paths";
import { partOf, type RefusedForm } from "~/http/refused-form";
import type { FlagChoice, FlagView } from "~/moderation/flags/flag-view";
import { FormErrors, TextArea } from "~/ui/field";
import { useT } from "~/ui/i18n";
import { Decided, Deciding } from "./deciding";
import { Panel } from "./panel";
import { SuspensionDays } from "./suspension-days";

type Props = { view: FlagView; refusal?: RefusedForm };

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
        <Choosing view={view} refusal={refusal} />
      ) : (
        <>
          <FormErrors id="decide-error" errors={errors[""]} />
          {typed.statement && <Kept text={typed.statement} />}
          {flag.outcome ? (
            <Outcome view={view} />
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

function Choosing({ view, refusal }: Props) {
  const t = useT();
  const { errors, typed } = partOf(refusal, "decide");
  const { choices, appeal, flag, templates } = view;
  const isAnswer = appeal?.isByPerson ?? false;
  const labelOf = (choice: FlagChoice) =>
    isAnswer
      ? t(`flag.answer.${choice === "fine" ? "fine" : "upheld"}`)
      : t(`flag.decide.${choice}`);
  return (
    <Deciding
      name="choice"
      legend={t("case.decision")}
      choices={choices.map((value, at) => ({
        value,
        label: labelOf(value),
        shortcut: String(at + 1),
      }))}
      words={{
        id: "flag-statement",
        name: "statement",
        label: t("flag.statement"),
        hint: t(appeal ? "flag.statement.final" : "flag.statement.hint"),
      }}
      templates={templates}
      refusal={refusal}
    >
      {!isAnswer && (
        <>
          <div className="hidden group-has-[[value=suspension]:checked]/decide:block">
            <SuspensionDays id="flag-days" errors={errors.days} typed={typed.days} />
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
    </Deciding>
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

function Outcome({ view: { flag, appeal } }: { view: FlagView }) {
  const t = useT();
  const { decider, resolvedAt, statement, disputeId, isRedacted } = flag;
  const note = isRedacted ? t("flag.withMessage") : undefined;
  return (
    <>
      <Decided decider={decider} resolvedAt={resolvedAt} words={statement} note={note} />
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
