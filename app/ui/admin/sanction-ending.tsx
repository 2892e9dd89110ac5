import { Form, useNavigation } from "@remix-run/react";
import type { ReactNode } from "react";
import type { FormResult } from "~/http/forms.server";
import { mostWritten } from "~/moderation/sanction";
import { Button } from "~/ui/button";
import { FormErrors, Select, TextArea } from "~/ui/field";
import { useT } from "~/ui/i18n";

type Props = { id: string; refused?: FormResult };

/** Another moderator's answer to the appeal, which lifts the sanction or lets it stand. */
export function AppealDecision({ id, refused }: Props) {
  const t = useT();
  const mine = refused?.initialValue?.intent === "decide" ? refused : undefined;
  return (
    <Ending id={id} intent="decide" title={t("user.decide")} refused={mine} isOpen>
      <Select
        id={`${id}-isGranted`}
        name="isGranted"
        label={t("user.decision")}
        errors={mine?.error?.isGranted ?? undefined}
        defaultValue={typedIn(mine, "isGranted") ?? "false"}
      >
        <option value="false">{t("user.uphold")}</option>
        <option value="true">{t("user.grant")}</option>
      </Select>
      <TextArea
        id={`${id}-answer`}
        name="answer"
        label={t("user.answer")}
        errors={mine?.error?.answer ?? undefined}
        defaultValue={typedIn(mine, "answer")}
        maxLength={mostWritten}
        required
      />
    </Ending>
  );
}

/** Ends a sanction before its time. */
export function Lifting({ id, refused }: Props) {
  const t = useT();
  const mine = refused?.initialValue?.intent === "lift" ? refused : undefined;
  return (
    <Ending id={id} intent="lift" title={t("user.lift")} refused={mine}>
      <TextArea
        id={`${id}-reason`}
        name="reason"
        label={t("user.liftReason")}
        hint={t("user.liftHint")}
        errors={mine?.error?.reason ?? undefined}
        defaultValue={typedIn(mine, "reason")}
        maxLength={mostWritten}
        required
      />
    </Ending>
  );
}

type EndingProps = Props & { intent: string; title: string; isOpen?: boolean; children: ReactNode };

/** Folded until it is wanted: a page may hold many. */
function Ending({ id, intent, title, refused, isOpen, children }: EndingProps) {
  const isBusy = useNavigation().state !== "idle";
  return (
    <details open={isOpen || refused !== undefined}>
      <summary className="inline-flex min-h-11 cursor-pointer items-center font-medium text-accent underline">
        {title}
      </summary>
      <Form method="post" className="mt-1 space-y-4">
        <FormErrors id={`${id}-${intent}-error`} errors={refused?.error?.[""] ?? undefined} />
        <input type="hidden" name="id" value={id} />
        {children}
        <Button variant="secondary" name="intent" value={intent} disabled={isBusy}>
          {title}
        </Button>
      </Form>
    </details>
  );
}

function typedIn(refused: FormResult | undefined, name: string): string | undefined {
  const value = refused?.initialValue?.[name];
  return typeof value === "string" ? value : undefined;
}
