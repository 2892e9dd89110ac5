import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Link, useActionData, useLoaderData, useLocation } from "@remix-run/react";
import { z } from "zod";
import { deviceTokenOf } from "~/accounts/device-cookie.server";
import { listSignIns } from "~/accounts/devices.server";
import { requireViewer } from "~/accounts/viewer.server";
import { idShape } from "~/chats/drafts";
import { privacyForm, readPrivacy, savePrivacy } from "~/chats/privacy.server";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { readForm } from "~/http/forms.server";
import { deleteAccountPath, reportsPath, sanctionsPath, settingsPath } from "~/http/paths";
import { readTimeZone } from "~/http/time-zone.server";
import { readChoices, saveChoices } from "~/notifications/choices.server";
import { choicesOf, fieldsOf, notificationsForm } from "~/notifications/choices-form.server";
import { mailWay } from "~/notifications/mail/mail-way.server";
import { noteOpened } from "~/notifications/opened.server";
import { revokePushForm } from "~/notifications/push/subscription-form";
import { listDevices, revoke } from "~/notifications/push/subscriptions.server";
import { environment } from "~/operations/environment.server";
import { listExports } from "~/retention/personal/request-export.server";
import { unblockForm } from "~/safety/blocks/block-form";
import { unblock } from "~/safety/blocks/block-person.server";
import { listBlocked } from "~/safety/blocks/list-blocked.server";
import { buttonClass } from "~/ui/button";
import { Card } from "~/ui/card";
import { useT } from "~/ui/i18n";
import { Page } from "~/ui/page";
import { titled } from "~/ui/page-title";
import { BlockedPeople } from "~/ui/settings/blocked-people";
import { NotificationChoices } from "~/ui/settings/notification-choices";
import { OwnData } from "~/ui/settings/own-data";
import { PushDevices } from "~/ui/settings/push-devices";
import { SettingsSection } from "~/ui/settings/settings-section";
import { SignIns } from "~/ui/settings/sign-ins";
import { Switch } from "~/ui/switch";

export { withSettingsSentences as clientLoader } from "~/ui/route-sentences";
export const handle = titled({ id: "settings.title" });
export const headers = answerHeaders;

const blockedAtOnce = 30;

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const search = new URL(request.url).searchParams;
  const device = idShape.safeParse(search.get("device")).data;
  if (device) await noteOpened(db, viewer, request, { kind: "sign_in", subjectId: device });
  const after = search.get("blocked") ?? undefined;
  const [privacy, choices, devices, signIns, blocked, exports] = await Promise.all([
    readPrivacy(db, viewer),
    readChoices(db, viewer.id),
    listDevices(db, viewer),
    listSignIns(db, viewer, deviceTokenOf(request)),
    listBlocked(db, viewer, { after, size: blockedAtOnce }),
    listExports(db, viewer),
  ]);
  return {
    privacy,
    devices,
    signIns,
    notifications: fieldsOf(choices, readTimeZone(request)),
    // From here, because a browser may know others than the server.
    mailWay: mailWay(environment()),
    timeZones: ["UTC", ...Intl.supportedValuesOf("timeZone")],
    blocked,
    exports,
    isFirst: !after,
  };
}

const settingsForm = z.discriminatedUnion("intent", [
  privacyForm,
  notificationsForm,
  revokePushForm,
  unblockForm,
]);

/** Each section is a form of its own; `intent` says which was saved. */
export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const form = await readForm(request, settingsForm);
  if (!form.ok) {
    const { error, initialValue } = form.result;
    const errors = Object.fromEntries(
      Object.entries(error ?? {}).map(([field, said]) => [field, said ?? []]),
    );
    const typed = initialValue as Record<string, string | undefined> | undefined;
    return data({ errors, typed, intent: typed?.intent }, { status: form.status });
  }
  const { value } = form;
  if (value.intent === "privacy") await savePrivacy(db, viewer, value);
  else if (value.intent === "notifications") await saveChoices(db, viewer, choicesOf(value));
  else if (value.intent === "revokePush") await revoke(db, viewer, value.subscriptionId);
  else await unblock(db, viewer, value.personId);
  return redirect(`${settingsPath}?saved=${value.intent}${places[value.intent]}`, 303);
}

/** Where the page is looked at again. */
const places = {
  privacy: "",
  notifications: "#notifications",
  revokePush: "#push-devices",
  unblock: "#blocked",
};

export default function Settings() {
  const t = useT();
  const loaded = useLoaderData<typeof loader>();
  const { privacy, notifications, timeZones, mailWay, devices, signIns } = loaded;
  const { blocked, exports, isFirst } = loaded;
  const answer = useActionData<typeof action>();
  const saved = new URLSearchParams(useLocation().search).get("saved");
  const refused = (intent: keyof typeof places) => (answer?.intent === intent ? answer : undefined);
  const allOf = (intent: keyof typeof places) =>
    refused(intent) && Object.values(refused(intent)?.errors ?? {}).flat();
  return (
    <Page title={t("settings.title")}>
      <SettingsSection
        // What was chosen elsewhere shows here, too.
        key={JSON.stringify(privacy)}
        intent="privacy"
        title={t("settings.privacy")}
        button={t("settings.save")}
        isSaved={saved === "privacy"}
        errors={allOf("privacy")}
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
      <NotificationChoices
        // But not the time zone, which a page may learn only while somebody fills in the form.
        key={JSON.stringify({ ...notifications, timeZone: undefined })}
        fields={refused("notifications")?.typed ?? notifications}
        timeZones={timeZones}
        mailWay={mailWay}
        isSaved={saved === "notifications"}
        errors={refused("notifications")?.errors}
      />
      <PushDevices
        devices={devices}
        isRevoked={saved === "revokePush"}
        errors={allOf("revokePush")}
      />
      <SignIns devices={signIns} />
      <BlockedPeople
        blocked={blocked}
        isFirst={isFirst}
        isUnblocked={saved === "unblock"}
        errors={allOf("unblock")}
      />
      <OwnData exports={exports} />
      <Card className="mt-4 max-w-2xl p-5 md:p-6">
        <section aria-labelledby="delete-title">
          <h2 id="delete-title" className="font-semibold text-lg">
            {t("deleteAccount.title")}
          </h2>
          <p className="mt-1 text-pretty text-muted text-sm">{t("deleteAccount.text")}</p>
          <Link to={deleteAccountPath} className={buttonClass("secondary", "mt-4")}>
            {t("deleteAccount.title")}
          </Link>
        </section>
      </Card>
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
