import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { Viewer } from "~/accounts/viewer";
import { requireRole } from "~/accounts/viewer.server";
import { idShape } from "~/chats/drafts";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { readForm } from "~/http/forms.server";
import { found } from "~/http/found.server";
import { webhookPath, webhooksPath } from "~/http/paths";
import { refusedForm } from "~/http/refused-form";
import { type EndpointForm, endpointForm } from "~/integration/webhooks/admin-forms.server";
import { readEndpointPage } from "~/integration/webhooks/endpoint-page.server";
import { changeEndpoint, deleteEndpoint } from "~/integration/webhooks/endpoints.server";
import { keptDays } from "~/integration/webhooks/keeping.server";
import { redeliver } from "~/integration/webhooks/redeliver.server";
import { rotateSecret } from "~/integration/webhooks/rotate-secret.server";
import { EndpointPageView } from "~/ui/admin/integrations/endpoint-page";
import { titled } from "~/ui/page-title";

export { withIntegrationSentences as clientLoader } from "~/ui/route-sentences";

export const headers = answerHeaders;
export const handle = titled({ id: "webhooks.endpoint" });

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireRole(request, "admin");
  const id = found(idShape.safeParse(params.endpointId).data?.toLowerCase());
  const search = new URL(request.url).searchParams;
  return found(await readEndpointPage(db, viewer, id, search));
}

export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireRole(request, "admin");
  const id = found(idShape.safeParse(params.endpointId).data?.toLowerCase());
  const form = await readForm(request, endpointForm);
  if (!form.ok) return data({ refused: refusedForm(form.result) }, { status: form.status });
  const { intent } = form.value;
  const done = found(await act(viewer, id, form.value));
  if ("refused" in done) {
    const refusal = form.refuse({ form: { id: `webhooks.refused.${done.refused}` } });
    return data({ refused: refusedForm(refusal.result) }, { status: 409 });
  }
  // In this answer alone: nobody can ask for it again.
  if ("secret" in done && done.secret) return { secret: done.secret };
  const isLog = intent === "resend" || intent === "resendFailed";
  return redirect(
    intent === "delete"
      ? webhooksPath({ done: intent })
      : webhookPath(id, { done: intent }, isLog ? "log" : undefined),
    303,
  );
}

async function act(viewer: Viewer, id: string, value: EndpointForm) {
  switch (value.intent) {
    case "save":
      return changeEndpoint(db, viewer, id, { url: value.url, eventTypes: value.eventTypes });
    case "switchOn":
    case "switchOff":
      return changeEndpoint(db, viewer, id, { isEnabled: value.intent === "switchOn" });
    case "rotate": {
      const previousSecretUntil = value.previousSecretUntil ?? null;
      return rotateSecret(db, viewer, id, { previousSecretUntil });
    }
    case "delete":
      return deleteEndpoint(db, viewer, id);
    case "resend":
      return redeliver(db, viewer, id, { messageId: value.message });
    case "resendFailed":
      return redeliver(db, viewer, id, { since: new Date(Date.now() - keptDays * 86_400_000) });
  }
}

export default function Webhook() {
  const page = useLoaderData<typeof loader>();
  return (
    <EndpointPageView key={page.endpoint.id} page={page} answer={useActionData<typeof action>()} />
  );
}
