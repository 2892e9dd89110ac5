import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "~test/database";
import { makeChat, makeUser, pay } from "~test/factories";
import { say } from "~test/sending";
import { readHistory } from "./history.server";
import { listChats } from "./list.server";
import { sendMessage } from "./send.server";
import { maxUnits } from "./text-length";

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

test.each([
  ["short words", (at: number) => `${String.fromCodePoint(0x4e00 + (at % 20_000))}${at % 7} `],
  ["addresses", (at: number) => `${at.toString(36)}.example.com/${at.toString(36)} `],
  ["words with hyphens", (at: number) => `\u00e4${at.toString(36)}-\u00f6${at.toString(36)} `],
  ["control characters", () => "\u0001"],
])("a text of %s that is as long as any can be is stored and can be searched", async (_, word) => {
  const chat = await makeChat(db);
  await pay(db, chat);
  let body = "begin ";
  for (let at = 0; body.length < maxUnits; at++) body += word(at);
  body = `${body.slice(0, maxUnits - 4)} end`;
  await say(db, chat.buyer, chat.id, body);
  const { chats } = await listChats(db, chat.buyer, { filter: "all", q: "begin end", size: 1 });
  expect(chats[0]?.match?.body).toBe(body);
});
