import type { ReactNode } from "react";
import type { Message } from "~/chats/message";
import { isOfHost } from "~/chats/system-event";
import type { Language } from "~/ui/i18n";
import { Icon } from "~/ui/icon";
import type { Still } from "~/ui/stills";
import { MessageActions } from "./message-actions";
import { MessageText } from "./message-text";
import { messagePreview, systemParts, takenBack } from "./phrases";
import { PictureGrid } from "./picture-grid";

export type Mark = "sending" | "waiting" | "sent" | "delivered" | "read" | "failed";

type Props = {
  message: Message;
  /** Handed down, because a page has many messages and each hook in each of them counts. */
  language: Language;
  mine: boolean;
  /** The address points at it. */
  isTarget?: boolean;
  /** Follows one of the same sender closely: his name is said already. */
  grouped: boolean;
  mark?: Mark;
  quoted?: Message;
  mayReply: boolean;
  mayEdit: boolean;
  mayUnsend: boolean;
  mayReport: boolean;
  /** Stands for the pictures of a message that is on its way. */
  pictures?: ReactNode;
  /** What stands below a message that could not be sent. */
  footer?: ReactNode;
};

export function MessageItem({
  message,
  language,
  mine,
  grouped,
  mark,
  quoted,
  pictures,
  footer,
  isTarget,
  ...allowed
}: Props) {
  const { t, format } = language;
  const { sender, event, seq } = message;
  const nobody = isOfHost(message) ? "app.marketplace" : "app.name";
  const createdAt = new Date(message.createdAt);
  const label = t("chat.message.label", {
    sender: mine ? t("chat.you") : (sender?.name ?? t(nobody)),
    time: format.moment(createdAt),
  });
  if (event) {
    const { title, words } = systemParts(event, message.body);
    return (
      <article id={`m-${seq}`} data-seq={seq} aria-label={label} className="message-system">
        <p>{t(title.id, title.values)}</p>
        {words && <p dir="auto">{words}</p>}
      </article>
    );
  }
  return (
    <article
      id={seq ? `m-${seq}` : undefined}
      data-seq={seq || undefined}
      aria-label={label}
      className={`message ${mine ? "message-mine" : "message-theirs"}${grouped ? " message-grouped" : ""}${isTarget ? " message-target" : ""}`}
    >
      <div className="message-bubble">
        {!grouped && !mine && (
          <span dir="auto" className="message-sender">
            {sender?.name}
            {sender?.role === "moderator" && <i> {t("chat.moderator")}</i>}
          </span>
        )}
        {quoted && <Quote message={quoted} language={language} />}
        {message.deletedAt ? (
          <p className="flex items-center gap-1.5 text-muted italic">
            <Icon className="icon-ban size-4" />
            {t(takenBack(message).id)}
          </p>
        ) : (
          <>
            {pictures ??
              (message.attachments.length > 0 && (
                <PictureGrid attachments={message.attachments} t={t} />
              ))}
            {message.body && <MessageText text={message.body} links={message.links} />}
          </>
        )}
        <p className="message-foot">
          {message.editedAt && !message.deletedAt && <span>{t("chat.message.edited")}</span>}
          <time dateTime={message.createdAt}>{format.time(createdAt)}</time>
          {mark && (
            <span title={t(`chat.mark.${mark}`)} className={markClass[mark]}>
              {t(`chat.mark.${mark}`)}
            </span>
          )}
        </p>
      </div>
      {seq > 0 && <MessageActions message={message} t={t} {...allowed} />}
      {footer}
    </article>
  );
}

type StillProps = Omit<Props, "pictures" | "footer">;

/** A message that is stored: its version stands for what it says. */
export function messageStill(props: StillProps): Still {
  const { message, language, quoted, mine, grouped, mark, isTarget } = props;
  const { mayReply, mayEdit, mayUnsend, mayReport } = props;
  const looks = [mine, grouped, mark, isTarget, mayReply, mayEdit, mayUnsend, mayReport].join();
  return {
    id: message.seq,
    key: `${language.key} ${looks}${versionOf(message)}${quoted ? versionOf(quoted) : ""}`,
    make: () => <MessageItem {...props} />,
  };
}

/** No name holds the character that ends it here: PostgreSQL takes none with it. */
const versionOf = ({ id, version, sender }: Message) => ` ${id} ${version} ${sender?.name}\0`;

const markClass: Record<Mark, string> = {
  sending: "message-mark icon-clock",
  waiting: "message-mark icon-cloud-off",
  sent: "message-mark icon-check",
  delivered: "message-mark icon-check-check",
  read: "message-mark icon-check-check text-accent",
  failed: "message-mark icon-circle-exclamation-point text-danger",
};

/** What a message answers; leads there. */
export function Quote({ message, language }: { message: Message; language: Language }) {
  const preview = messagePreview(message);
  return (
    <a href={`?around=${message.seq}#m-${message.seq}`} className="message-quote">
      <span dir="auto" className="block truncate font-semibold text-accent">
        {message.sender?.name}
      </span>
      <span dir="auto" className="line-clamp-2 text-muted [overflow-wrap:anywhere]">
        {typeof preview === "string" ? preview : language.t(preview.id, preview.values)}
      </span>
    </a>
  );
}
