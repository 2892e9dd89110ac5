import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { v4 as uuidv4 } from "uuid";
import { requireRole } from "~/accounts/viewer.server";
import { idShape } from "~/chats/drafts";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { readForm } from "~/http/forms.server";
import { found } from "~/http/found.server";
import { holdsPath } from "~/http/paths";
import { refusedForm } from "~/http/refused-form";
import { readHoldsPage } from "~/retention/holds-page.server";
import { liftHold, placeHold } from "~/retention/legal-holds.server";
import { holdForm } from "~/retention/retention-form";
import { HoldsPageView } from "~/ui/admin/retention/holds-page";
import { titled } from "~/ui/page-title";

export const headers = answerHeaders;
export const handle = titled({ id: "retention.holds.title" });

export async function loader({ request, params }: LoaderFunctionArgs) {
  await requireRole(request, "admin");
  const page = found(await readHoldsPage(db, targetOf(params), new Date()));
  return { ...page, draftId: uuidv4() };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireRole(request, "admin");
  const target = targetOf(params);
  const form = await readForm(request, holdForm);
  if (!form.ok) return data({ refused: refusedForm(form.result) }, { status: form.status });
  const { value } = form;
  if (value.intent === "lift") {
    found(await liftHold(db, viewer, { ...value, about: target }));
  } else {
    const { id, reason, until } = value;
    // To the end of that day.
    const endsAt = until ? new Date(Date.parse(`${until}T00:00:00Z`) + 86_400_000) : null;
    const placed = found(await placeHold(db, viewer, { id, reason, endsAt, ...target }));
    if ("refused" in placed) {
      const phrase = { id: `retention.hold.refused.${placed.refused}` } as const;
      const refused = form.refuse(placed.refused === "over" ? { until: phrase } : { form: phrase });
      return data({ refused: refusedForm(refused.result) }, { status: refused.status });
    }
  }
  return redirect(holdsPath(target), 303);
}

function targetOf({ about, id }: { about?: string; id?: string }) {
  const known = found(idShape.safeParse(id).data?.toLowerCase());
  if (about === "chats") return { chatId: known };
  return { userId: found(about === "users" ? known : null) };
}

export default function Holds() {
  const page = useLoaderData<typeof loader>();
  return (
    <HoldsPageView
      key={page.draftId}
      page={page}
      refused={useActionData<typeof action>()?.refused}
    />
  );
}
