import { Form, useNavigation } from "@remix-run/react";
import { integrationsPath } from "~/http/paths";
import { partOf, type RefusedForm } from "~/http/refused-form";
import type { ListedOrigin } from "~/integration/keys/origins.server";
import { Button } from "~/ui/button";
import { Field, FormErrors } from "~/ui/field";
import { useLanguage } from "~/ui/i18n";
import { Panel } from "../panel";
import { Done } from "./done";

type Props = { origins: ListedOrigin[]; done: string | null; refused?: RefusedForm };

/** Whose pages may call the API (CORS): nobody's, until an admin lists them. */
export function Origins({ origins, done, refused }: Props) {
  const { t, format } = useLanguage();
  const isBusy = useNavigation().state !== "idle";
  const { errors, typed } = partOf(refused, "addOrigin");
  const said =
    (done === "addOrigin" && t("integrations.originAdded")) ||
    (done === "removeOrigin" && t("integrations.originRemoved"));
  return (
    <Panel id="origins" title={t("integrations.origins")} aside={<Done text={said} />}>
      <p className="text-pretty text-muted text-sm">{t("integrations.originsText")}</p>
      {origins.length === 0 && <p className="mt-3">{t("integrations.noOrigins")}</p>}
      <ul className="mt-3 divide-y divide-line">
        {origins.map(({ origin, createdBy, createdAt }, at) => (
          <li key={origin} className="flex flex-wrap items-center justify-between gap-x-4 py-1">
            <div className="min-w-0 py-1 text-sm">
              <p id={`origin-${at}`} className="font-medium [overflow-wrap:anywhere]" dir="ltr">
                {origin}
              </p>
              <p className="text-muted">
                {t("integrations.addedBy", {
                  by: createdBy,
                  at: format.moment(new Date(createdAt)),
                })}
              </p>
            </div>
            <Form method="post" action={integrationsPath()}>
              <input type="hidden" name="origin" value={origin} />
              <button
                type="submit"
                name="intent"
                value="removeOrigin"
                aria-describedby={`origin-${at}`}
                disabled={isBusy}
                className="min-h-11 text-danger text-sm underline underline-offset-2"
              >
                {t("integrations.removeOrigin")}
              </button>
            </Form>
          </li>
        ))}
      </ul>
      <Form
        // What was listed leaves an empty form behind.
        key={origins.length}
        method="post"
        action={`${integrationsPath()}#origins`}
        className="mt-4 space-y-4"
      >
        <FormErrors id="origins-error" errors={errors[""]} />
        <Field
          id="origin"
          name="origin"
          inputMode="url"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          dir="ltr"
          required
          label={t("integrations.origin")}
          hint={t("integrations.originHint")}
          placeholder="https://shop.example"
          errors={errors.origin}
          defaultValue={typed.origin}
        />
        <Button variant="secondary" name="intent" value="addOrigin" disabled={isBusy}>
          {t("integrations.addOrigin")}
        </Button>
      </Form>
    </Panel>
  );
}
