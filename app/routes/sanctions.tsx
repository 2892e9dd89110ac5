import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { requireSession } from "~/accounts/viewer.server";
import { db } from "~/db/db.server";
import { readForm } from "~/http/forms.server";
import { found } from "~/http/found.server";
import { chatsPath, logoutPath, sanctionsPath } from "~/http/paths";
import { refusedForm } from "~/http/refused-form";
import { acknowledgeSanction, appealSanction } from "~/moderation/people/sanction-appeals.server";
import { ownSanctionForm } from "~/moderation/people/sanction-forms";
import { ownSanctions } from "~/moderation/people/sanction-history.server";
import { Button, buttonClass } from "~/ui/button";
import { useLanguage, useT } from "~/ui/i18n";
import { OwnSanctionCard } from "~/ui/own-sanction-card";
import { Page } from "~/ui/page";
import { titled } from "~/ui/page-title";

export { withReportSentences as clientLoader } from "~/ui/client-catalogs";
export const handle = titled({ id: "sanctions.title" });

/** The one page of somebody who is suspended or banned; others read here what they were told. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { viewer, standing } = await requireSession(request);
  return { standing, sanctions: await ownSanctions(db, viewer.id) };
}

export async function action({ request }: ActionFunctionArgs) {
  const { viewer } = await requireSession(request);
  const form = await readForm(request, ownSanctionForm);
  if (!form.ok) return data(refusedForm(form.result), { status: form.status });
  if (form.value.intent === "acknowledge") {
    found(await acknowledgeSanction(db, viewer, form.value.id));
    return redirect(sanctionsPath, 303);
  }
  const appealed = found(await appealSanction(db, viewer, form.value));
  if ("appealed" in appealed) return redirect(`${sanctionsPath}#${form.value.id}`, 303);
  const refusal = form.refuse({ text: { id: `sanctions.appeal.${appealed.refused}` } });
  return data(refusedForm(refusal.result), { status: refusal.status });
}

export default function Sanctions() {
  const t = useT();
  const { sanctions, standing } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const active = sanctions.filter(({ isActive }) => isActive);
  const past = sanctions.filter(({ isActive }) => !isActive);
  return (
    <Page title={t("sanctions.title")} intro={sanctions.length ? undefined : t("sanctions.none")}>
      <div className="max-w-2xl space-y-5">
        <Standing />
        {active.map((one) => (
          <OwnSanctionCard key={one.id} heading="h2" sanction={one} refused={refused} />
        ))}
        {past.length > 0 && (
          <section aria-labelledby="past" className="space-y-5">
            <h2 id="past" className="pt-4 font-semibold text-lg">
              {t("sanctions.past")}
            </h2>
            {past.map((one) => (
              <OwnSanctionCard key={one.id} heading="h3" sanction={one} refused={refused} />
            ))}
          </section>
        )}
        {standing === "lockedOut" ? (
          <Form method="post" action={logoutPath}>
            <Button variant="secondary">{t("app.signOut")}</Button>
          </Form>
        ) : (
          <Link to={chatsPath} className={buttonClass("secondary")}>
            {t("sanctions.toChats")}
          </Link>
        )}
      </div>
    </Page>
  );
}

/** What it means now, in a sentence: until when, if there is an end. */
function Standing() {
  const { t, format } = useLanguage();
  const { sanctions, standing } = useLoaderData<typeof loader>();
  if (standing !== "lockedOut") return null;
  const shut = sanctions.filter(({ isActive, kind }) => isActive && kind !== "warning");
  const isBanned = shut.some(({ endsAt }) => endsAt === null);
  const end = shut
    .map(({ endsAt }) => endsAt ?? "")
    .sort()
    .at(-1);
  return (
    <div role="status" className="rounded-xl bg-danger-soft px-4 py-3 text-danger">
      {isBanned || !end
        ? t("sanctions.banned")
        : t("sanctions.suspended", { end: format.moment(new Date(end)) })}
    </div>
  );
}
