import { Form, useNavigation } from "@remix-run/react";
import { retentionPath } from "~/http/paths";
import { partOf } from "~/http/refused-form";
import { fieldOf, retentionStages, steps } from "~/retention/retention-fields";
import type { RetentionPage } from "~/retention/retention-page.server";
import { StageLabel } from "~/subjects/stage-label";
import { Button } from "~/ui/button";
import { Field, FormErrors, Select } from "~/ui/field";
import { useLanguage, useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { Panel } from "../panel";
import { PreviewTable } from "./preview-table";
import type { RetentionAnswer } from "./retention-page";

type Props = { page: RetentionPage & { saved: boolean }; answer?: RetentionAnswer };

/** How long a chat is kept, by the stage of what it is about, and how people are erased. */
export function Policies({ page, answer }: Props) {
  const { t, format } = useLanguage();
  const isBusy = useNavigation().state !== "idle";
  const { errors, typed } = partOf(answer?.refused, "preview", "save");
  const { settings, changed } = page;
  const shown = answer?.change ?? settings;
  const preview = answer?.preview;
  return (
    <Panel id="policies" title={t("retention.policies")}>
      <p className="text-pretty text-muted text-sm">{t("retention.policiesText")}</p>
      <Form method="post" action={`${retentionPath()}#policies`} className="mt-4 space-y-5">
        <FormErrors id="policies-error" errors={errors[""]} />
        <input
          type="hidden"
          name="version"
          // What was refused was made from older settings; whoever saves again saw those of now.
          value={answer?.version ?? settings.version}
        />
        {retentionStages.map((stage) => (
          <fieldset key={stage} className="rounded-xl border border-line p-3">
            <legend className="px-1">
              <StageLabel stage={stage} />
            </legend>
            <div className="grid grid-cols-1 gap-3 sm:grid-cols-3">
              {steps.map((step) => {
                const name = fieldOf(stage, step);
                return (
                  <Field
                    key={step}
                    id={name}
                    name={name}
                    inputMode="numeric"
                    autoComplete="off"
                    label={t(`retention.step.${step}`)}
                    placeholder={t("retention.never")}
                    errors={errors[name]}
                    defaultValue={typed[name] ?? shown.byStage[stage][step] ?? ""}
                  />
                );
              })}
            </div>
          </fieldset>
        ))}
        <div className="grid gap-3 sm:grid-cols-2">
          <Select
            id="erasedMessages"
            name="erasedMessages"
            label={t("retention.erasedMessages")}
            hint={t("retention.erasedMessagesHint")}
            errors={errors.erasedMessages}
            defaultValue={typed.erasedMessages ?? shown.erasedMessages}
            options={[
              ["kept", t("retention.erasedMessages.kept")],
              ["removed", t("retention.erasedMessages.removed")],
            ]}
          />
          <Field
            id="erasureDays"
            name="erasureDays"
            inputMode="numeric"
            autoComplete="off"
            label={t("retention.erasureDays")}
            hint={t("retention.erasureDaysHint")}
            errors={errors.erasureDays}
            defaultValue={typed.erasureDays ?? shown.erasureDays}
          />
        </div>
        {preview && <PreviewTable preview={preview} />}
        {answer?.previewed && <input type="hidden" name="previewed" value={answer.previewed} />}
        <div className="flex flex-wrap items-center gap-3">
          <Button
            variant={preview ? "secondary" : "primary"}
            name="intent"
            value="preview"
            disabled={isBusy}
          >
            {t(preview ? "retention.previewAgain" : "retention.preview")}
          </Button>
          {preview && (
            <Button name="intent" value="save" disabled={isBusy}>
              {t("retention.save")}
            </Button>
          )}
          <Saved isSaved={page.saved && !answer} />
        </div>
        {changed && (
          <p className="text-muted text-sm">
            {t("retention.changedBy", { by: changed.by, at: format.moment(new Date(changed.at)) })}
          </p>
        )}
      </Form>
    </Panel>
  );
}

function Saved({ isSaved }: { isSaved: boolean }) {
  const t = useT();
  return (
    <p role="status" className="text-sm">
      {isSaved && (
        <span className="flex items-center gap-1.5 text-accent">
          <Icon className="icon-check size-4" />
          {t("retention.saved")}
        </span>
      )}
    </p>
  );
}
