import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { v4 as uuidv4 } from "uuid";
import { requireRole } from "~/accounts/viewer.server";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { readForm } from "~/http/forms.server";
import { found } from "~/http/found.server";
import { refusedForm } from "~/http/refused-form";
import { newEndpointForm } from "~/integration/webhooks/admin-forms.server";
import { createEndpoint, listEndpoints } from "~/integration/webhooks/endpoints.server";
import { WebhooksPageView } from "~/ui/admin/integrations/webhooks-page";
import { titled } from "~/ui/page-title";

export { withIntegrationSentences as clientLoader } from "~/ui/route-sentences";

export const headers = answerHeaders;
export const handle = titled({ id: "webhooks.title" });

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireRole(request, "admin");
  const isDeleted = new URL(request.url).searchParams.get("done") === "delete";
  return { endpoints: found(await listEndpoints(db, viewer)), draftId: uuidv4(), isDeleted };
}

export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireRole(request, "admin");
  const form = await readForm(request, newEndpointForm);
  if (!form.ok) return data({ refused: refusedForm(form.result) }, { status: form.status });
  const made = found(await createEndpoint(db, viewer, form.value));
  if (!("refused" in made)) {
    // In this answer alone, as a key: nobody can ask for it again.
    return { made: { id: made.endpoint.id, url: made.endpoint.url, secret: made.secret } };
  }
  if (made.refused === "made") return data({ isMadeAlready: true }, { status: 409 });
  const refusal = form.refuse({ form: { id: `webhooks.refused.${made.refused}` } });
  return data({ refused: refusedForm(refusal.result) }, { status: 409 });
}

export default function Webhooks() {
  return (
    <WebhooksPageView
      page={useLoaderData<typeof loader>()}
      answer={useActionData<typeof action>()}
    />
  );
}
