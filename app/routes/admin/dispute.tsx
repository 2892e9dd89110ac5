import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { requireRole } from "~/accounts/viewer.server";
import { idShape } from "~/chats/drafts";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { found } from "~/http/found.server";
import { casePath } from "~/http/paths";
import { refusedForm } from "~/http/refused-form";
import { sectionOf } from "~/moderation/case-form";
import { actInCase, readCaseForm } from "~/moderation/case-form.server";
import { readCaseView } from "~/moderation/case-view.server";
import { CasePage } from "~/ui/admin/case-page";
import { useNow } from "~/ui/admin/use-now";
import { titledBy } from "~/ui/page-title";

export const headers = answerHeaders;
export const handle = titledBy<typeof loader>(({ view }) => view.chat.subject.title);

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireRole(request, "moderator");
  const disputeId = found(idShape.safeParse(params.disputeId).data);
  const view = found(await readCaseView(db, viewer, disputeId));
  return { view, servedAt: Date.now() };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireRole(request, "moderator");
  const disputeId = found(idShape.safeParse(params.disputeId).data);
  const form = await readCaseForm(request);
  if (!form.ok) return data(refusedForm(form.result), { status: form.status });
  const done = found(await actInCase(db, viewer, disputeId, form.value));
  if ("refused" in done) {
    return data(refusedForm(form.refuse({ form: done.refused }).result), { status: 422 });
  }
  return redirect(`${casePath(disputeId)}${sectionOf[form.value.intent]}`, 303);
}

export default function CaseRoute() {
  const { view, servedAt } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  const now = useNow(servedAt);
  return (
    <CasePage key={view.dispute.id} view={view} now={now} refusal={refusal}>
      {null}
    </CasePage>
  );
}
