import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { readHistory } from "./history.server";
import { sendMessage } from "./send.server";

test("a message gets the next place of its chat", async () => {
  const chat = await makeChat(db);
  const draft = { chatId: chat.id, clientId: randomUUID(), body: "Hello" };
  const sent = await sendMessage(db, chat.buyer, draft);
  expect(sent).toMatchObject({ message: { seq: 2, body: "Hello", sender: { role: "buyer" } } });
});

test("the same client id twenty times at once is one message", async () => {
  const chat = await makeChat(db);
  const draft = { chatId: chat.id, clientId: randomUUID(), body: "Hello" };
  const sent = await Promise.all(
    Array.from({ length: 20 }, () => sendMessage(db, chat.buyer, draft)),
  );
  const seqs = sent.map((one) => one && "message" in one && one.message.seq);
  expect(new Set(seqs)).toEqual(new Set([2]));
  const history = await readHistory(db, chat.seller, { chatId: chat.id, size: 40 });
  expect(history?.messages).toHaveLength(2);
});

test("a stranger cannot send, nor tell that the chat exists", async () => {
  const chat = await makeChat(db);
  const draft = { chatId: chat.id, clientId: randomUUID(), body: "Hello" };
  expect(await sendMessage(db, await makeUser(db), draft)).toBeNull();
});
