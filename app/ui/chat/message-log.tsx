import type { ReactNode } from "react";
import { type Chat, othersOf } from "~/chats/chat";
import type { Message } from "~/chats/message";
import { may, otherSide } from "~/chats/permissions";
import { useLanguage } from "~/ui/i18n";
import { type Still, Stills } from "~/ui/stills";
import { type Mark, messageStill } from "./message-item";

/** Messages of one sender that lie this close together, in ms, show as one block. */
const groupMs = 5 * 60_000;

export type LogProps = {
  chat: Chat;
  /** In the order of seq. */
  messages: Message[];
  /** What messages answer, by seq. */
  quoted: ReadonlyMap<number, Message>;
  viewerId: string;
  /** The last message that the viewer had read when he came. */
  readSeq: number;
  now: Date;
  windows: { editMs: number; unsendMs: number };
  /** The seq that the address points at. */
  target?: number;
  /** What is below the last message: those on their way. */
  children?: ReactNode;
};

/** The messages of a chat by day, with the place where the reader stopped. */
export function MessageLog({
  chat,
  messages,
  viewerId,
  readSeq,
  now,
  children,
  ...rest
}: LogProps) {
  const language = useLanguage();
  const { t } = language;
  const { day, dayKey } = language.format;
  const viewer = { id: viewerId };
  const others = othersOf(chat, viewerId);
  const firstNew = messages.find(({ seq, sender }) => seq > readSeq && sender?.id !== viewerId);
  const mark = (seq: number): Mark => {
    if (others.some((other) => other.readSeq >= seq)) return "read";
    return others.some((other) => other.deliveredSeq >= seq) ? "delivered" : "sent";
  };

  const mayReply = may.post(viewer, chat);
  const otherId = otherSide(viewer, chat)?.id;

  let dayBefore = "";
  const stills = messages.flatMap((message, at): Still[] => {
    const before = messages[at - 1];
    const createdAt = new Date(message.createdAt);
    const mine = message.sender?.id === viewerId;
    const sentOn = dayKey(createdAt);
    const newDay = sentOn !== dayBefore;
    dayBefore = sentOn;
    // At the top of a page only where the reader really stopped just before it.
    const isFirstNew = message === firstNew && (at > 0 || message.seq === readSeq + 1);
    return [
      ...(newDay ? [dayLine(sentOn, day(createdAt, now))] : []),
      ...(isFirstNew ? [newLine(t("chat.newMessages"))] : []),
      messageStill({
        message,
        language,
        isTarget: message.seq === rest.target,
        mine,
        grouped: !newDay && !isFirstNew && isClose(before, message),
        mark: mine && !message.deletedAt ? mark(message.seq) : undefined,
        quoted: message.replyTo ? rest.quoted.get(message.replyTo) : undefined,
        mayReply,
        mayEdit: may.edit(viewer, chat, message, now, rest.windows.editMs),
        mayUnsend: may.unsend(viewer, chat, message, now, rest.windows.unsendMs),
        // What was taken back, too: moderators see what it said.
        mayReport: otherId !== undefined && message.sender?.id === otherId,
      }),
    ];
  });
  return (
    <Stills as="div" stills={stills}>
      {children}
    </Stills>
  );
}

const dayLine = (key: string, label: string): Still => ({
  id: key,
  key: `${key} ${label}`,
  make: () => (
    <p className="day-line">
      <time dateTime={key}>{label}</time>
    </p>
  ),
});

const newLine = (label: string): Still => ({
  id: "new",
  key: `new ${label}`,
  make: () => <p className="new-line">{label}</p>,
});

/** Whether a message follows one of the same sender so closely that his name is said already. */
export function isClose(before: Message | undefined, message: Message): boolean {
  if (!before?.sender || before.sender.id !== message.sender?.id) return false;
  return Date.parse(message.createdAt) - Date.parse(before.createdAt) < groupMs;
}
