import { Form } from "@remix-run/react";
import { casesPath } from "~/http/paths";
import { partOf, type RefusedForm } from "~/http/refused-form";
import type { CaseView } from "~/moderation/disputes/case-view";
import { StageLabel } from "~/subjects/stage-label";
import { Button } from "~/ui/button";
import { FormErrors, Select } from "~/ui/field";
import { useFormat, useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { SubjectPicture } from "~/ui/subject-picture";
import { CaseStatusLabel } from "./case-status";
import { DeskHead } from "./desk-head";
import { DueClock } from "./due-clock";

type Props = { view: CaseView; now: number; refusal?: RefusedForm };

/** What the case is about, how it stands and who has it: in view all the time. */
export function CaseHead({ view, now, refusal }: Props) {
  const t = useT();
  const format = useFormat();
  const { chat, dispute, due, claimer } = view;
  const [buyer, seller] = view.sides;
  const { subject } = chat;
  return (
    <DeskHead
      back={{ to: casesPath, label: t("case.back") }}
      picture={<SubjectPicture picture={subject.picture} className="size-11 shrink-0 rounded-xl" />}
      title={<bdi>{subject.title}</bdi>}
      about={
        <>
          <span className="tabular-nums">
            {format.price(subject.priceAmount, subject.priceCurrency)}
          </span>
          <StageLabel stage={subject.stage} />
          <span className="min-w-0 truncate max-sm:sr-only">
            <bdi>{buyer.name}</bdi> · <bdi>{seller.name}</bdi>
          </span>
        </>
      }
    >
      {due && <DueClock due={due} now={now} />}
      <div className="text-sm">
        <CaseStatusLabel status={dispute.status} outcome={dispute.outcome} />
        {claimer && (
          <p className="mt-0.5 max-w-40 truncate text-muted text-xs">
            {claimer.isViewer ? t("case.claimed.you") : claimer.name}
          </p>
        )}
      </div>
      <Claiming view={view} />
      <FormErrors
        id="claim-error"
        errors={partOf(refusal, "claim", "hand_over", "release").errors[""]}
      />
    </DeskHead>
  );
}

/** To take the case, to give it to somebody else, or to put it back. */
function Claiming({ view: { allowed, takers } }: { view: CaseView }) {
  const t = useT();
  if (allowed.claim) {
    return (
      <Form method="post" preventScrollReset>
        <Button name="intent" value="claim" aria-keyshortcuts="c">
          <Icon className="icon-hand" />
          {t("case.claim")}
        </Button>
      </Form>
    );
  }
  if (!allowed.handOver) return null;
  return (
    <details className="menu relative">
      <summary className="min-h-11 gap-1.5 rounded-xl border border-line bg-surface px-4 font-medium text-sm">
        <span aria-keyshortcuts="h">{t("case.handOver")}</span>
        <Icon className="icon-chevron-down size-4" />
      </summary>
      <div className="end-0 w-72 space-y-3 p-4!">
        {takers.length > 0 && (
          <Form method="post" preventScrollReset className="space-y-3">
            <Select
              id="hand-over-to"
              name="to"
              label={t("case.handOver.to")}
              options={takers.map(({ id, name }) => [id, name])}
            />
            <Button name="intent" value="hand_over" className="w-full">
              {t("case.handOver")}
            </Button>
          </Form>
        )}
        {allowed.handle && (
          <Form method="post" preventScrollReset>
            <Button name="intent" value="release" variant="secondary" className="w-full">
              {t("case.release")}
            </Button>
          </Form>
        )}
      </div>
    </details>
  );
}
