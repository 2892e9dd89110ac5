import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData } from "@remix-run/react";
import { endedSessionCookie } from "~/accounts/session-cookie.server";
import { requireSession } from "~/accounts/viewer.server";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { readForm } from "~/http/forms.server";
import { found } from "~/http/found.server";
import { accountDeletedPath, sanctionsPath, settingsPath } from "~/http/paths";
import { refusedForm } from "~/http/refused-form";
import { eraseForm, eraseOwnAccount, readOwnErasure } from "~/retention/erase/own-erasure.server";
import { useT } from "~/ui/i18n";
import { Page } from "~/ui/page";
import { titled } from "~/ui/page-title";
import { DeleteAccount } from "~/ui/settings/delete-account";

export { withSettingsSentences as clientLoader } from "~/ui/route-sentences";
export const headers = answerHeaders;
export const handle = titled({ id: "deleteAccount.title" });

/** Also for who is suspended or banned: his data is his all the same. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { viewer, standing } = await requireSession(request);
  return { standing, erasure: found(await readOwnErasure(db, viewer.id)) };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const { viewer } = await requireSession(request);
  const form = await readForm(request, eraseForm);
  if (!form.ok) return data(refusedForm(form.result), { status: form.status });
  const { address } = context;
  const erased = found(await eraseOwnAccount(db, viewer, { ...form.value, address }));
  if ("asked" in erased) {
    const headers = { "Set-Cookie": endedSessionCookie() };
    return redirect(accountDeletedPath, { status: 303, headers });
  }
  const { refused } = erased;
  if (refused === "limited") {
    const refusal = form.refuse({ form: { id: "deleteAccount.limited" } });
    const headers = { "Retry-After": `${erased.retryAfter}` };
    return data(refusedForm(refusal.result), { status: 429, headers });
  }
  const field = fields[refused];
  const refusal = form.refuse({ [field]: { id: `deleteAccount.refused.${refused}` } });
  return data(refusedForm(refusal.result), { status: refusal.status });
}

/** Beside which field it is said. */
const fields = {
  lastAdmin: "form",
  wrongPassword: "password",
  wrongEmail: "email",
  wrongName: "name",
} as const;

export default function DeleteAccountPage() {
  const t = useT();
  const { erasure, standing } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const isLockedOut = standing === "lockedOut";
  return (
    <Page title={t("deleteAccount.title")}>
      <DeleteAccount erasure={erasure} errors={refused?.errors} />
      <p className="mt-6 text-sm">
        <Link
          to={isLockedOut ? sanctionsPath : settingsPath}
          className="py-3 underline underline-offset-2"
        >
          {t(isLockedOut ? "ownData.toDecisions" : "ownData.toSettings")}
        </Link>
      </p>
    </Page>
  );
}
