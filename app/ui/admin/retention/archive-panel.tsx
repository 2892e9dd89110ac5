import { Form } from "@remix-run/react";
import { adminChatPath } from "~/http/paths";
import type { RefusedForm } from "~/http/refused-form";
import type { ArchiveCard } from "~/retention/archive/card";
import { Button } from "~/ui/button";
import { FormErrors, TextArea } from "~/ui/field";
import { useFormat, useT } from "~/ui/i18n";
import { Panel } from "../panel";

type Props = Pick<RefusedForm, "errors" | "typed"> & {
  chatId: string;
  archive: ArchiveCard;
  /** Who bought or sold in it does not. */
  mayRestore: boolean;
};

/** That a chat is in its archive, and the way back. */
export function ArchivePanel({ chatId, archive, mayRestore, errors, typed }: Props) {
  const t = useT();
  const format = useFormat();
  const { archivedAt, messages, askedAt } = archive;
  return (
    <Panel id="archive" title={t("archive.title")}>
      <p className="text-muted text-sm">
        {t("archive.since", { at: format.moment(new Date(archivedAt)), count: messages })}
      </p>
      {askedAt && (
        <p role="status" className="mt-2 text-sm">
          {t("archive.asked", { at: format.moment(new Date(askedAt)) })}
        </p>
      )}
      {mayRestore && (
        <Form method="post" action={adminChatPath(chatId)} className="mt-4 space-y-4">
          <FormErrors id="restore-error" errors={errors[""]} />
          <TextArea
            id="why"
            name="why"
            required
            label={t("archive.why")}
            hint={t("archive.whyHint")}
            errors={errors.why}
            defaultValue={typed.why}
          />
          <Button name="intent" value="restore">
            {t("archive.restore")}
          </Button>
        </Form>
      )}
    </Panel>
  );
}
