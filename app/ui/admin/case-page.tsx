import type { ReactNode } from "react";
import type { RefusedForm } from "~/http/refused-form";
import type { CaseView } from "~/moderation/disputes/case-view";
import { useT } from "~/ui/i18n";
import { CaseComplaint } from "./case-complaint";
import { CaseDecision } from "./case-decision";
import { CaseHead } from "./case-head";
import { CaseNotes } from "./case-notes";
import { CasePeople } from "./case-people";
import { CaseTranscript } from "./case-transcript";
import { type SectionLink, SectionLinks } from "./section-links";
import { Timeline } from "./timeline";

type Props = {
  view: CaseView;
  now: number;
  refusal?: RefusedForm;
  /** What keeps the chat from retention and erasure. */
  held: ReactNode;
  /** The chat, or what stands for it where it cannot be read any more. */
  children: ReactNode;
};

const sections: readonly SectionLink[] = [
  { id: "complaint", label: "case.complaint" },
  { id: "chat", label: "case.chat" },
  { id: "people", label: "case.people" },
  { id: "notes", label: "case.notes" },
  { id: "decision", label: "case.decision" },
  { id: "timeline", label: "case.timeline" },
];

/** The chat on one side, on the other all that is needed to decide. */
export function CasePage({ view, now, refusal, held, children }: Props) {
  const t = useT();
  return (
    <>
      <CaseHead view={view} now={now} refusal={refusal} />
      <SectionLinks label={t("case.sections")} links={sections} />
      <div className="mt-3 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_24rem] 2xl:grid-cols-[minmax(0,1fr)_28rem]">
        <div className="max-lg:contents">
          <div className="max-lg:order-2 max-lg:min-w-0">{children}</div>
        </div>
        <div className="min-w-0 max-lg:contents lg:space-y-4">
          <div className="min-w-0 max-lg:order-1">
            <CaseComplaint view={view} />
          </div>
          <div className="min-w-0 max-lg:order-3">
            <CasePeople people={view.sides} disputeId={view.dispute.id} />
          </div>
          <div className="min-w-0 max-lg:order-4">
            <CaseNotes notes={view.notes} refusal={refusal} />
          </div>
          <div className="min-w-0 max-lg:order-5">
            <CaseDecision view={view} refusal={refusal} />
          </div>
          {view.dispute.status !== "resolved" && (
            <div className="min-w-0 max-lg:order-6">
              <CaseTranscript disputeId={view.dispute.id} />
            </div>
          )}
          <div className="min-w-0 max-lg:order-7">{held}</div>
          <div className="min-w-0 max-lg:order-8">
            <Timeline steps={view.steps} />
          </div>
        </div>
      </div>
    </>
  );
}
