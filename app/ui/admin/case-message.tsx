import { Link } from "@remix-run/react";
import type { ReactNode } from "react";
import type { Message } from "~/chats/message";
import { isOfHost } from "~/chats/system-event";
import type { CaseMessage } from "~/moderation/access/case-message";
import { MessageText } from "~/ui/chat/message-text";
import { messagePreview, systemParts } from "~/ui/chat/phrases";
import { PictureGrid } from "~/ui/chat/picture-grid";
import type { Language } from "~/ui/i18n";
import { Icon } from "~/ui/icon";

import { MarkedText } from "./marked-text";
import { MessageVerdicts } from "./message-verdicts";

type Props = {
  message: CaseMessage;
  language: Language;
  /** Of the same sender as the one above it, and close to it. */
  grouped: boolean;
  isTarget: boolean;
  quoted?: Message;
  /** Where it is removed; none where it cannot be. */
  redactPath?: string;
  /** What stands below it: the form to remove it. */
  children?: ReactNode;
};

/** A message as it was and as it became: nothing of it is hidden from who decides. */
export function CaseMessageItem(props: Props) {
  const { message, language, grouped, isTarget, quoted, redactPath, children } = props;
  const { t, format } = language;
  const { sender, event, seq } = message;
  const createdAt = new Date(message.createdAt);
  const label = t("chat.message.label", {
    sender: sender?.name ?? t(isOfHost(message) ? "app.marketplace" : "app.name"),
    time: format.moment(createdAt),
  });
  if (event) {
    const { title, words } = systemParts(event, message.body);
    return (
      <article id={`m-${seq}`} data-seq={seq} aria-label={label} className="message-system">
        <p>
          {t(title.id, title.values)} ·{" "}
          <time dateTime={message.createdAt}>{format.time(createdAt)}</time>
        </p>
        {words && <p dir="auto">{words}</p>}
      </article>
    );
  }
  const isSeller = sender?.role === "seller";
  // What a filter found is marked, and no link: nobody should follow it by mistake.
  const found = message.verdicts.flatMap(({ reasons }) => reasons.flatMap(({ words }) => words));
  const isStaff = sender?.role === "moderator";
  return (
    <article
      id={`m-${seq}`}
      data-seq={seq}
      data-row
      tabIndex={-1}
      aria-label={label}
      className={`group/row message outline-none ${isSeller ? "message-mine" : "message-theirs"}${grouped ? " message-grouped" : ""}${isTarget ? " message-target" : ""}`}
    >
      <div
        className={`message-bubble ${isStaff ? "border border-accent bg-surface!" : ""} group-focus/row:ring-2 group-focus/row:ring-focus`}
      >
        {!grouped && sender && (
          <span className="message-sender">
            <bdi>{sender.name}</bdi>{" "}
            <span className="font-normal text-muted text-xs">{t(`case.side.${sender.role}`)}</span>
          </span>
        )}
        {quoted && <Answered message={quoted} language={language} />}
        <Earlier message={message} language={language} />
        {message.attachments.length > 0 && <PictureGrid attachments={message.attachments} t={t} />}
        {message.body &&
          (found.length > 0 ? (
            <MarkedText text={message.body} words={found} />
          ) : (
            <MessageText text={message.body} links={message.links} />
          ))}
        <TakenAway message={message} language={language} />
        <p className="message-foot">
          {message.editedAt && (
            <span>
              {t("case.message.edited", { time: format.time(new Date(message.editedAt)) })}
            </span>
          )}
          <time dateTime={message.createdAt}>{format.time(createdAt)}</time>
        </p>
      </div>
      {redactPath && !message.isRedacted && (
        <Link
          to={redactPath}
          preventScrollReset
          title={t("case.redact")}
          className="message-action icon-shield-x"
        >
          {t("case.redact")}
        </Link>
      )}
      <MessageVerdicts verdicts={message.verdicts} />
      {children}
    </article>
  );
}

function Answered({ message, language }: { message: Message; language: Language }) {
  const preview = messagePreview(message);
  return (
    <p className="message-quote">
      <bdi className="block truncate font-semibold text-accent">{message.sender?.name}</bdi>
      <span dir="auto" className="line-clamp-2 text-muted [overflow-wrap:anywhere]">
        {typeof preview === "string" ? preview : language.t(preview.id, preview.values)}
      </span>
    </p>
  );
}

/** What it said before it was changed, the oldest first. */
function Earlier({ message, language }: { message: CaseMessage; language: Language }) {
  const { t, format } = language;
  if (message.earlier.length === 0) return null;
  return (
    <ol className="mb-1.5 space-y-1 border-warning border-s-4 ps-2.5 text-sm">
      {message.earlier.map(({ version, body, replacedAt }) => (
        <li key={version}>
          <span className="text-warning text-xs">
            {t("case.message.until", { time: format.moment(new Date(replacedAt)) })}
          </span>
          <del dir="auto" className="block whitespace-pre-wrap text-muted [overflow-wrap:anywhere]">
            {body ?? t("case.message.noWords")}
          </del>
        </li>
      ))}
    </ol>
  );
}

/** By its sender or by a moderator: the sides do not see it any more. */
function TakenAway({ message, language }: { message: CaseMessage; language: Language }) {
  const { t, format } = language;
  const { deletedAt, redaction } = message;
  if (!deletedAt) return null;
  const time = format.moment(new Date(deletedAt));
  return (
    <div className="mt-1 rounded-lg bg-danger-soft px-2.5 py-1.5 text-danger text-sm">
      <p className="flex items-start gap-1.5">
        <Icon className="icon-ban mt-0.5 size-4" />
        {redaction
          ? t("case.message.redacted", { name: redaction.by.name, time })
          : t("case.message.unsent", { time })}
      </p>
      {redaction && (
        <p dir="auto" className="[overflow-wrap:anywhere]">
          {redaction.reason}
        </p>
      )}
    </div>
  );
}
