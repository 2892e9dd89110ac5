import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import type { Viewer } from "~/accounts/viewer";
import { requireRole } from "~/accounts/viewer.server";
import { idShape } from "~/chats/drafts";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { readForm } from "~/http/forms.server";
import { found } from "~/http/found.server";
import { filtersPath, rulePath } from "~/http/paths";
import { refusedForm } from "~/http/refused-form";
import { changeRule, removeRule, switchRule } from "~/safety/rules/change-rules.server";
import { cancelDryRun, startDryRun } from "~/safety/rules/dry-runs.server";
import { type RuleForm, ruleForm } from "~/safety/rules/rule-form.server";
import { viewRule } from "~/safety/rules/rule-page.server";
import { runDryRun } from "~/safety/rules/run-dry-run.server";
import { RulePageView } from "~/ui/admin/filters/rule-page";
import { titledBy } from "~/ui/page-title";

export const headers = answerHeaders;
export const handle = titledBy<typeof loader>(({ rule }) => rule.versions[0].name);

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireRole(request, "admin");
  const id = found(idShape.safeParse(params.ruleId).data?.toLowerCase());
  const search = new URL(request.url).searchParams;
  const wantsSamples = search.get("samples") === "1";
  return { ...found(await viewRule(db, viewer, id, { wantsSamples })), done: search.get("done") };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireRole(request, "admin");
  const id = found(idShape.safeParse(params.ruleId).data?.toLowerCase());
  const form = await readForm(request, ruleForm);
  if (!form.ok) return data(refusedForm(form.result), { status: form.status });
  const { intent } = form.value;
  const done = found(await act(viewer, id, form.value));
  if ("refused" in done) {
    const field = done.refused === "tooMuch" && intent === "save" ? "pattern" : "form";
    const refusal = form.refuse({ [field]: { id: `rule.refused.${done.refused}` } });
    return data(refusedForm(refusal.result), { status: 409 });
  }
  return redirect(
    intent === "remove" ? filtersPath({}, "rules") : rulePath(id, { done: intent }),
    303,
  );
}

async function act(viewer: Viewer, id: string, value: RuleForm) {
  switch (value.intent) {
    case "save":
      return changeRule(db, viewer, { id, ...value });
    case "switch":
      return switchRule(db, viewer, { id, ...value });
    case "remove":
      return removeRule(db, viewer, id);
    case "try":
      return startDryRun(db, viewer, id, runDryRun);
    case "cancel":
      await cancelDryRun(db, id);
      return { ruleId: id };
  }
}

/** Each look at samples is an entry in the audit log: they are read when somebody asks for them. */
export const shouldRevalidate: ShouldRevalidateFunction = ({
  currentUrl,
  nextUrl,
  formMethod,
  defaultShouldRevalidate,
}) =>
  nextUrl.searchParams.has("samples") && currentUrl.href === nextUrl.href && !formMethod
    ? false
    : defaultShouldRevalidate;

export default function Rule() {
  const page = useLoaderData<typeof loader>();
  return <RulePageView key={page.rule.id} page={page} refused={useActionData<typeof action>()} />;
}
