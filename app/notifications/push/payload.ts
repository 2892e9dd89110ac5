/** What a notification shows, in its reader's language: a service worker has no sentences of its own. */
type Shown = {
  title: string;
  body: string;
  /** Where a click leads, on this origin. */
  path: string;
  /** Of one tag a device shows one notification, the last. */
  tag: string;
  lang: string;
};

/** Of a chat, up to `seq`; `unread` counts messages in all of the person's chats. */
type OfChat = Shown & { chatId: string; seq: number; unread: number };

/** What a push says to the service worker. */
export type PushPayload =
  /** The chat has unread messages. */
  | (OfChat & { kind: "messages" })
  /** What was shown of the chat was read elsewhere, or is not there any more; then the rest is shown. */
  | (OfChat & { kind: "read"; rest?: { title: string; body: string } })
  | (Shown & { kind: "notification"; notificationId: string });

export const chatTag = (chatId: string) => `chat-${chatId}`;
