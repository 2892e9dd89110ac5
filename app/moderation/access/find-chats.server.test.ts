import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { unsendMessage } from "~/chats/revise.server";
import { db, sql } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { say } from "~test/sending";
import { openDispute } from "../disputes/open-dispute.server";
import { findChats } from "./find-chats.server";
import type { FoundSort } from "./found-chat";

const moderator = () => makeUser(db, { role: "moderator" });

async function find(q: string, asked: Partial<Parameters<typeof findChats>[2]> = {}) {
  const plain = { filter: "all", sort: "latest", within: "about", size: 1_000 } as const;
  return findChats(db, await moderator(), { ...plain, q, ...asked });
}

const idsOf = ({ chats }: Awaited<ReturnType<typeof find>>) => chats.map(({ id }) => id);

test("a chat is found by its id and its case, by people and by subject", async () => {
  const chat = await makeChat(db);
  const [{ email } = { email: "" }] =
    await sql`select email from users where id = ${chat.seller.id}`;
  const wants = { reason: "payment", wish: "refund", statement: "Where is it?" } as const;
  const opened = await openDispute(db, chat.buyer, { chatId: chat.id, ...wants });
  const disputeId = opened && "disputeId" in opened ? opened.disputeId : "";
  const people = [chat.buyer.id, chat.seller.id.toUpperCase(), email.toUpperCase()];
  for (const q of [chat.id, disputeId, ...people, chat.reference, chat.reference.slice(2, 20)]) {
    const found = await find(q);
    expect([q, idsOf(found)]).toEqual([q, [chat.id]]);
    expect(found.chats[0]).toMatchObject({ caseId: disputeId, matches: null, status: "open" });
  }
  for (const q of [randomUUID(), "nobody@test.example", "%", "_", "\\", "' or true"]) {
    expect(idsOf(await find(q))).toEqual([]);
  }
  expect(idsOf(await find(chat.id, { filter: "cases" }))).toEqual([chat.id]);
  expect(idsOf(await find(chat.id, { filter: "closed" }))).toEqual([]);
});

test("words in messages are counted and not shown, and the search is in the audit log", async () => {
  const chat = await makeChat(db);
  const word = `w${randomUUID().replaceAll("-", "")}`;
  await say(db, chat.buyer, chat.id, `A secret ${word} of mine`);
  await say(db, chat.seller, chat.id, `${word} again`);
  await say(db, chat.seller, chat.id, `Not ${word}`);
  await unsendMessage(db, chat.seller, { chatId: chat.id, seq: 4, windowMs: 60_000 });
  expect(idsOf(await find(word))).toEqual([]);
  const viewer = await moderator();
  const asked = { filter: "all", sort: "latest", within: "messages", q: word, size: 30 } as const;
  const found = await findChats(db, viewer, asked);
  expect(found.chats).toMatchObject([{ id: chat.id, matches: 2 }]);
  expect(JSON.stringify(found)).not.toMatch(/secret|again/);
  const entries = await sql`select action, details from audit_log where actor_id = ${viewer.id}`;
  expect(entries.map(({ action }) => action)).toEqual(["chat.searched"]);
  expect(JSON.stringify(entries)).not.toContain(word);
  for (const q of ["?!", "👍", "'"])
    expect(idsOf(await find(q, { within: "messages" }))).toEqual([]);
});

test("a private thread is found by nobody", async () => {
  const chat = await makeChat(db);
  const wants = { reason: "payment", wish: "refund", statement: "Where is it?" } as const;
  const opened = await openDispute(db, chat.buyer, { chatId: chat.id, ...wants });
  const disputeId = opened && "disputeId" in opened ? opened.disputeId : "";
  const [row] = await sql`
    insert into chats (id, subject_id, buyer_id, dispute_id, private_to)
    select ${randomUUID()}, subject_id, buyer_id, ${disputeId}, buyer_id from chats
    where id = ${chat.id} returning id`;
  expect(idsOf(await find(chat.reference))).toEqual([chat.id]);
  expect(idsOf(await find(row?.id))).toEqual([]);
});

test("pages neither repeat nor miss a chat, in each order", async () => {
  for (let at = 0; at < 5; at += 1) await makeChat(db);
  await sql`update chats set last_message_at = date_trunc('hour', last_message_at)`;
  for (const sort of ["latest", "newest", "oldest"] satisfies FoundSort[]) {
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const page = await find("", { sort, size: 2, after });
      ids.push(...idsOf(page));
      after = page.next ?? undefined;
    } while (after);
    expect(ids).toEqual(idsOf(await find("", { sort })));
    expect(new Set(ids).size).toBe(ids.length);
  }
  for (const after of ["", "nonsense", "2026-02-31T00:00:00.000Z_x", "\0"]) {
    expect(idsOf(await find("", { after })).length).toBeGreaterThanOrEqual(5);
  }
});
