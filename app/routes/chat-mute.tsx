import type { LoaderFunctionArgs } from "@remix-run/node";
import { Form, Link, useLoaderData, useNavigation } from "@remix-run/react";
import { readAsViewer } from "~/accounts/viewer.server";
import { namesOfOthers } from "~/chats/chat";
import { findChat } from "~/chats/clock.server";
import { idShape } from "~/chats/drafts";
import { found } from "~/http/found.server";
import { chatPath, settingsPath } from "~/http/paths";
import { muteTimes } from "~/notifications/mute-form";
import { AskingPage } from "~/ui/asking-page";
import { Button } from "~/ui/button";
import { useLanguage } from "~/ui/i18n";
import { titled } from "~/ui/page-title";

export { withOutsideSentences as clientLoader } from "~/ui/route-sentences";
export const handle = titled({ id: "mute.title" });

/** Says what muting a chat means and asks for how long; `POST /chats/:chatId` does it. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const chatId = found(idShape.safeParse(params.chatId).data);
  const { viewer, result } = await readAsViewer(request, (db, viewer) =>
    findChat(db, viewer, chatId),
  );
  const chat = found(result);
  const { id, mutedUntil } = chat;
  return { chatId: id, name: namesOfOthers(chat, viewer.id), mutedUntil };
}

const meanings = ["quiet", "unread", "told", "decided"] as const;

export default function MutePage() {
  const { t, format } = useLanguage();
  const isBusy = useNavigation().state !== "idle";
  const { chatId, name, mutedUntil } = useLoaderData<typeof loader>();
  const until = () =>
    mutedUntil === "ever"
      ? t("mute.untilEver")
      : t("mute.until", { at: format.moment(new Date(mutedUntil ?? 0)) });
  return (
    <AskingPage
      chatId={chatId}
      icon="icon-bell-off text-muted"
      title={t(mutedUntil ? "mute.done" : "mute.ask", { name })}
      standing={mutedUntil ? until() : undefined}
      meanings={meanings.map((meaning) => t(`mute.means.${meaning}`, { name }))}
      more={
        <p>
          <Link to={`${settingsPath}#notifications`} className="underline underline-offset-2">
            {t("mute.settings")}
          </Link>
        </p>
      }
    >
      <Form method="post" action={chatPath(chatId)}>
        {mutedUntil ? (
          <Button name="intent" value="unmute" disabled={isBusy}>
            {t("mute.unmute")}
          </Button>
        ) : (
          <fieldset>
            <legend className="font-medium">{t("mute.for")}</legend>
            <input type="hidden" name="intent" value="mute" />
            <div className="mt-3 grid gap-3 sm:grid-cols-4">
              {muteTimes.map((time) => (
                <Button key={time} variant="secondary" name="for" value={time} disabled={isBusy}>
                  {t(`mute.for.${time}`)}
                </Button>
              ))}
            </div>
          </fieldset>
        )}
      </Form>
    </AskingPage>
  );
}
