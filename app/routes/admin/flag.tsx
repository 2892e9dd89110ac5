import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from "@remix-run/react";
import { requireRole } from "~/accounts/viewer.server";
import { idShape } from "~/chats/drafts";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { readForm } from "~/http/forms.server";
import { found } from "~/http/found.server";
import { flagPath, flagsPath } from "~/http/paths";
import { refusedForm } from "~/http/refused-form";
import { flagForm } from "~/moderation/flags/flag-form";
import { actOnFlag } from "~/moderation/flags/flag-form.server";
import { lookAtFlag } from "~/moderation/flags/look.server";
import { FlagPage } from "~/ui/admin/flag-page";
import { useNow } from "~/ui/admin/use-now";
import { titledBy } from "~/ui/page-title";

export const headers = answerHeaders;
export const handle = titledBy<typeof loader>(({ view }) => view.chat.subject.title);

/** Who was not the first sees what became of it meanwhile. */
export const shouldRevalidate: ShouldRevalidateFunction = ({
  actionStatus,
  defaultShouldRevalidate,
}) => actionStatus === 409 || defaultShouldRevalidate;

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireRole(request, "moderator");
  const flagId = found(idShape.safeParse(params.flagId).data);
  return { view: found(await lookAtFlag(db, viewer, flagId)), servedAt: Date.now() };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireRole(request, "moderator");
  const flagId = found(idShape.safeParse(params.flagId).data);
  const form = await readForm(request, flagForm);
  if (!form.ok) return data(refusedForm(form.result), { status: form.status });
  const done = found(await actOnFlag(db, viewer, flagId, form.value));
  if ("refused" in done) {
    const { result } = form.refuse({ form: done.refused });
    return data(refusedForm(result), { status: done.status });
  }
  return redirect(form.value.intent === "release" ? flagsPath : flagPath(flagId), 303);
}

export default function FlagRoute() {
  const { view, servedAt } = useLoaderData<typeof loader>();
  const refusal = useActionData<typeof action>();
  return <FlagPage key={view.flag.id} view={view} now={useNow(servedAt)} refusal={refusal} />;
}
