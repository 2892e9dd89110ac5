import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { editMessage, unsendMessage } from "~/chats/revise.server";
import { db } from "~test/database";
import { makeChat } from "~test/factories";
import { say } from "~test/sending";
import { audit } from "../audit/audit.server";
import { chainHead } from "./chain-head.server";

const hour = 3_600_000;

test("the head of a chat covers every version of every message", async () => {
  const { id: chatId, buyer, seller } = await makeChat(db);
  const heads = [await chainHead(db, chatId)];
  const first = await say(db, buyer, chatId, "Is it still there?");
  heads.push(await chainHead(db, chatId));
  await editMessage(db, buyer, { chatId, seq: first.seq, body: "Still there?", windowMs: hour });
  heads.push(await chainHead(db, chatId));
  await say(db, seller, chatId, "Yes");
  heads.push(await chainHead(db, chatId));
  await unsendMessage(db, buyer, { chatId, seq: first.seq, windowMs: hour });
  heads.push(await chainHead(db, chatId));
  expect(new Set(heads.map(({ head }) => head)).size).toBe(heads.length);
  expect(heads.map(({ version }) => version)).toEqual([2, 3, 4, 5, 6]);
  expect(await chainHead(db, chatId)).toEqual(heads.at(-1));
});

test("a head goes on from the one that the audit log has, to the same end", async () => {
  const { id: chatId, buyer } = await makeChat(db);
  const { seq } = await say(db, buyer, chatId, "Good morning");
  const noted = await chainHead(db, chatId);
  await editMessage(db, buyer, { chatId, seq, body: "Good evening", windowMs: hour });
  await say(db, buyer, chatId, "Are you there?");
  const whole = await chainHead(db, chatId);
  await audit(db, buyer, { action: "dispute.opened", chatId, details: { ...noted } });
  expect(await chainHead(db, chatId)).toEqual(whole);
});

test("a head is another one when somebody changed an old message in the database", async () => {
  const { id: chatId, buyer } = await makeChat(db);
  const { seq } = await say(db, buyer, chatId, "It costs 50");
  const { head } = await chainHead(db, chatId);
  await db.execute(sql`
    update chat_messages set body = 'It costs 500' where chat_id = ${chatId} and seq = ${seq}`);
  expect((await chainHead(db, chatId)).head).not.toBe(head);
});
