import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { requireRole } from "~/accounts/viewer.server";
import { idShape } from "~/chats/drafts";
import { messageBody } from "~/chats/message-body";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { readForm } from "~/http/forms.server";
import { found } from "~/http/found.server";
import { userPath } from "~/http/paths";
import { refusedForm } from "~/http/refused-form";
import { mostWritten } from "~/moderation/people/sanction";
import { eraseAccount } from "~/retention/erase/erase-account.server";
import { readHoldsPage } from "~/retention/holds-page.server";
import { readRetention } from "~/retention/settings.server";
import { ErasePage } from "~/ui/admin/erase-page";
import { titled } from "~/ui/page-title";

export const headers = answerHeaders;
export const handle = titled({ id: "user.erase.title" });

/** Where an admin has the account of a person deleted who asked for it elsewhere. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  await requireRole(request, "admin");
  const userId = found(idShape.safeParse(params.id).data?.toLowerCase());
  const { about, holds } = found(await readHoldsPage(db, { userId }, new Date()));
  const { erasedMessages: messages, erasureDays: days } = await readRetention(db);
  return { userId, name: about.title, holds, messages, days };
}

const form = z.object({
  intent: z.literal("erase"),
  reason: messageBody(mostWritten),
  isSure: z.literal("on"),
});

export async function action({ request, params }: ActionFunctionArgs) {
  const viewer = await requireRole(request, "admin");
  const userId = found(idShape.safeParse(params.id).data?.toLowerCase());
  const read = await readForm(request, form);
  if (!read.ok) return data(refusedForm(read.result), { status: read.status });
  const { reason } = read.value;
  const erased = found(await eraseAccount(db, viewer, { userId, reason }));
  if ("asked" in erased) return redirect(userPath(userId), 303);
  const refusal = read.refuse({ form: { id: `user.refused.${erased.refused}` } });
  return data(refusedForm(refusal.result), { status: refusal.status });
}

export default function Erase() {
  const page = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  return <ErasePage key={page.userId} page={page} refused={refused} />;
}
