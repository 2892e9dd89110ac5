import type { LiveEvent } from "./event-stream";
import { type LiveStore, unshared } from "./store";

type Handle = (store: LiveStore, data: LiveEvent["data"]) => void;

/** What the store makes of each event; others pass by. */
export const events: Record<string, Handle> = {
  "message.created": (store, { message }) => store.created(message),
  "message.updated": (store, { message }) => store.updated(message),
  "chat.created": (store, { chat }) => store.chat(chat),
  "chat.updated": (store, { chat }) => store.chat(chat),
  "notification.created": (store, data) => store.notified(data),
  "notification.read": (store, data) => store.notified(data),
  "chat.read": (store, { chatId, userId, seq }) =>
    store.position(chatId, userId, { readSeq: seq || unshared }),
  "chat.delivered": (store, { chatId, userId, seq }) =>
    store.position(chatId, userId, { deliveredSeq: seq }),
  hello: ({ people }) => people.opened(),
  typing: ({ people }, { chatId, userId }) => people.typed(chatId, userId),
  presence: ({ people }, { userId, online }) => people.came(userId, online),
};
