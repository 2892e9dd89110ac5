import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { useActionData, useLoaderData, useLocation } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { privacyForm, readPrivacy, savePrivacy } from "~/chats/privacy.server";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { readForm } from "~/http/forms.server";
import { settingsPath } from "~/http/paths";
import { useT } from "~/ui/i18n";
import { Page } from "~/ui/page";
import { titled } from "~/ui/page-title";
import { SettingsSection } from "~/ui/settings-section";
import { Switch } from "~/ui/switch";

export { withOutsideSentences as clientLoader } from "~/ui/client-catalogs";
export const handle = titled({ id: "settings.title" });
export const headers = answerHeaders;

export async function loader({ request }: LoaderFunctionArgs) {
  return { privacy: await readPrivacy(db, await requireViewer(request)) };
}

/** Each section is a form of its own; `intent` says which was saved. */
export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const form = await readForm(request, privacyForm);
  if (!form.ok) {
    const errors = Object.values(form.result.error ?? {}).flatMap((phrases) => phrases ?? []);
    return data({ errors }, { status: form.status });
  }
  await savePrivacy(db, viewer, form.value);
  return redirect(`${settingsPath}?saved=${form.value.intent}`, 303);
}

export default function Settings() {
  const t = useT();
  const { privacy } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const search = new URLSearchParams(useLocation().search);
  return (
    <Page title={t("settings.title")}>
      <SettingsSection
        // What was chosen elsewhere shows here, too.
        key={JSON.stringify(privacy)}
        intent="privacy"
        title={t("settings.privacy")}
        isSaved={search.get("saved") === "privacy"}
        errors={answer?.errors}
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
    </Page>
  );
}
