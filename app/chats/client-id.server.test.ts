import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "~test/database";
import { makeChat } from "~test/factories";
import { say } from "~test/sending";
import { closeChat } from "./close.server";
import { readHistory } from "./history.server";
import { editMessage, unsendMessage } from "./revise.server";
import { sendMessage } from "./send.server";

const windowMs = 60_000;

async function sentOnce() {
  const chat = await makeChat(db);
  const draft = { chatId: chat.id, clientId: randomUUID(), body: "Is it still there?" };
  const message = await say(db, chat.buyer, chat.id, draft.body, { clientId: draft.clientId });
  return { chat, draft, message };
}

test("a repeat gets the first message back and adds nothing", async () => {
  const { chat, draft, message } = await sentOnce();
  await say(db, chat.seller, chat.id, "Yes");
  expect(await sendMessage(db, chat.buyer, draft)).toEqual({ message, repeated: true });
  const history = await readHistory(db, chat.buyer, { chatId: chat.id, size: 40 });
  expect(history?.chat).toMatchObject({ lastSeq: 3, version: 4 });
});

test("a repeat is known by what was sent first, also after an edit", async () => {
  const { chat, draft, message } = await sentOnce();
  const at = { chatId: chat.id, seq: message.seq, windowMs };
  await editMessage(db, chat.buyer, { ...at, body: "Is it there?" });
  await editMessage(db, chat.buyer, { ...at, body: "Is it?" });
  expect(await sendMessage(db, chat.buyer, draft)).toMatchObject({
    message: { id: message.id, seq: message.seq, body: "Is it?" },
    repeated: true,
  });
  const other = { ...draft, body: "Is it?" };
  expect(await sendMessage(db, chat.buyer, other)).toEqual({ refused: "clientIdReused" });
});

test("a repeat of an unsent message does not send it again", async () => {
  const { chat, draft, message } = await sentOnce();
  await unsendMessage(db, chat.buyer, { chatId: chat.id, seq: message.seq, windowMs });
  expect(await sendMessage(db, chat.buyer, draft)).toMatchObject({
    message: { id: message.id, body: null },
    repeated: true,
  });
});

test("a repeat is answered after the chat was closed", async () => {
  const { chat, draft, message } = await sentOnce();
  await closeChat(db, chat.seller, chat.id);
  expect(await sendMessage(db, chat.buyer, draft)).toEqual({ message, repeated: true });
});

test("another text under the same client id is refused", async () => {
  const { chat, draft } = await sentOnce();
  const other = { ...draft, body: "Something else" };
  expect(await sendMessage(db, chat.buyer, other)).toEqual({ refused: "clientIdReused" });
});

test("another answered message under the same client id is refused", async () => {
  const { chat, draft, message } = await sentOnce();
  const answer = { ...draft, replyTo: message.seq };
  expect(await sendMessage(db, chat.buyer, answer)).toEqual({ refused: "clientIdReused" });
  const clientId = randomUUID();
  await say(db, chat.buyer, chat.id, "Hm", { clientId, replyTo: 2 });
  const without = { chatId: chat.id, clientId, body: "Hm" };
  expect(await sendMessage(db, chat.buyer, without)).toEqual({ refused: "clientIdReused" });
  const same = { ...without, replyTo: 2 };
  expect(await sendMessage(db, chat.buyer, same)).toMatchObject({ repeated: true });
});

test("the other participant's client ids are his own", async () => {
  const { chat, draft } = await sentOnce();
  expect(await sendMessage(db, chat.seller, draft)).toMatchObject({
    message: { seq: 3, sender: { role: "seller" } },
    repeated: false,
  });
});

test("a client id counts in its chat alone", async () => {
  const { draft } = await sentOnce();
  const other = await makeChat(db);
  const sent = await sendMessage(db, other.buyer, { ...draft, chatId: other.id });
  expect(sent).toMatchObject({ message: { seq: 2 }, repeated: false });
});

test("of two texts at once under one client id the first wins, and the other is refused", async () => {
  const chat = await makeChat(db);
  const clientId = randomUUID();
  const sent = await Promise.all(
    ["One", "Two"].map((body) => sendMessage(db, chat.buyer, { chatId: chat.id, clientId, body })),
  );
  expect(sent.filter((one) => one && "message" in one)).toHaveLength(1);
  expect(sent).toContainEqual({ refused: "clientIdReused" });
});

test("only a message that exists can be answered", async () => {
  const chat = await makeChat(db);
  const draft = { chatId: chat.id, clientId: randomUUID(), body: "Hm" };
  expect(await sendMessage(db, chat.buyer, { ...draft, replyTo: 2 })).toEqual({
    refused: "replyUnknown",
  });
  expect(await sendMessage(db, chat.buyer, { ...draft, replyTo: 1 })).toMatchObject({
    message: { seq: 2, replyTo: 1 },
  });
});
