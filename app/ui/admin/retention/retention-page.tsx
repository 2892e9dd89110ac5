import type { RefusedForm } from "~/http/refused-form";
import type { Preview } from "~/retention/preview";
import type { RetentionPage } from "~/retention/retention-page.server";
import type { RetentionChange } from "~/retention/save-retention.server";
import { useT } from "~/ui/i18n";
import { SectionLinks } from "../section-links";
import { HeldChats, LegalHoldList, WaitingErasures } from "./held";
import { Policies } from "./policies";
import { Runs } from "./runs";

export type RetentionAnswer = {
  refused?: RefusedForm;
  preview?: Preview;
  /** The change that the preview is of. */
  previewed?: string;
  version?: number;
  change?: RetentionChange;
};

type Props = { page: RetentionPage & { saved: boolean }; answer?: RetentionAnswer };

const sections = [
  { id: "policies", label: "retention.policies" },
  { id: "runs", label: "retention.runs" },
  { id: "held", label: "retention.held" },
  { id: "erasures", label: "retention.erasures" },
] as const;

/** How long chats are kept, what was done about it, and what waits for what. */
export function RetentionPageView({ page, answer }: Props) {
  const t = useT();
  return (
    <>
      <h1 className="mt-5 font-semibold text-2xl tracking-tight">{t("retention.title")}</h1>
      <p className="mt-1 max-w-3xl text-pretty text-muted text-sm">{t("retention.intro")}</p>
      <SectionLinks label={t("retention.sections")} links={sections} />
      <div className="mt-4 grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_28rem]">
        <div className="min-w-0 space-y-4">
          <Policies page={page} answer={answer} />
        </div>
        <div className="min-w-0 space-y-4">
          <Runs runs={page.runs} now={page.now} />
          <HeldChats held={page.held} />
          <LegalHoldList holds={page.holds} />
          <WaitingErasures erasures={page.erasures} />
        </div>
      </div>
    </>
  );
}
