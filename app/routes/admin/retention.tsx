import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireRole } from "~/accounts/viewer.server";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { readForm } from "~/http/forms.server";
import { found } from "~/http/found.server";
import { retentionPath } from "~/http/paths";
import { refusedForm } from "~/http/refused-form";
import { previewChange } from "~/retention/preview.server";
import { retentionForm } from "~/retention/retention-form";
import { readRetentionPage } from "~/retention/retention-page.server";
import { startRun } from "~/retention/run/start-run.server";
import { saveRetention } from "~/retention/save-retention.server";
import { readRetention } from "~/retention/settings.server";
import { RetentionPageView } from "~/ui/admin/retention/retention-page";
import { titled } from "~/ui/page-title";

export const headers = answerHeaders;
export const handle = titled({ id: "retention.title" });

export async function loader({ request }: LoaderFunctionArgs) {
  await requireRole(request, "admin");
  const saved = new URL(request.url).searchParams.has("saved");
  return { ...(await readRetentionPage(db, new Date())), saved };
}

export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireRole(request, "admin");
  const form = await readForm(request, retentionForm);
  if (!form.ok) return data({ refused: refusedForm(form.result) }, { status: form.status });
  const { value } = form;
  if (value.intent === "run" || value.intent === "try") {
    found(await startRun(db, viewer, { isDryRun: value.intent === "try" }));
    return redirect(retentionPath({}, "runs"), 303);
  }
  const { change, version } = value;
  const key = JSON.stringify(change);
  // What was changed after the preview was looked at is looked at again before it counts.
  if (value.intent === "preview" || value.previewed !== key) {
    const { byStage: before } = await readRetention(db);
    const preview = await previewChange(db, { before, after: change.byStage, now: new Date() });
    return { preview, previewed: key, version, change };
  }
  const saved = found(await saveRetention(db, viewer, { version, change }));
  if ("refused" in saved) {
    const refused = form.refuse({ form: { id: "retention.changed" } });
    return data({ refused: refusedForm(refused.result) }, { status: 409 });
  }
  return redirect(retentionPath({ saved: "1" }, "policies"), 303);
}

export default function Retention() {
  return (
    <RetentionPageView
      page={useLoaderData<typeof loader>()}
      answer={useActionData<typeof action>()}
    />
  );
}
