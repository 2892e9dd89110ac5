import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { requireSession } from "~/accounts/viewer.server";
import { db } from "~/db/db.server";
import { readForm } from "~/http/forms.server";
import { found } from "~/http/found.server";
import { chatsPath, logoutPath, ownDataPath, reportsPath, sanctionsPath } from "~/http/paths";
import { type RefusedForm, refusedForm } from "~/http/refused-form";
import { appealFlag } from "~/moderation/flags/appeal-flag.server";
import type { OwnSanctionDecision, Removal } from "~/moderation/people/own-decision";
import { acknowledgeRemoval, ownDecisions } from "~/moderation/people/own-decisions.server";
import { acknowledgeSanction, appealSanction } from "~/moderation/people/sanction-appeals.server";
import { ownSanctionForm } from "~/moderation/people/sanction-forms";
import { noteOpened } from "~/notifications/opened.server";
import { storage } from "~/storage/storage.server";
import { Button, buttonClass } from "~/ui/button";
import { RemovalCard } from "~/ui/decisions/removal-card";
import { SanctionCard } from "~/ui/decisions/sanction-card";
import { useLanguage, useT } from "~/ui/i18n";
import { Page } from "~/ui/page";
import { titled } from "~/ui/page-title";
import { useSight } from "~/ui/sight";

export { withReportSentences as clientLoader } from "~/ui/route-sentences";
export { followsSight as shouldRevalidate } from "~/ui/sight";
export const handle = titled({ id: "sanctions.title" });

/**
 * All that moderators decided about somebody, with their reasons. It is the one page of who is
 * suspended or banned.
 */
export async function loader({ request }: LoaderFunctionArgs) {
  const { viewer, standing } = await requireSession(request);
  await noteOpened(db, viewer, request, { kinds: ["sanction", "removal"] });
  return { standing, ...(await ownDecisions(db, viewer.id, storage)) };
}

/** An id names a sanction or, where a message was removed without one, its flag. */
export async function action({ request }: ActionFunctionArgs) {
  const { viewer } = await requireSession(request);
  const form = await readForm(request, ownSanctionForm);
  if (!form.ok) return data(refusedForm(form.result), { status: form.status });
  const { value } = form;
  if (value.intent === "acknowledge") {
    const { id } = value;
    found(
      (await acknowledgeSanction(db, viewer, id)) ?? (await acknowledgeRemoval(db, viewer, id)),
    );
    return redirect(sanctionsPath, 303);
  }
  const appealed = found(
    (await appealSanction(db, viewer, value)) ?? (await appealFlag(db, viewer, value)),
  );
  if ("appealed" in appealed) return redirect(`${sanctionsPath}#${value.id}`, 303);
  const refusal = form.refuse({ text: { id: `sanctions.appeal.${appealed.refused}` } });
  return data(refusedForm(refusal.result), { status: refusal.status });
}

type Decision = OwnSanctionDecision | Removal;

/** Where removals and sanctions stand among each other: the latest first. */
function inOrder(decisions: Decision[]): Decision[] {
  return decisions.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}

export default function Sanctions() {
  const t = useT();
  useSight();
  const { sanctions, removals, standing } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>();
  const all = inOrder([...sanctions, ...removals]);
  const active = all.filter(({ isActive }) => isActive);
  const past = all.filter(({ isActive }) => !isActive);
  return (
    <Page title={t("sanctions.title")} intro={all.length ? undefined : t("sanctions.none")}>
      <div className="max-w-2xl space-y-5">
        <Standing />
        {active.map((one) => (
          <DecisionOf key={one.id} heading="h2" decision={one} refused={refused} />
        ))}
        {past.length > 0 && (
          <section aria-labelledby="past" className="space-y-5">
            <h2 id="past" className="pt-4 font-semibold text-lg">
              {t("sanctions.past")}
            </h2>
            {past.map((one) => (
              <DecisionOf key={one.id} heading="h3" decision={one} refused={refused} />
            ))}
          </section>
        )}
        {standing === "lockedOut" ? (
          <div className="flex flex-wrap gap-3">
            <Form method="post" action={logoutPath}>
              <Button variant="secondary">{t("app.signOut")}</Button>
            </Form>
            <Link to={ownDataPath} className={buttonClass("quiet")}>
              {t("sanctions.ownData")}
            </Link>
          </div>
        ) : (
          <p className="flex flex-wrap gap-3">
            <Link to={chatsPath} className={buttonClass("secondary")}>
              {t("sanctions.toChats")}
            </Link>
            <Link to={reportsPath} className={buttonClass("quiet")}>
              {t("reports.title")}
            </Link>
          </p>
        )}
      </div>
    </Page>
  );
}

type DecisionProps = { decision: Decision; heading: "h2" | "h3"; refused?: RefusedForm };

function DecisionOf({ decision, ...props }: DecisionProps) {
  return "kind" in decision ? (
    <SanctionCard sanction={decision} {...props} />
  ) : (
    <RemovalCard removal={decision} {...props} />
  );
}

/** What it means now, in a sentence: until when, if there is an end. */
function Standing() {
  const { t, format } = useLanguage();
  const { sanctions, standing, isSuspendedByHost } = useLoaderData<typeof loader>();
  if (standing !== "lockedOut") return null;
  const shut = sanctions.filter(({ isActive, kind }) => isActive && kind !== "warning");
  const box = "rounded-xl bg-danger-soft px-4 py-3 text-danger";
  const byHost = isSuspendedByHost && (
    <div role="status" className={`${box} text-pretty`}>
      {t("sanctions.byMarketplace")}
    </div>
  );
  if (byHost && !shut.length) return byHost;
  const isBanned = shut.some(({ endsAt }) => endsAt === null);
  const end = shut
    .map(({ endsAt }) => endsAt ?? "")
    .sort()
    .at(-1);
  return (
    <>
      {byHost}
      <div role="status" className={box}>
        {isBanned || !end
          ? t("sanctions.banned")
          : t("sanctions.suspended", { end: format.moment(new Date(end)) })}
      </div>
    </>
  );
}
