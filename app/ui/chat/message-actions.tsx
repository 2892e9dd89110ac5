import { Form } from "@remix-run/react";
import type { Message } from "~/chats/message";
import { reportPath } from "~/http/paths";
import { followed } from "~/ui/followed-links";
import type { Language } from "~/ui/i18n";
import { Menu } from "~/ui/menu";

type Props = {
  message: Pick<Message, "chatId" | "seq" | "deletedAt">;
  t: Language["t"];
  mayReply: boolean;
  mayEdit: boolean;
  mayUnsend: boolean;
  mayReport: boolean;
};

const unsendForm = "unsend";

/** What can be done with a message. Its links are plain: the log follows them. */
export function MessageActions({ message, t, mayReply, mayEdit, mayUnsend, mayReport }: Props) {
  const { chatId, seq, deletedAt } = message;
  const isShown = mayReply && !deletedAt;
  if (!mayEdit && !mayUnsend) {
    if (!isShown && !mayReport) return null;
    return (
      <span className="message-actions">
        {isShown && (
          <a href={`?reply=${seq}`} className="message-action icon-reply rtl:-scale-x-100">
            {t("chat.reply")}
          </a>
        )}
        {mayReport && (
          <a href={reportPath(chatId, { seq })} {...followed} className="message-action icon-flag">
            {t("chat.report")}
          </a>
        )}
      </span>
    );
  }
  return (
    <Menu
      label={t("chat.message.menu")}
      summaryClass="message-action"
      iconClass="icon-ellipsis size-4"
      // On a phone there is no room beside a wide bubble: the menu opens over it.
      placeClass="md:relative"
      panelClass="end-3 bottom-9 w-40 md:end-0 md:bottom-full"
    >
      {isShown && (
        <a href={`?reply=${seq}`} className="menu-item">
          {t("chat.reply")}
        </a>
      )}
      {mayEdit && (
        <a href={`?edit=${seq}`} className="menu-item">
          {t("chat.edit")}
        </a>
      )}
      {mayUnsend && (
        <button
          type="submit"
          form={unsendForm}
          name="seq"
          value={seq}
          className="menu-item text-danger"
        >
          {t("chat.unsend")}
        </button>
      )}
    </Menu>
  );
}

/** The one form that all the log's buttons "Unsend" belong to. */
export function UnsendForm() {
  return (
    <Form id={unsendForm} method="post" preventScrollReset>
      <input type="hidden" name="intent" value="unsend" />
    </Form>
  );
}
