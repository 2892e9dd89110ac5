import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { v4 as uuidv4 } from "uuid";
import { requireRole } from "~/accounts/viewer.server";
import { db } from "~/db/db.server";
import { stages } from "~/db/schema";
import { answerHeaders } from "~/http/answer-headers";
import { readForm } from "~/http/forms.server";
import { newRulePath, rulePath } from "~/http/paths";
import { refusedForm } from "~/http/refused-form";
import { createRule } from "~/safety/rules/change-rules.server";
import { newRuleForm } from "~/safety/rules/rule-form.server";
import { RuleFields } from "~/ui/admin/filters/rule-fields";
import { Panel } from "~/ui/admin/panel";
import { Button } from "~/ui/button";
import { FormErrors } from "~/ui/field";
import { useT } from "~/ui/i18n";
import { titled } from "~/ui/page-title";

export const headers = answerHeaders;
export const handle = titled({ id: "rule.new" });

export async function loader({ request }: LoaderFunctionArgs) {
  await requireRole(request, "admin");
  return { id: uuidv4(), stages };
}

export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireRole(request, "admin");
  const form = await readForm(request, newRuleForm);
  if (!form.ok) return data(refusedForm(form.result), { status: form.status });
  const created = await createRule(db, viewer, form.value);
  if ("refused" in created) {
    const refusal = form.refuse({ form: { id: `rule.refused.${created.refused}` } });
    return data(refusedForm(refusal.result), { status: refusal.status });
  }
  return redirect(rulePath(created.ruleId), 303);
}

export default function NewRule() {
  const t = useT();
  const { id, stages } = useLoaderData<typeof loader>();
  const { errors = {}, typed } = useActionData<typeof action>() ?? {};
  const isBusy = useNavigation().state !== "idle";
  return (
    <div className="mx-auto mt-5 max-w-3xl">
      <h1 className="mb-4 font-semibold text-2xl tracking-tight">{t("rule.new")}</h1>
      <Panel id="rule" title={t("rule.what")}>
        <p className="mb-4 text-muted text-sm">{t("rule.newText")}</p>
        <Form method="post" action={newRulePath} className="space-y-4">
          <FormErrors id="rule-error" errors={errors[""]} />
          <input type="hidden" name="id" value={typed?.id ?? id} />
          <RuleFields errors={errors} typed={typed} stages={stages} />
          <Button disabled={isBusy}>{t("rule.create")}</Button>
        </Form>
      </Panel>
    </div>
  );
}
