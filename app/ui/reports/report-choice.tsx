import { Form } from "@remix-run/react";
import type { ReportReason } from "~/moderation/flags/flag";
import type { ReportView } from "~/safety/reports/read-report-page.server";
import type { ReportSearch } from "~/safety/reports/report-search";
import { Button } from "~/ui/button";
import { type Language, type MessageId, useT } from "~/ui/i18n";
import { type RadioChoice, RadioGroup } from "~/ui/radio-group";
import { Reported } from "./reported";

type Props = { asked: ReportSearch; view: ReportView };

/** In the order in which people look for them. */
export const reasons: Record<ReportReason, MessageId> = {
  scam: "report.reason.scam",
  abuse: "report.reason.abuse",
  contact: "report.reason.contact",
  spam: "report.reason.spam",
  prohibited: "report.reason.prohibited",
  other: "report.reason.other",
};

/** The first step: what it is about, and what is wrong with it. A form that only asks for a page. */
export function ReportChoice({ asked, view }: Props) {
  const t = useT();
  const { message } = view;
  return (
    <Form className="space-y-6">
      {message && <Reported view={view} what="message" />}
      {message && <input type="hidden" name="seq" value={message.seq} />}
      <input type="hidden" name="step" value="2" />
      {message && (
        <RadioGroup
          id="what"
          name="what"
          legend={t("report.what")}
          chosen={asked.what}
          choices={targetsOf(view, asked, t)}
        />
      )}
      <RadioGroup
        id="reason"
        name="reason"
        legend={t("report.why")}
        chosen={asked.reason}
        errors={asked.isUnchosen ? [{ id: "report.choose" }] : undefined}
        choices={Object.entries(reasons).map(([value, label]) => ({
          value,
          label: t(label),
          hint: t(`report.hint.${value as ReportReason}`),
        }))}
      />
      <Button className="max-sm:w-full">{t("report.next")}</Button>
    </Form>
  );
}

function targetsOf(
  { message, person }: ReportView,
  { picture }: ReportSearch,
  t: Language["t"],
): RadioChoice[] {
  const shown = message?.attachments.map(({ id }) => id) ?? [];
  // Of a message that was taken back the pictures are not shown any more.
  const pictures = picture && !shown.includes(picture) ? [picture] : shown;
  return [
    { value: "message", label: t("report.what.message") },
    ...pictures.map((value, at) => ({
      value,
      label: t("report.what.picture", { index: at + 1, count: pictures.length }),
    })),
    { value: "person", label: t("report.what.person", { name: person }) },
  ];
}
