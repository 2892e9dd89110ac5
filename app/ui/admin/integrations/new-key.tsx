import { Form, useNavigation } from "@remix-run/react";
import { integrationsPath } from "~/http/paths";
import { partOf, type RefusedForm } from "~/http/refused-form";
import { scopeNames, scopes } from "~/integration/api/scopes";
import { Button } from "~/ui/button";
import { Field, FormErrors } from "~/ui/field";
import { useT } from "~/ui/i18n";
import { Panel } from "../panel";
import { Boxes } from "./boxes";

type Props = {
  /** Of the key that this form makes, however often it is sent. */
  draftId: string;
  refused?: RefusedForm;
};

/** A key of the API: what it is called, what it may do and when it ends. */
export function NewKey({ draftId, refused }: Props) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  const { errors, typed } = partOf(refused, "createKey");
  const choices = scopeNames.map((scope) => ({ value: scope, label: scope, hint: scopes[scope] }));
  return (
    <Panel id="new-key" title={t("integrations.newKey")}>
      <Form method="post" action={`${integrationsPath()}#made`} className="space-y-4">
        <FormErrors id="key-error" errors={errors[""]} />
        <input type="hidden" name="id" value={typed.id ?? draftId} />
        <Field
          id="key-name"
          name="name"
          required
          autoComplete="off"
          label={t("integrations.keyName")}
          hint={t("integrations.keyNameHint")}
          errors={errors.name}
          defaultValue={typed.name}
        />
        <Boxes
          id="scopes"
          name="scopes"
          legend={t("integrations.scopes")}
          choices={choices}
          refused={refused?.intent === "createKey" ? refused : undefined}
        />
        <Field
          id="key-days"
          name="expiresInDays"
          inputMode="numeric"
          autoComplete="off"
          label={t("integrations.days")}
          hint={t("integrations.daysHint")}
          errors={errors.expiresInDays}
          defaultValue={typed.expiresInDays}
        />
        <Button name="intent" value="createKey" disabled={isBusy}>
          {t("integrations.createKey")}
        </Button>
      </Form>
    </Panel>
  );
}
