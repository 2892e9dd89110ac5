import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData, useLocation } from "@remix-run/react";
import { z } from "zod";
import { requireViewer } from "~/accounts/viewer.server";
import { privacyForm, readPrivacy, savePrivacy } from "~/chats/privacy.server";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { readForm } from "~/http/forms.server";
import { reportsPath, sanctionsPath, settingsPath } from "~/http/paths";
import { unblockForm } from "~/safety/blocks/block-form";
import { unblock } from "~/safety/blocks/block-person.server";
import { listBlocked } from "~/safety/blocks/list-blocked.server";
import { BlockedPeople } from "~/ui/blocked-people";
import { useT } from "~/ui/i18n";
import { Page } from "~/ui/page";
import { titled } from "~/ui/page-title";
import { SettingsSection } from "~/ui/settings-section";
import { Switch } from "~/ui/switch";

export { withOutsideSentences as clientLoader } from "~/ui/client-catalogs";
export const handle = titled({ id: "settings.title" });
export const headers = answerHeaders;

const blockedAtOnce = 30;

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const after = new URL(request.url).searchParams.get("blocked") ?? undefined;
  const [privacy, blocked] = await Promise.all([
    readPrivacy(db, viewer),
    listBlocked(db, viewer, { after, size: blockedAtOnce }),
  ]);
  return { privacy, blocked, isFirst: !after };
}

const settingsForm = z.discriminatedUnion("intent", [privacyForm, unblockForm]);

/** Each section is a form of its own; `intent` says which was saved. */
export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const form = await readForm(request, settingsForm);
  if (!form.ok) {
    const errors = Object.values(form.result.error ?? {}).flatMap((phrases) => phrases ?? []);
    return data({ errors, intent: form.result.initialValue?.intent }, { status: form.status });
  }
  const { value } = form;
  if (value.intent === "privacy") await savePrivacy(db, viewer, value);
  else await unblock(db, viewer, value.personId);
  const place = value.intent === "unblock" ? "#blocked" : "";
  return redirect(`${settingsPath}?saved=${value.intent}${place}`, 303);
}

export default function Settings() {
  const t = useT();
  const { privacy, blocked, isFirst } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const saved = new URLSearchParams(useLocation().search).get("saved");
  const isOfBlocked = answer?.intent === "unblock";
  return (
    <Page title={t("settings.title")}>
      <SettingsSection
        // What was chosen elsewhere shows here, too.
        key={JSON.stringify(privacy)}
        intent="privacy"
        title={t("settings.privacy")}
        isSaved={saved === "privacy"}
        errors={isOfBlocked ? undefined : answer?.errors}
      >
        <Switch
          name="sharesReads"
          label={t("settings.reads")}
          hint={t("settings.readsText")}
          defaultChecked={privacy.sharesReads}
        />
        <Switch
          name="sharesPresence"
          label={t("settings.presence")}
          hint={t("settings.presenceText")}
          defaultChecked={privacy.sharesPresence}
        />
      </SettingsSection>
      <BlockedPeople
        blocked={blocked}
        isFirst={isFirst}
        isUnblocked={saved === "unblock"}
        errors={isOfBlocked ? answer?.errors : undefined}
      />
      <p className="mt-6 flex flex-wrap gap-x-6 text-sm">
        <Link to={reportsPath} className="py-3 underline underline-offset-2">
          {t("settings.reports")}
        </Link>
        <Link to={sanctionsPath} className="py-3 underline underline-offset-2">
          {t("settings.decisions")}
        </Link>
      </p>
    </Page>
  );
}
