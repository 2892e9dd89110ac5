import type { DisputeReason, DisputeWish } from "~/moderation/disputes/dispute";
import { Card } from "~/ui/card";
import { Select } from "~/ui/field";
import { type MessageId, useT } from "~/ui/i18n";
import { ClaimForm, errorsOf, type Refused, typedIn } from "./claim-form";
import type { SidePageView } from "./side-page";

const reasons: Record<DisputeReason, MessageId> = {
  not_received: "claim.reason.not_received",
  not_as_described: "claim.reason.not_as_described",
  payment: "claim.reason.payment",
  behaviour: "claim.reason.behaviour",
  other: "claim.reason.other",
};

const wishes: Record<DisputeWish, MessageId> = {
  refund: "claim.wish.refund",
  partial_refund: "claim.wish.partial_refund",
  replacement: "claim.wish.replacement",
  delivery: "claim.wish.delivery",
  payment: "claim.wish.payment",
  other: "claim.wish.other",
};

type Props = { view: SidePageView; refused?: Refused };

/** Says what a dispute is and what comes of it, and takes what somebody has to say. */
export function OpenForm({ view, refused }: Props) {
  const t = useT();
  const { hours, appealDays, mostPictures } = view;
  const choose = (name: string, label: MessageId, options: Record<string, MessageId>) => (
    <Select
      id={`dispute-${name}`}
      name={name}
      required
      label={t(label)}
      defaultValue={typedIn(refused, name)}
      errors={errorsOf(refused, name)}
      options={[
        ["", t("claim.choose")],
        ...Object.entries(options).map(([value, option]) => [value, t(option)] as const),
      ]}
    />
  );
  return (
    <Card className="p-5 md:p-6">
      <h2 className="font-semibold text-lg">{t("claim.open")}</h2>
      <p className="mt-1 text-muted text-sm">{t("claim.openText")}</p>
      <ol className="mt-3 mb-5 list-decimal space-y-1 ps-5 text-sm">
        <li>{t("claim.step.told")}</li>
        <li>{t("claim.step.look", { hours: hours.firstLook })}</li>
        <li>{t("claim.step.decision", { hours: hours.decision, days: appealDays })}</li>
      </ol>
      <ClaimForm
        intent="dispute"
        statement={{ label: t("claim.statement"), hint: t("claim.statementHint") }}
        submit={t("claim.open")}
        mostPictures={mostPictures}
        refused={refused}
      >
        {choose("reason", "claim.reason", reasons)}
        {choose("wish", "claim.wish", wishes)}
      </ClaimForm>
    </Card>
  );
}
