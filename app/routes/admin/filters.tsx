import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireRole } from "~/accounts/viewer.server";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { readForm } from "~/http/forms.server";
import { filtersPath } from "~/http/paths";
import { refusedForm } from "~/http/refused-form";
import { filterKinds } from "~/safety/filters";
import { readFiltersPage } from "~/safety/filters-page.server";
import { ruleFilters } from "~/safety/rules/rule-draft";
import { saveSettings } from "~/safety/save-settings.server";
import { filtersForm } from "~/safety/settings-form.server";
import { tryText } from "~/safety/try-text.server";
import { FiltersPageView } from "~/ui/admin/filters/filters-page";
import { titled } from "~/ui/page-title";

export const headers = answerHeaders;
export const handle = titled({ id: "filters.title" });

export async function loader({ request }: LoaderFunctionArgs) {
  await requireRole(request, "admin");
  const search = new URL(request.url).searchParams;
  const asked = {
    rules: ruleFilters.find((one) => one === search.get("rules")) ?? "all",
    hits: filterKinds.find((one) => one === search.get("hits")) ?? null,
    saved: search.get("saved"),
  };
  return { ...(await readFiltersPage(db, asked)), asked };
}

export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireRole(request, "admin");
  const form = await readForm(request, filtersForm);
  if (!form.ok) return data({ refused: refusedForm(form.result) }, { status: form.status });
  const { value } = form;
  // What somebody tries stands in no address, and is stored nowhere.
  if (value.intent === "try") return { tried: await tryText(db, value.text), text: value.text };
  const saved = await saveSettings(db, viewer, { part: value.intent, ...value });
  if ("refused" in saved) {
    const refused = form.refuse({ form: { id: "filters.changed" } });
    return data({ refused: refusedForm(refused.result) }, { status: 409 });
  }
  return redirect(filtersPath({ saved: value.intent }, value.intent), 303);
}

export default function Filters() {
  return (
    <FiltersPageView
      page={useLoaderData<typeof loader>()}
      answer={useActionData<typeof action>()}
    />
  );
}
