import type { Chat } from "~/chats/chat";
import type { Message } from "~/chats/message";
import type { History, Received, Revision, Row, Send, Shown } from "../history";

const chatId = "chat";
const [buyer, seller] = ["buyer", "seller"];

export const row = (seq: number, more: Partial<Row> = {}): Row => ({
  id: `message ${seq}`,
  seq,
  version: seq,
  createdVersion: seq,
  clientId: `client ${seq}`,
  senderId: buyer,
  body: `words ${seq}`,
  earlier: [],
  isUnsent: false,
  ...more,
});

export const send = (seq: number, more: Partial<Send> = {}): Send => ({
  chatId,
  userId: buyer,
  clientId: `client ${seq}`,
  body: `words ${seq}`,
  outcome: "ok",
  tries: 1,
  startedAt: 10 * seq,
  endedAt: 10 * seq + 5,
  answers: [{ id: `message ${seq}`, seq }],
  ...more,
});

export const revision = (seq: number, more: Partial<Revision> = {}): Revision => {
  const { answers: _, clientId: __, ...asked } = send(seq);
  return { ...asked, seq, what: "edit", body: `other words ${seq}`, ...more };
};

export const created = (seq: number, more: Partial<Received> = {}): Received => ({
  at: 10 * seq,
  event: "message.created",
  id: `cursor ${seq}`,
  chatId,
  version: seq,
  message: message(row(seq)),
  ...more,
});

export function shown(rows: Row[], unread = 0): Shown {
  const chat = { id: chatId, status: "open", lastSeq: rows.length, participants: [] };
  return { chat: chat as unknown as Chat, messages: rows.map(message), unread };
}

function message({ id, seq, version, body }: Row): Message {
  return { id, chatId, seq, version, body } as unknown as Message;
}

/** Three messages that all went well, read by one reader who had loaded an empty chat. */
export function goodHistory(): History & { reading: History["readings"][number] } {
  const rows = [row(1), row(2), row(3)];
  const reading = {
    reader: "Somebody",
    userId: seller,
    lineages: [{ loaded: { [chatId]: 0 }, events: [created(1), created(2), created(3)] }],
    live: [shown(rows, 3)],
    reload: [shown(rows, 3)],
  };
  const unread = { [buyer]: 0, [seller]: 3 };
  return {
    sends: [send(1), send(2), send(3)],
    revisions: [],
    readings: [reading],
    reading,
    chats: [{ id: chatId, version: 3, lastSeq: 3, rows, unread }],
  };
}
