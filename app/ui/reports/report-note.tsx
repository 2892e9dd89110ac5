import { Form, Link, useNavigation } from "@remix-run/react";
import type { ReportReason } from "~/moderation/flags/flag";
import type { ReportView } from "~/safety/reports/read-report-page.server";
import { pointedBy, type ReportSearch } from "~/safety/reports/report-search";
import { Button } from "~/ui/button";
import { errorsOf, type Refused, typedIn } from "~/ui/dispute/claim-form";
import { FormErrors, TextArea } from "~/ui/field";
import { useT } from "~/ui/i18n";
import { Switch } from "~/ui/switch";
import { reasons } from "./report-choice";
import { Reported } from "./reported";

type Props = {
  asked: ReportSearch & { reason: ReportReason };
  view: ReportView;
  refused?: Refused;
};

/** The second step: what to add, what happens then, and the button that sends it. */
export function ReportNote({ asked, view, refused }: Props) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  const { reason, what } = asked;
  const { person } = view;
  const { seq, picture } = pointedBy(asked);
  const choice = new URLSearchParams({
    ...(asked.seq && { seq: String(asked.seq) }),
    what,
    reason,
  });
  return (
    <Form method="post" className="space-y-6">
      <FormErrors
        id="report-error"
        errors={refused?.form ? errorsOf(refused, "") : refused?.errors}
      />
      <input type="hidden" name="intent" value="report" />
      {seq && <input type="hidden" name="seq" value={seq} />}
      {picture && <input type="hidden" name="picture" value={picture} />}
      <input type="hidden" name="reason" value={reason} />
      <section aria-labelledby="summary" className="space-y-2">
        <div className="flex items-baseline justify-between gap-4">
          <h2 id="summary" className="font-medium">
            {t("report.summary")}
          </h2>
          <Link to={`?${choice}`} className="text-sm underline underline-offset-2">
            {t("report.change")}
          </Link>
        </div>
        <p>{t(reasons[reason])}</p>
        <Reported view={view} what={what} />
      </section>
      <TextArea
        id="report-note"
        name="note"
        label={t("report.note")}
        hint={t("report.noteHint")}
        defaultValue={typedIn(refused, "note")}
        errors={errorsOf(refused, "note")}
      />
      <section aria-labelledby="then" className="text-sm">
        <h2 id="then" className="font-medium">
          {t("report.then")}
        </h2>
        <ol className="mt-2 list-decimal space-y-1 ps-5">
          <li>{t(view.message ? "report.then.look" : "report.then.lookPerson")}</li>
          <li>{t("report.then.secret", { name: person })}</li>
          <li>{t("report.then.hear")}</li>
        </ol>
      </section>
      {view.mayBlock && (
        <Switch
          name="block"
          label={t("report.block", { name: person })}
          hint={t("report.blockHint")}
          defaultChecked={typedIn(refused, "block") === "on"}
        />
      )}
      <Button disabled={isBusy} className="max-sm:w-full">
        {t("report.send")}
      </Button>
    </Form>
  );
}
