import type { Chat } from "~/chats/chat";
import { chatPath } from "~/http/paths";
import { buttonClass } from "~/ui/button";
import { followed } from "~/ui/followed-links";
import { type MessageId, type Phrase, useT } from "~/ui/i18n";
import { Icon } from "~/ui/icon";

type Props = {
  chat: Pick<Chat, "id" | "status" | "isBlocked">;
  /** Whom the viewer talks to. */
  name: string;
  errors?: Phrase[];
  typed?: string;
};

const reasons: Record<string, MessageId> = {
  closed: "chat.closed",
  frozen: "chat.frozen",
  archived: "chat.archivedStatus",
};

/** Why nobody can write here. What was typed and cannot be sent any more can still be copied. */
export default function ComposerClosed({ chat, name, errors, typed }: Props) {
  const t = useT();
  return (
    <div
      data-apart="closed"
      className="border-line border-t bg-sunken px-6 py-4 text-center text-muted text-sm"
    >
      {errors && (
        <p role="alert" className="mb-2 text-danger">
          {errors.map((error) => t(error.id, error.values)).join(" ")}
        </p>
      )}
      <p className="flex items-center justify-center gap-2">
        <Icon className="icon-lock size-4 shrink-0" />
        {chat.isBlocked ? t("chat.blocked", { name }) : t(reasons[chat.status] ?? "chat.closed")}
      </p>
      {chat.isBlocked && (
        <form method="post" action={chatPath(chat.id)} {...followed} className="mt-2">
          <button type="submit" name="intent" value="unblock" className={buttonClass("secondary")}>
            {t("chat.unblock")}
          </button>
        </form>
      )}
      {typed && (
        <textarea
          readOnly
          dir="auto"
          aria-label={t("chat.unsaved")}
          value={typed}
          className="composer-kept"
        />
      )}
    </div>
  );
}
