import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { v4 as uuidv4 } from "uuid";
import { requireRole } from "~/accounts/viewer.server";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { readForm } from "~/http/forms.server";
import { found } from "~/http/found.server";
import { integrationsPath } from "~/http/paths";
import { refusedForm } from "~/http/refused-form";
import { integrationsForm } from "~/integration/keys/integrations-form.server";
import { createKey, listKeys, revokeKey } from "~/integration/keys/keys.server";
import { addOrigin, listOrigins, removeOrigin } from "~/integration/keys/origins.server";
import { IntegrationsPageView } from "~/ui/admin/integrations/integrations-page";
import { titled } from "~/ui/page-title";

export { withIntegrationSentences as clientLoader } from "~/ui/route-sentences";

export const headers = answerHeaders;
export const handle = titled({ id: "integrations.title" });

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireRole(request, "admin");
  const [keys, origins] = await Promise.all([listKeys(db, viewer), listOrigins(db, viewer)]);
  const done = new URL(request.url).searchParams.get("done");
  return { keys: found(keys), origins: found(origins), draftId: uuidv4(), done };
}

export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireRole(request, "admin");
  const form = await readForm(request, integrationsForm);
  if (!form.ok) return data({ refused: refusedForm(form.result) }, { status: form.status });
  const { value } = form;
  if (value.intent === "createKey") {
    const made = found(await createKey(db, viewer, value));
    if ("refused" in made) return data({ madeAlready: value.name }, { status: 409 });
    // In this answer alone: it stands in no address and no cookie, and nobody can ask for it again.
    return { made: { name: value.name, key: made.key } };
  }
  if (value.intent === "revokeKey") found(await revokeKey(db, viewer, value.id));
  else if (value.intent === "addOrigin") found(await addOrigin(db, viewer, value));
  else found(await removeOrigin(db, viewer, value.origin));
  const part = value.intent === "revokeKey" ? "keys" : "origins";
  return redirect(integrationsPath({ done: value.intent }, part), 303);
}

export default function Integrations() {
  return (
    <IntegrationsPageView
      page={useLoaderData<typeof loader>()}
      answer={useActionData<typeof action>()}
    />
  );
}
