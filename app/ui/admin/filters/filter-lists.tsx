import { Form, useNavigation } from "@remix-run/react";
import { filtersPath } from "~/http/paths";
import { partOf, type RefusedForm } from "~/http/refused-form";
import { FormErrors, TextArea } from "~/ui/field";
import { useT } from "~/ui/i18n";
import { Panel } from "../panel";
import type { ShownFilters } from "./filters-page";
import { SaveButton } from "./save-button";

type Props = { page: ShownFilters; refused?: RefusedForm };

/** Which domains may be linked to, and in which countries' ways numbers are read. */
export function FilterLists({ page, refused }: Props) {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  const { errors, typed } = partOf(refused, "lists");
  const { settings, basis, asked } = page;
  return (
    <Panel id="lists" title={t("filters.lists")}>
      <Form
        key={`${basis.lists} ${JSON.stringify(typed)}`}
        method="post"
        action={filtersPath()}
        className="space-y-4"
      >
        <FormErrors id="lists-error" errors={errors[""]} />
        <input type="hidden" name="basis" value={basis.lists} />
        <TextArea
          id="allowedDomains"
          name="allowedDomains"
          rows={4}
          spellCheck={false}
          label={t("filters.domains")}
          hint={t("filters.domainsHint")}
          errors={errors.allowedDomains}
          defaultValue={typed.allowedDomains ?? settings.allowedDomains.join("\n")}
        />
        <TextArea
          id="phoneCountries"
          name="phoneCountries"
          rows={2}
          spellCheck={false}
          label={t("filters.countries")}
          hint={t("filters.countriesHint")}
          errors={errors.phoneCountries}
          defaultValue={typed.phoneCountries ?? settings.phoneCountries.join(" ")}
        />
        <SaveButton intent="lists" isSaved={asked.saved === "lists" && !refused} isBusy={isBusy} />
      </Form>
    </Panel>
  );
}
