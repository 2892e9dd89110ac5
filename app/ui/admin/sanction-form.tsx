import { Form, useNavigation } from "@remix-run/react";
import type { FormResult } from "~/http/forms.server";
import { mostWritten, suspensionDays } from "~/moderation/sanction";
import { Button } from "~/ui/button";
import { FormErrors, Select, TextArea } from "~/ui/field";
import { useT } from "~/ui/i18n";
import { Panel } from "./panel";

type Props = {
  /** Of the sanction that the form makes: sent twice it is one. */
  draftId: string;
  /** The case that it comes from. */
  disputeId?: string;
  refused?: FormResult;
};

/** Warns, suspends or bans the person of the page. */
export function SanctionForm({ draftId, disputeId, refused }: Props) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  const mine = refused?.initialValue?.intent === "impose" ? refused : undefined;
  const typed = (name: string) => {
    const value = mine?.initialValue?.[name];
    return typeof value === "string" ? value : undefined;
  };
  return (
    <Panel id="impose" title={t("user.impose")}>
      {/* What was sent is done: the next one begins empty. */}
      <Form key={mine ? "refused" : draftId} method="post" className="space-y-4">
        <FormErrors id="impose-error" errors={mine?.error?.[""] ?? undefined} />
        <input type="hidden" name="id" value={typed("id") ?? draftId} />
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
          errors={mine?.error?.kind ?? undefined}
          defaultValue={typed("kind")}
        >
          <option value="warning">{t("user.kindWarning")}</option>
          <option value="suspension">{t("user.kindSuspension")}</option>
          <option value="ban">{t("user.kindBan")}</option>
        </Select>
        <Select
          id="impose-days"
          name="days"
          label={t("user.days")}
          errors={mine?.error?.days ?? undefined}
          defaultValue={typed("days") ?? "7"}
        >
          {suspensionDays.map((count) => (
            <option key={count} value={count}>
              {t("user.dayCount", { count })}
            </option>
          ))}
        </Select>
        <TextArea
          id="impose-reason"
          name="reason"
          label={t("user.reason")}
          hint={t("user.reasonHint")}
          errors={mine?.error?.reason ?? undefined}
          defaultValue={typed("reason")}
          maxLength={mostWritten}
          required
        />
        <Button name="intent" value="impose" disabled={isBusy}>
          {t("user.imposeButton")}
        </Button>
      </Form>
    </Panel>
  );
}
