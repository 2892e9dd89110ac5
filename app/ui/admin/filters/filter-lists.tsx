import { Form, useNavigation } from "@remix-run/react";
import { filtersPath } from "~/http/paths";
import { partOf, type RefusedForm } from "~/http/refused-form";
import { FormErrors, TextArea } from "~/ui/field";
import { useT } from "~/ui/i18n";
import { Panel } from "../panel";
import type { ShownFilters } from "./filters-page";
import { SaveButton } from "./save-button";

type Props = { page: ShownFilters; refused?: RefusedForm };

const lists = [
  {
    name: "allowedDomains",
    rows: 4,
    label: "filters.domains",
    hint: "filters.domainsHint",
    between: "\n",
  },
  {
    name: "phoneCountries",
    rows: 2,
    label: "filters.countries",
    hint: "filters.countriesHint",
    between: " ",
  },
] as const;

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
        {lists.map(({ name, rows, label, hint, between }) => (
          <TextArea
            key={name}
            id={name}
            name={name}
            rows={rows}
            spellCheck={false}
            label={t(label)}
            hint={t(hint)}
            errors={errors[name]}
            defaultValue={typed[name] ?? settings[name].join(between)}
          />
        ))}
        <SaveButton intent="lists" isSaved={asked.saved === "lists" && !refused} isBusy={isBusy} />
      </Form>
    </Panel>
  );
}
