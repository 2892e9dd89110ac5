import { expect, test } from "vitest";
import type { Message } from "~/chats/message";
import { LiveStore } from "./store";

const me = "me";
const message = (seq: number, fields: Partial<Message> = {}): Message => ({
  id: `message ${seq}`,
  chatId: "chat",
  seq,
  version: seq + 1,
  clientId: `client ${seq}`,
  sender: { id: "other", name: "Other", role: "seller" },
  type: "text",
  body: "Hello",
  links: [],
  event: null,
  attachments: [],
  replyTo: null,
  createdAt: "2026-01-15T12:00:00.000Z",
  editedAt: null,
  deletedAt: null,
  isRedacted: false,
  ...fields,
});
const mine = { sender: { id: me, name: "Me", role: "buyer" as const } };

test("a message of the other party is unread, once, however often it comes", () => {
  const store = new LiveStore(me);
  store.created(message(5));
  store.created(message(5));
  expect([store.unreadOf("chat"), store.totalUnread]).toEqual([1, 1]);
});

test("an edit of a message that was read makes nothing unread", () => {
  const store = new LiveStore(me);
  store.updated(message(5, { version: 20, body: "Hello!" }));
  expect(store.totalUnread).toBe(0);
  expect(store.messagesOf("chat").get(5)?.body).toBe("Hello!");
});

test("no own message is unread, and it makes those before it read", () => {
  const store = new LiveStore(me);
  store.created(message(5));
  store.created(message(6, mine));
  expect(store.totalUnread).toBe(0);
});

test("what the server counts wins over what a first message let us guess", () => {
  const store = new LiveStore(me);
  store.created(message(5));
  store.seed([{ chatId: "chat", lastSeq: 5, readSeq: 2 }]);
  expect(store.totalUnread).toBe(3);
});

test("reading one chat leaves the others alone, and never goes backwards", () => {
  const store = new LiveStore(me);
  store.seed([
    { chatId: "chat", lastSeq: 5, readSeq: 2 },
    { chatId: "another", lastSeq: 9, readSeq: 8 },
  ]);
  store.position("chat", me, { readSeq: 5 });
  store.position("chat", me, { readSeq: 3 });
  expect([store.unreadOf("chat"), store.unreadOf("another")]).toEqual([0, 1]);
});

test("an older version never replaces a newer one", () => {
  const store = new LiveStore(me);
  store.updated(message(5, { version: 20, body: "newer" }));
  store.created(message(5, { version: 6, body: "older" }));
  expect(store.messagesOf("chat").get(5)?.body).toBe("newer");
});
