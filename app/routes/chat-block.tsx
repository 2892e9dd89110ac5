import type { LoaderFunctionArgs } from "@remix-run/node";
import { Form, Link, useLoaderData, useNavigation } from "@remix-run/react";
import { readAsViewer } from "~/accounts/viewer.server";
import { findChat } from "~/chats/clock.server";
import { idShape } from "~/chats/drafts";
import { may, otherSide } from "~/chats/permissions";
import { found } from "~/http/found.server";
import { chatPath, reportPath, settingsPath } from "~/http/paths";
import { Button, buttonClass } from "~/ui/button";
import { useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import { titled } from "~/ui/page-title";

export { withOutsideSentences as clientLoader } from "~/ui/client-catalogs";
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
    <div className="h-full overflow-y-auto">
      <div className="mx-auto max-w-2xl px-4 py-8 md:px-6">
        <h1 className="flex items-center gap-3 font-semibold text-2xl tracking-tight [overflow-wrap:anywhere]">
          <Icon className="icon-ban size-7 shrink-0 text-danger" />
          {t(isBlocked ? "block.done" : "block.ask", { name })}
        </h1>
        <ul className="mt-5 list-disc space-y-2 ps-6 marker:text-muted">
          {meanings.map((meaning) => (
            <li key={meaning}>{t(`block.means.${meaning}`, { name })}</li>
          ))}
        </ul>
        <Form method="post" action={chatPath(chatId)} className="mt-6 flex flex-wrap gap-3">
          <Button
            name="intent"
            value={isBlocked ? "unblock" : "block"}
            disabled={isBusy}
            className={isBlocked ? "" : "bg-danger text-surface hover:bg-danger"}
          >
            {t(isBlocked ? "block.unblock" : "block.button", { name })}
          </Button>
          <Link to={chatPath(chatId)} className={buttonClass("secondary")}>
            {t("chat.cancel")}
          </Link>
        </Form>
        <p className="mt-8 border-line border-t pt-4 text-muted text-sm">
          {t("block.orReport")}{" "}
          <Link to={reportPath(chatId)} className="text-accent underline underline-offset-2">
            {t("block.report", { name })}
          </Link>
        </p>
        <p className="mt-2 text-muted text-sm">
          <Link to={`${settingsPath}#blocked`} className="underline underline-offset-2">
            {t("block.list")}
          </Link>
        </p>
      </div>
    </div>
  );
}
