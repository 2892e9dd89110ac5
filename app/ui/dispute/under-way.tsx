import { Form, useNavigation } from "@remix-run/react";
import type { Dispute } from "~/moderation/disputes/dispute";
import { CaseStatusLabel } from "~/ui/admin/case-status";
import { DueClock } from "~/ui/admin/due-clock";
import { Button } from "~/ui/button";
import { Card } from "~/ui/card";
import { FormErrors } from "~/ui/field";
import { useFormat, useT } from "~/ui/i18n";
import { errorsOf, type Refused, typedIn } from "./claim-form";
import { Facts } from "./facts";
import { OwnWords } from "./own-words";
import type { SidePageView } from "./side-page";

type Props = { view: SidePageView; dispute: Dispute; now: number; refused?: Refused };

/** A dispute that is not decided: how far it is, what comes next and when. */
export function UnderWay({ view, dispute, now, refused }: Props) {
  const t = useT();
  const { moment } = useFormat();
  const isBusy = useNavigation().state !== "idle";
  const { status, firstLookDue, decisionDue, appealOf } = dispute;
  const due =
    status === "open"
      ? ({ what: "first_look", at: firstLookDue } as const)
      : ({ what: "decision", at: decisionDue } as const);
  const lost = typedIn(refused, "statement");
  return (
    <Card className="space-y-5 p-5 md:p-6">
      <FormErrors
        id="under-way-error"
        errors={refused?.form ? errorsOf(refused, "") : refused?.errors}
      />
      {lost && <Unsent text={lost} />}
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div>
          <h2 className="font-semibold text-lg">
            {t(appealOf ? "claim.appealed" : "claim.under")}
          </h2>
          <p className="mt-1">
            <CaseStatusLabel status={status} outcome={null} />
          </p>
        </div>
        <DueClock due={due} now={now} />
      </div>
      <p>
        {t(due.what === "first_look" ? "claim.next.open" : "claim.next.in_review", {
          look: moment(new Date(firstLookDue)),
          decision: moment(new Date(decisionDue)),
        })}
      </p>
      <Facts dispute={dispute} />
      {view.appealed?.decision && (
        <section className="text-sm">
          <h3 className="font-medium">{t("claim.firstDecision")}</h3>
          <p dir="auto" className="mt-1 whitespace-pre-line [overflow-wrap:anywhere]">
            {view.appealed.decision}
          </p>
        </section>
      )}
      {view.own && <OwnWords own={view.own} />}
      {view.mayWithdraw && (
        <Form method="post" className="space-y-2">
          <p className="text-muted text-sm">
            {t(appealOf ? "claim.withdrawAppealText" : "claim.withdrawText")}
          </p>
          <Button name="intent" value="withdraw" variant="secondary" disabled={isBusy}>
            {t(appealOf ? "claim.withdrawAppeal" : "claim.withdraw")}
          </Button>
        </Form>
      )}
    </Card>
  );
}

/** Somebody was faster: what was written is still there, to be written in the chat. */
function Unsent({ text }: { text: string }) {
  const t = useT();
  return (
    <textarea
      readOnly
      dir="auto"
      rows={4}
      aria-label={t("claim.lost")}
      value={text}
      className="block w-full rounded-xl border border-line bg-canvas px-3 py-2"
    />
  );
}
