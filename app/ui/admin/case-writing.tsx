import { Form } from "@remix-run/react";
import { useState } from "react";
import { partOf, type RefusedForm } from "~/http/refused-form";
import type { CaseView, Thread } from "~/moderation/disputes/case-view";
import { Button } from "~/ui/button";
import { FormErrors, TextArea } from "~/ui/field";
import { useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { TemplateMenu } from "./template-menu";

export type Writing = {
  /** Whether the moderator is in it, where those in it see that he is. */
  isIn: boolean;
  isFrozen: boolean;
  /** For the next message, so that a form that is sent twice says it once. */
  draftId: string;
  /** Those of the messages that are there. */
  sentIds: readonly (string | null)[];
  refusal?: RefusedForm;
};

type Props = { view: CaseView; thread: Thread; writing: Writing };

/** What a moderator does in the chat: write, which lets him in, stop others from writing, go. */
export function CaseWriting({ view, thread, writing }: Props) {
  const t = useT();
  const { isIn, isFrozen } = writing;
  const draftId = useDraftId(writing);
  const { errors, typed } = partOf(writing.refusal, "write", "join", "leave", "thaw");
  const [buyer, seller] = view.sides;
  const label =
    thread === "both"
      ? t("case.write.both")
      : t("case.write.one", { name: thread === "buyer" ? buyer.name : seller.name });
  return (
    <Form
      key={`${thread} ${draftId}`}
      method="post"
      preventScrollReset
      className="rounded-b-2xl border-line border-t bg-surface p-3"
    >
      <FormErrors
        id="write-error"
        errors={Object.values(errors).flatMap((phrases) => phrases ?? [])}
      />
      <input type="hidden" name="clientId" value={draftId} />
      <input type="hidden" name="thread" value={thread} />
      <label htmlFor="write" className="sr-only">
        {label}
      </label>
      <textarea
        id="write"
        name="body"
        rows={2}
        required
        dir="auto"
        placeholder={isIn || thread !== "both" ? label : t("case.write.joins")}
        aria-keyshortcuts="r"
        defaultValue={typed.body}
        className="field-sizing-content block max-h-40 min-h-16 w-full rounded-xl border border-line bg-canvas px-3 py-2"
      />
      <div className="mt-2 flex items-center gap-1">
        <TemplateMenu templates={view.templates} into="write" />
        {thread === "both" && (
          <>
            <Act
              intent={isIn ? "leave" : "join"}
              icon={isIn ? "icon-log-out" : "icon-log-in"}
              label={isIn ? "case.leave" : "case.join"}
            />
            {isFrozen ? (
              <Act intent="thaw" icon="icon-sun" label="case.thaw" />
            ) : (
              <Freezing refusal={writing.refusal} />
            )}
          </>
        )}
        <Button name="intent" value="write" className="ms-auto">
          {t("chat.send")}
        </Button>
      </div>
    </Form>
  );
}

type ActProps = { intent: string; icon: string; label: "case.join" | "case.leave" | "case.thaw" };

/** Beside what is being written, which stays. */
function Act({ intent, icon, label }: ActProps) {
  const t = useT();
  return (
    <Button name="intent" value={intent} formNoValidate variant="quiet" className={actClass}>
      <Icon className={`${icon} size-4`} />
      <span className="max-sm:sr-only">{t(label)}</span>
    </Button>
  );
}

const actClass = "px-3! text-sm";

/** Asked with a reason, because it stops two people from talking. */
function Freezing({ refusal }: { refusal?: RefusedForm }) {
  const t = useT();
  const { errors, typed } = partOf(refusal, "freeze");
  return (
    <details className="menu relative" open={errors.reason || errors[""] ? true : undefined}>
      <summary
        className={`min-h-11 gap-2 rounded-xl font-medium text-muted hover:text-ink ${actClass}`}
      >
        <Icon className="icon-snowflake size-4" />
        <span aria-keyshortcuts="f" className="max-sm:sr-only">
          {t("case.freeze")}
        </span>
      </summary>
      <div className="-start-16 bottom-full mb-1 w-72 space-y-3 p-4! sm:start-0">
        <FormErrors id="freeze-error" errors={errors[""]} />
        <TextArea
          id="freeze-reason"
          name="reason"
          rows={2}
          label={t("case.freeze.reason")}
          hint={t("case.freeze.hint")}
          errors={errors.reason}
          defaultValue={typed.reason}
        />
        <Button name="intent" value="freeze" formNoValidate className="w-full">
          {t("case.freeze")}
        </Button>
      </div>
    </details>
  );
}

/** The same until its message is there: the page is read again meanwhile, and offers others. */
function useDraftId({ draftId, sentIds }: Writing): string {
  const [kept, setKept] = useState(draftId);
  if (kept === draftId || !sentIds.includes(kept)) return kept;
  setKept(draftId);
  return draftId;
}
