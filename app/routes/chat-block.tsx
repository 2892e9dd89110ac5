import type { LoaderFunctionArgs } from "@remix-run/node";
import { Form, Link, useLoaderData, useNavigation } from "@remix-run/react";
import { readAsViewer } from "~/accounts/viewer.server";
import { findChat } from "~/chats/clock.server";
import { idShape } from "~/chats/drafts";
import { may, otherSide } from "~/chats/permissions";
import { found } from "~/http/found.server";
import { chatPath, reportPath, settingsPath } from "~/http/paths";
import { AskingPage } from "~/ui/asking-page";
import { Button } from "~/ui/button";
import { useT } from "~/ui/i18n";
import { titled } from "~/ui/page-title";

export { withOutsideSentences as clientLoader } from "~/ui/route-sentences";
export const handle = titled({ id: "block.title" });

/** Asks once before a person is blocked, and says what that means; `POST /chats/:chatId` does it. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const chatId = found(idShape.safeParse(params.chatId).data);
  const { viewer, result } = await readAsViewer(request, (db, viewer) =>
    findChat(db, viewer, chatId),
  );
  const chat = found(result);
  const person = found(may.block(viewer, chat) ? otherSide(viewer, chat) : null);
  return { chatId: chat.id, name: person.name, isBlocked: chat.isBlocked };
}

const meanings = ["both", "nothing", "quiet", "moderators"] as const;

export default function BlockPage() {
  const t = useT();
  const isBusy = useNavigation().state !== "idle";
  const { chatId, name, isBlocked } = useLoaderData<typeof loader>();
  return (
    <AskingPage
      chatId={chatId}
      icon="icon-ban text-danger"
      title={t(isBlocked ? "block.done" : "block.ask", { name })}
      meanings={meanings.map((meaning) => t(`block.means.${meaning}`, { name }))}
      more={
        <>
          <p>
            {t("block.orReport")}{" "}
            <Link to={reportPath(chatId)} className="text-accent underline underline-offset-2">
              {t("block.report", { name })}
            </Link>
          </p>
          <p>
            <Link to={`${settingsPath}#blocked`} className="underline underline-offset-2">
              {t("block.list")}
            </Link>
          </p>
        </>
      }
    >
      <Form method="post" action={chatPath(chatId)}>
        <Button
          name="intent"
          value={isBlocked ? "unblock" : "block"}
          disabled={isBusy}
          className={isBlocked ? "" : "bg-danger text-surface hover:bg-danger"}
        >
          {t(isBlocked ? "block.unblock" : "block.button", { name })}
        </Button>
      </Form>
    </AskingPage>
  );
}
