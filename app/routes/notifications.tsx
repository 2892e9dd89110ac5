import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { Form, Link, useLoaderData } from "@remix-run/react";
import { requireViewer } from "~/accounts/viewer.server";
import { db } from "~/db/db.server";
import { answerHeaders } from "~/http/answer-headers";
import { readForm } from "~/http/forms.server";
import { moreNotificationsPath, notificationsPath, settingsPath } from "~/http/paths";
import { refusedForm } from "~/http/refused-form";
import { centreForm } from "~/notifications/centre-form";
import { groupsOnPage, listNotifications } from "~/notifications/list.server";
import { markNotificationsRead } from "~/notifications/mark-read.server";
import { readUnreadNotifications } from "~/notifications/unread.server";
import { Button, buttonClass } from "~/ui/button";
import { Card } from "~/ui/card";
import { GroupItem } from "~/ui/centre/group-item";
import { useLiveCentre } from "~/ui/centre/use-live-centre";
import { useT } from "~/ui/i18n";
import { Page } from "~/ui/page";
import { titled } from "~/ui/page-title";

export { withCentreSentences as clientLoader } from "~/ui/route-sentences";
export const headers = answerHeaders;
export const handle = titled({ id: "centre.title" });

export async function loader({ request }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const after = new URL(request.url).searchParams.get("after") ?? undefined;
  // Before the list, so that nothing is marked as read with all that the list does not show.
  const { unread, asOf } = await readUnreadNotifications(db, viewer);
  const listed = await listNotifications(db, viewer, { after, size: groupsOnPage });
  return { ...listed, unread, asOf, after: after ?? null };
}

export async function action({ request }: ActionFunctionArgs) {
  const viewer = await requireViewer(request);
  const form = await readForm(request, centreForm);
  if (!form.ok) return data(refusedForm(form.result), { status: form.status });
  await markNotificationsRead(db, viewer, form.value);
  const { pathname, search } = new URL(request.url);
  return redirect(pathname + search, 303);
}

export default function Notifications() {
  const t = useT();
  const { groups, next, unread, asOf, after } = useLoaderData<typeof loader>();
  useLiveCentre();
  return (
    <Page title={t("centre.title")}>
      <div className="max-w-3xl space-y-5">
        {groups.length > 0 && (
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="text-muted text-sm">{t("centre.messagesStay")}</p>
            {unread > 0 && (
              <Form method="post" preventScrollReset>
                <input type="hidden" name="asOf" value={asOf} />
                <Button type="submit" variant="secondary" name="intent" value="readAll">
                  {t("centre.markAll")}
                </Button>
              </Form>
            )}
          </div>
        )}
        {groups.length === 0 && (
          <div className="space-y-2 py-6">
            <p className="font-medium">{t("centre.empty")}</p>
            <p className="text-muted">{t("centre.emptyHow")}</p>
          </div>
        )}
        {groups.length > 0 && (
          <Card className="overflow-hidden">
            <ul aria-label={t("centre.list")} className="divide-y divide-line">
              {groups.map((group) => (
                <GroupItem key={group.kind + group.id} group={group} />
              ))}
            </ul>
          </Card>
        )}
        {(next || after) && (
          <nav aria-label={t("centre.pages")} className="flex justify-center gap-3">
            {after && (
              <Link to={notificationsPath} className={buttonClass("secondary")}>
                {t("centre.first")}
              </Link>
            )}
            {next && (
              <Link to={moreNotificationsPath(next)} className={buttonClass("secondary")}>
                {t("centre.more")}
              </Link>
            )}
          </nav>
        )}
        <p className="text-sm">
          <Link to={`${settingsPath}#notifications`} className="underline underline-offset-2">
            {t("centre.choices")}
          </Link>
        </p>
      </div>
    </Page>
  );
}
