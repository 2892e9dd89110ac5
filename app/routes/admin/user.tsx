import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { v4 as uuidv4 } from "uuid";
import type { Viewer } from "~/accounts/viewer";
import { requireRole } from "~/accounts/viewer.server";
import { idShape } from "~/chats/drafts";
import { db } from "~/db/db.server";
import { readForm } from "~/http/forms.server";
import { found } from "~/http/found.server";
import { casePath, userPath } from "~/http/paths";
import { refusedForm } from "~/http/refused-form";
import { viewPerson } from "~/moderation/people/person.server";
import { changeRole, endSessions } from "~/moderation/people/roles.server";
import { decideSanctionAppeal } from "~/moderation/people/sanction-appeals.server";
import { type PersonForm, personForm } from "~/moderation/people/sanction-forms";
import { imposeSanction, liftSanction } from "~/moderation/people/sanctions.server";
import { UserPage } from "~/ui/admin/user-page";
import { titledBy } from "~/ui/page-title";

export const handle = titledBy<typeof loader>(({ person }) => person.name);

export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await requireRole(request, "moderator");
  const id = found(idShape.safeParse(params.id).data);
  const search = new URL(request.url).searchParams;
  const page = found(await viewPerson(db, viewer, id, search.get("after") ?? undefined));
  return {
    ...page,
    viewer: { id: viewer.id, role: viewer.role },
    isFirst: !search.has("after"),
    /** The case that a sanction comes from, and that its moderator goes back to. */
    disputeId: idShape.safeParse(search.get("dispute")).data,
    draftId: uuidv4(),
  };
}

export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireRole(request, "moderator");
  const userId = found(idShape.safeParse(params.id).data?.toLowerCase());
  const form = await readForm(request, personForm);
  if (!form.ok) return data(refusedForm(form.result), { status: form.status });
  const done = found(await act(viewer, userId, form.value));
  if ("refused" in done) {
    const refusal = form.refuse({ form: { id: `user.refused.${done.refused}` } });
    return data(refusedForm(refusal.result), { status: refusal.status });
  }
  const { value } = form;
  const caseId = value.intent === "impose" ? value.disputeId : undefined;
  return redirect(caseId ? casePath(caseId) : userPath(userId), 303);
}

function act(viewer: Viewer, userId: string, value: PersonForm) {
  switch (value.intent) {
    case "impose":
      return imposeSanction(db, viewer, { ...value, userId });
    case "lift":
      return liftSanction(db, viewer, value);
    case "decide":
      return decideSanctionAppeal(db, viewer, value);
    case "end-sessions":
      return endSessions(db, viewer, userId);
    case "role":
      return changeRole(db, viewer, { userId, role: value.role });
  }
}

export default function User() {
  const page = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return <UserPage key={page.person.id} page={page} refused={refused} />;
}
