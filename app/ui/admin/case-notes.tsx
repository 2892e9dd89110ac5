import { Form } from "@remix-run/react";
import { partOf, type RefusedForm } from "~/http/refused-form";
import type { CaseView } from "~/moderation/disputes/case-view";
import { Button } from "~/ui/button";
import { TextArea } from "~/ui/field";
import { useFormat, useT } from "~/ui/i18n";
import { Panel } from "./panel";

type Props = { notes: CaseView["notes"]; refusal?: RefusedForm };

/** What moderators tell each other; the sides never see it. */
export function CaseNotes({ notes, refusal }: Props) {
  const t = useT();
  const format = useFormat();
  const { errors, typed } = partOf(refusal, "note");
  return (
    <Panel
      id="notes"
      title={t("case.notes")}
      aside={<span className="text-muted text-sm">{t("case.notes.private")}</span>}
    >
      {notes.length > 0 && (
        <ul className="mb-4 space-y-3">
          {notes.map((note) => (
            <li key={note.id} className="rounded-lg bg-sunken px-3 py-2">
              <p className="text-muted text-xs">
                <bdi className="font-medium">{note.author}</bdi> ·{" "}
                <time dateTime={note.createdAt}>{format.moment(new Date(note.createdAt))}</time>
              </p>
              <p dir="auto" className="whitespace-pre-wrap text-sm [overflow-wrap:anywhere]">
                {note.body}
              </p>
            </li>
          ))}
        </ul>
      )}
      {/* A note that was taken leaves an empty form behind. */}
      <Form key={notes.length} method="post" preventScrollReset className="space-y-3">
        <TextArea
          id="note"
          name="body"
          rows={2}
          required
          label={t("case.notes.field")}
          aria-keyshortcuts="n"
          errors={errors.body}
          defaultValue={typed.body}
        />
        <Button name="intent" value="note" variant="secondary">
          {t("case.notes.add")}
        </Button>
      </Form>
    </Panel>
  );
}
