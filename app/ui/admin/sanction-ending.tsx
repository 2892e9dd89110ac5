import { Form, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import { partOf, type RefusedForm } from "~/http/refused-form";
import { Button } from "~/ui/button";
import { FormErrors, Select, TextArea } from "~/ui/field";
import { useT } from "~/ui/i18n";

type Props = { id: string; refused?: RefusedForm };

/** Another moderator's answer to the appeal, which lifts the sanction or lets it stand. */
export function AppealDecision({ id, refused }: Props) {
  const t = useT();
  const { errors, typed } = partOf(refused, "decide");
  return (
    <Ending id={id} intent="decide" title={t("user.decide")} refused={refused} isOpen>
      <Select
        id={`${id}-isGranted`}
        name="isGranted"
        label={t("user.decision")}
        errors={errors.isGranted}
        defaultValue={typed.isGranted ?? "false"}
        options={[
          ["false", t("user.uphold")],
          ["true", t("user.grant")],
        ]}
      />
      <TextArea
        id={`${id}-answer`}
        name="answer"
        label={t("user.answer")}
        errors={errors.answer}
        defaultValue={typed.answer}
        required
      />
    </Ending>
  );
}

/** Ends a sanction before its time. */
export function Lifting({ id, refused }: Props) {
  const t = useT();
  const { errors, typed } = partOf(refused, "lift");
  return (
    <Ending id={id} intent="lift" title={t("user.lift")} refused={refused}>
      <TextArea
        id={`${id}-reason`}
        name="reason"
        label={t("user.liftReason")}
        hint={t("user.liftHint")}
        errors={errors.reason}
        defaultValue={typed.reason}
        required
      />
    </Ending>
  );
}

type EndingProps = Props & { intent: string; title: string; isOpen?: boolean; children: ReactNode };

/** Folded until it is wanted: a page may hold many. */
function Ending({ id, intent, title, refused, isOpen, children }: EndingProps) {
  const isBusy = useNavigation().state !== "idle";
  const mine = partOf(refused, intent);
  return (
    <details open={isOpen || mine.typed.id !== undefined}>
      <summary className="inline-flex min-h-11 cursor-pointer items-center font-medium text-accent underline">
        {title}
      </summary>
      <Form method="post" className="mt-1 space-y-4">
        <FormErrors id={`${id}-${intent}-error`} errors={mine.errors[""]} />
        <input type="hidden" name="id" value={id} />
        {children}
        <Button variant="secondary" name="intent" value={intent} disabled={isBusy}>
          {title}
        </Button>
      </Form>
    </details>
  );
}
