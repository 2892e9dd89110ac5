import type { Choices } from "~/notifications/choices";
import { mayTell } from "~/notifications/may-tell";

/** What decides when somebody is mailed of a chat's unread messages. */
export type WaitingChat = {
  chatId: string;
  /** To there he has read. */
  readSeq: number;
  /** To there he was mailed of it, and when last. */
  mailedSeq: number;
  mailedAt: Date | null;
  /** When the first came of those that he did not read and was not mailed of. */
  oldestAt: Date;
  mutedUntil: Date | null;
  isBlocked: boolean;
};

/** After the first unread message; then between two mails of a chat that is still not read. */
export const firstMs = 5 * 60_000;
export const betweenMs = 60 * 60_000;

/** When somebody may be mailed of a chat, if he may be mailed at all. */
export function dueAt({ readSeq, mailedSeq, mailedAt, oldestAt }: WaitingChat): Date {
  const first = oldestAt.getTime() + firstMs;
  const isUnreadSince = mailedAt !== null && mailedSeq > readSeq;
  return new Date(isUnreadSince ? Math.max(first, mailedAt.getTime() + betweenMs) : first);
}

/**
 * Which chats somebody is mailed of now, all of them in one mail, and when to look again; null: there
 * is nothing to wait for.
 */
export function planDigest(
  chats: WaitingChat[],
  choices: Choices,
  now: Date,
): { due: string[]; next: Date | null } {
  const due: string[] = [];
  const later: number[] = [];
  for (const chat of chats) {
    const { mutedUntil, isBlocked } = chat;
    const telling = mayTell(choices, {
      kind: "message",
      channel: "mail",
      now,
      mutedUntil,
      isBlocked,
    });
    if (telling === "never") continue;
    const at = dueAt(chat).getTime();
    if (telling === "now" && at <= now.getTime()) due.push(chat.chatId);
    else later.push(telling === "now" ? at : Math.max(at, telling.at.getTime()));
  }
  return { due, next: later.length ? new Date(Math.min(...later)) : null };
}
