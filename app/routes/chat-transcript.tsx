import type { LoaderFunctionArgs } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { readAsViewer } from "~/accounts/viewer.server";
import { findChat } from "~/chats/clock.server";
import { idShape } from "~/chats/drafts";
import { found } from "~/http/found.server";
import { chatPath, transcriptFilePath } from "~/http/paths";
import { isSide } from "~/moderation/permissions";
import { buttonClass } from "~/ui/button";
import { Card } from "~/ui/card";
import { useT } from "~/ui/i18n";
import { Page } from "~/ui/page";
import { titled } from "~/ui/page-title";

export { withModerationSentences as clientLoader } from "~/ui/route-sentences";
export const handle = titled({ id: "ownTranscript.title" });

/** Where a side of a chat gets its copy. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const chatId = found(idShape.safeParse(params.chatId).data);
  const { viewer, result } = await readAsViewer(request, (db, viewer) =>
    findChat(db, viewer, chatId),
  );
  const chat = found(result);
  found(isSide(viewer, chat) || null);
  return { chatId: chat.id, subject: chat.subject.title };
}

export default function ChatTranscript() {
  const t = useT();
  const { chatId, subject } = useLoaderData<typeof loader>();
  return (
    <Page title={t("ownTranscript.title")} intro={t("ownTranscript.intro")}>
      <Card className="max-w-2xl space-y-4 p-5 md:p-6">
        <h2 dir="auto" className="font-semibold text-lg">
          {subject}
        </h2>
        <p>{t("ownTranscript.what")}</p>
        <ul className="flex flex-wrap gap-3">
          {(["pdf", "html", "json"] as const).map((format) => (
            <li key={format}>
              <a
                href={transcriptFilePath(chatId, format)}
                className={buttonClass(format === "pdf" ? "primary" : "secondary")}
              >
                {t(`ownTranscript.download.${format}`)}
              </a>
            </li>
          ))}
        </ul>
        <p className="text-muted text-sm">{t("ownTranscript.check")}</p>
        <p>
          <Link to={chatPath(chatId)} className="underline underline-offset-2">
            {t("ownTranscript.back")}
          </Link>
        </p>
      </Card>
    </Page>
  );
}
