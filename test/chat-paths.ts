import { randomUUID } from "node:crypto";
import type { Viewer } from "~/accounts/viewer";
import { findChat } from "~/chats/clock.server";
import { closeChat } from "~/chats/close.server";
import { readChatPage, readHistory } from "~/chats/history.server";
import { markRead, setArchived } from "~/chats/positions.server";
import { editMessage, unsendMessage } from "~/chats/revise.server";
import { sendMessage } from "~/chats/send.server";
import { beatTyping } from "~/chats/typing.server";
import type { Db } from "~/db/client.server";
import { muteChat, unmuteChat } from "~/notifications/mute.server";
import { blockPerson, unblockPerson } from "~/safety/blocks/block-person.server";
import { fileReport } from "~/safety/reports/file-report.server";

type Path = (db: Db, viewer: Viewer, chatId: string) => Promise<unknown>;

const revision = { seq: 2, body: "Mine", windowMs: 60_000 };

/** All that one can do in a chat: null for whoever is not in it. */
export const chatPaths: [string, Path][] = [
  ["find", (db, viewer, chatId) => findChat(db, viewer, chatId)],
  ["read", (db, viewer, chatId) => readHistory(db, viewer, { chatId, size: 40 })],
  ["read a page", (db, viewer, chatId) => readChatPage(db, viewer, { chatId, size: 40, about: 1 })],
  [
    "send",
    (db, viewer, chatId) => sendMessage(db, viewer, { chatId, clientId: randomUUID(), body: "Hi" }),
  ],
  [
    "send in a transaction",
    (db, viewer, chatId) =>
      db.transaction((tx) =>
        sendMessage(tx, viewer, { chatId, clientId: randomUUID(), body: "Hi" }),
      ),
  ],
  ["edit", (db, viewer, chatId) => editMessage(db, viewer, { chatId, ...revision })],
  ["unsend", (db, viewer, chatId) => unsendMessage(db, viewer, { chatId, ...revision })],
  ["type", (db, viewer, chatId) => beatTyping(db, viewer, chatId)],
  ["close", (db, viewer, chatId) => closeChat(db, viewer, chatId)],
  ["report", (db, viewer, chatId) => fileReport(db, viewer, { chatId, reason: "scam" })],
  ["mark read", (db, viewer, chatId) => markRead(db, viewer, { chatId, seq: 1 })],
  ["archive", (db, viewer, chatId) => setArchived(db, viewer, chatId, true)],
  ["block", (db, viewer, chatId) => blockPerson(db, viewer, chatId)],
  ["unblock", (db, viewer, chatId) => unblockPerson(db, viewer, chatId)],
  ["mute", (db, viewer, chatId) => muteChat(db, viewer, { chatId, time: "1h" })],
  ["unmute", (db, viewer, chatId) => unmuteChat(db, viewer, chatId)],
  ["unarchive", (db, viewer, chatId) => setArchived(db, viewer, chatId, false)],
];
