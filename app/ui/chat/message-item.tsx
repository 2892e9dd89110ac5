import { Form, Link } from "@remix-run/react";
import {
  Ban,
  Check,
  CheckCheck,
  CircleAlert,
  Clock,
  CloudOff,
  Ellipsis,
  Reply,
} from "lucide-react";
import type { ReactNode } from "react";
import type { Message } from "~/chats/message";
import { useFormat, useT } from "~/ui/i18n";
import { Menu, menuItemClass } from "~/ui/menu";
import { OneLine } from "~/ui/one-line";
import { MessageText } from "./message-text";
import { messagePreview, systemPhrase } from "./phrases";

export type Mark = "sending" | "waiting" | "sent" | "delivered" | "read" | "failed";

type Props = {
  message: Message;
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
  /** What stands below a message that could not be sent. */
  footer?: ReactNode;
};

export function MessageItem({
  message,
  mine,
  grouped,
  mark,
  quoted,
  footer,
  isTarget,
  ...allowed
}: Props) {
  const t = useT();
  const { moment } = useFormat();
  const { sender, event, seq } = message;
  const label = t("chat.message.label", {
    sender: mine ? t("chat.you") : (sender?.name ?? t("app.name")),
    time: moment(new Date(message.createdAt)),
  });
  if (event) {
    return (
      <article
        id={`m-${seq}`}
        data-seq={seq}
        aria-label={label}
        className="my-3 flex justify-center px-6"
      >
        <p className="rounded-full bg-sunken px-4 py-1.5 text-center text-muted text-sm">
          {t(systemPhrase(event).id)}
        </p>
      </article>
    );
  }
  return (
    <article
      id={seq ? `m-${seq}` : undefined}
      data-seq={seq || undefined}
      aria-label={label}
      className={`group/message relative flex scroll-my-24 flex-col px-3 md:px-6 ${mine ? "items-end" : "items-start"} ${grouped ? "mt-0.5" : "mt-3"}`}
    >
      <div
        className={`flex max-w-[88%] items-end gap-1 md:max-w-[min(75%,38rem)] ${mine ? "flex-row-reverse" : ""}`}
      >
        <div
          className={`min-w-0 rounded-bubble px-3.5 py-2 shadow-bubble group-target/message:ring-2 ring-focus ${isTarget ? "ring-2" : ""} ${mine ? "rounded-ee-md bg-mine" : "rounded-es-md bg-theirs"}`}
        >
          {!grouped && !mine && (
            <OneLine className="font-semibold text-accent text-sm">{sender?.name}</OneLine>
          )}
          {quoted && <Quote message={quoted} />}
          <Body message={message} />
          <Footer message={message} mark={mark} />
        </div>
        {seq > 0 && !message.deletedAt && <Actions seq={seq} {...allowed} />}
      </div>
      {footer}
    </article>
  );
}

function Body({ message }: { message: Message }) {
  const t = useT();
  if (!message.deletedAt) return <MessageText text={message.body ?? ""} />;
  return (
    <p className="flex items-center gap-1.5 text-muted italic">
      <Ban aria-hidden className="size-4 shrink-0" />
      {t("chat.message.unsent")}
    </p>
  );
}

function Footer({ message, mark }: Pick<Props, "message" | "mark">) {
  const t = useT();
  const { time } = useFormat();
  return (
    <p className="mt-0.5 flex items-center justify-end gap-1 text-muted text-xs">
      {message.editedAt && !message.deletedAt && <span>{t("chat.message.edited")}</span>}
      <time dateTime={message.createdAt}>{time(new Date(message.createdAt))}</time>
      {mark && <MarkIcon mark={mark} />}
    </p>
  );
}

const icons = {
  sending: Clock,
  waiting: CloudOff,
  sent: Check,
  delivered: CheckCheck,
  read: CheckCheck,
  failed: CircleAlert,
};

function MarkIcon({ mark }: { mark: Mark }) {
  const t = useT();
  const Icon = icons[mark];
  const tone = mark === "read" ? "text-accent" : mark === "failed" ? "text-danger" : "";
  return (
    <span className={tone} title={t(`chat.mark.${mark}`)}>
      <Icon aria-hidden className="size-3.5" />
      <span className="sr-only">{t(`chat.mark.${mark}`)}</span>
    </span>
  );
}

/** What a message answers; leads there. */
export function Quote({ message }: { message: Message }) {
  const t = useT();
  const preview = messagePreview(message);
  return (
    <Link
      to={{ search: `?around=${message.seq}`, hash: `#m-${message.seq}` }}
      className="mb-1.5 block rounded-lg border-accent border-s-4 bg-canvas/60 px-2.5 py-1.5 text-sm"
    >
      <span dir="auto" className="block truncate font-semibold text-accent">
        {message.sender?.name}
      </span>
      <span dir="auto" className="line-clamp-2 text-muted [overflow-wrap:anywhere]">
        {typeof preview === "string" ? preview : t(preview.id, preview.values)}
      </span>
    </Link>
  );
}

function Actions({
  seq,
  mayReply,
  mayEdit,
  mayUnsend,
}: Pick<Props, "mayReply" | "mayEdit" | "mayUnsend"> & { seq: number }) {
  const t = useT();
  if (!mayReply) return null;
  const quiet =
    "flex size-8 items-center justify-center rounded-full text-muted opacity-60 hover:bg-sunken hover:text-ink hover:opacity-100 focus-visible:opacity-100 pointer-fine:opacity-0 pointer-fine:group-hover/message:opacity-100";
  if (!mayEdit && !mayUnsend) {
    return (
      <Link to={`?reply=${seq}`} preventScrollReset aria-label={t("chat.reply")} className={quiet}>
        <Reply aria-hidden className="size-4 rtl:-scale-x-100" />
      </Link>
    );
  }
  return (
    <Menu
      label={t("chat.message.menu")}
      summaryClass={`${quiet} group-open/menu:opacity-100`}
      // On a phone there is no room beside a wide bubble: the menu opens over it.
      placeClass="md:relative"
      panelClass="end-3 bottom-9 w-40 md:end-0 md:bottom-full"
      icon={<Ellipsis aria-hidden className="size-4" />}
    >
      <Link to={`?reply=${seq}`} preventScrollReset className={menuItemClass}>
        {t("chat.reply")}
      </Link>
      {mayEdit && (
        <Link to={`?edit=${seq}`} preventScrollReset className={menuItemClass}>
          {t("chat.edit")}
        </Link>
      )}
      {mayUnsend && (
        <Form method="post" preventScrollReset>
          <input type="hidden" name="seq" value={seq} />
          <button
            type="submit"
            name="intent"
            value="unsend"
            className={`${menuItemClass} text-danger`}
          >
            {t("chat.unsend")}
          </button>
        </Form>
      )}
    </Menu>
  );
}
