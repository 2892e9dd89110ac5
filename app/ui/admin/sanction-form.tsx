import { Form, useNavigation } from "@remix-run/react";
import { partOf, type RefusedForm } from "~/http/refused-form";
import { Button } from "~/ui/button";
import { FormErrors, Select, TextArea } from "~/ui/field";
import { useT } from "~/ui/i18n";
import { Panel } from "./panel";
import { SuspensionDays } from "./suspension-days";

type Props = {
  /** Of the sanction that the form makes: sent twice it is one. */
  draftId: string;
  /** The case that it comes from. */
  disputeId?: string;
  refused?: RefusedForm;
};

/** Warns, suspends or bans the person of the page. */
export function SanctionForm({ draftId, disputeId, refused }: Props) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  const { errors, typed } = partOf(refused, "impose");
  return (
    <Panel id="impose" title={t("user.impose")}>
      {/* What was sent is done: the next one begins empty. */}
      <Form key={typed.id ?? draftId} method="post" className="space-y-4">
        <FormErrors id="impose-error" errors={errors[""]} />
        <input type="hidden" name="id" value={typed.id ?? draftId} />
        {disputeId && (
          <>
            <input type="hidden" name="disputeId" value={disputeId} />
            <p className="text-muted text-sm">{t("user.fromCase")}</p>
          </>
        )}
        <Select
          id="impose-kind"
          name="kind"
          label={t("user.kind")}
          errors={errors.kind}
          defaultValue={typed.kind}
          options={[
            ["warning", t("user.kindWarning")],
            ["suspension", t("user.kindSuspension")],
            ["ban", t("user.kindBan")],
          ]}
        />
        <SuspensionDays id="impose-days" errors={errors.days} typed={typed.days} />
        <TextArea
          id="impose-reason"
          name="reason"
          label={t("user.reason")}
          hint={t("user.reasonHint")}
          errors={errors.reason}
          defaultValue={typed.reason}
          required
        />
        <Button name="intent" value="impose" disabled={isBusy}>
          {t("user.imposeButton")}
        </Button>
      </Form>
    </Panel>
  );
}
