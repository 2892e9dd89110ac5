import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { withdrawDispute } from "~/moderation/disputes/withdraw.server";
import { exportCaseChat, exportTranscriptAsHost } from "~/moderation/transcripts/export.server";
import { makeCase } from "~test/cases";
import { db, sql } from "~test/database";
import { makeUser } from "~test/factories";
import { makeHost } from "~test/hosts";
import { makeWholeChat, meansOf, run } from "~test/kept-chats";
import { say } from "~test/sending";
import { makeDiskStorage } from "~test/storages";
import { documentOf, means } from "~test/transcripts";

vi.setConfig({ testTimeout: 60_000 });

async function whole() {
  const { storage } = makeDiskStorage();
  const [host, chat] = [await makeHost(db, "Shop <b>"), await makeWholeChat(db, storage)];
  return { host, chat, storage, means: { ...means, storage } };
}

test("the host's copy says by which key it was made, and verifies; so does the audit log", async () => {
  const { host, chat, means } = await whole();
  const asked = { chatId: chat.id, format: "json" } as const;
  const file = await exportTranscriptAsHost(db, host, asked, means);
  expect(documentOf(file)).toMatchObject({
    copy: "host",
    exportedBy: null,
    exportedByKey: { id: host.keyId, name: host.keyName },
    chatId: chat.id,
    caseId: null,
  });
  const html = await exportTranscriptAsHost(db, host, { ...asked, format: "html" }, means);
  const text = html?.bytes.toString() ?? "";
  expect(text).toContain("host, key Shop &lt;b&gt;");
  expect(text).toContain("Copy for the marketplace");
  const pdf = await exportTranscriptAsHost(db, host, { ...asked, format: "pdf" }, means);
  expect(pdf?.bytes.subarray(0, 5).toString()).toBe("%PDF-");
  const entries = await sql`select actor_role, details::jsonb from audit_log
    where chat_id = ${chat.id} and action = 'transcript.exported' order by seq`;
  const key = { id: host.keyId, name: host.keyName };
  expect(entries.map(({ details }) => details)).toEqual(
    ["json", "html", "pdf"].map((format) => ({ format, copy: "host", key })),
  );
});

test("it holds what both sides see, and nothing that is for moderators alone", async () => {
  const { host, chat, means } = await whole();
  await sql`update users set shares_reads = false where id = ${chat.buyer.id}`;
  const file = await exportTranscriptAsHost(db, host, { chatId: chat.id, format: "json" }, means);
  const text = file?.bytes.toString() ?? "";
  for (const hidden of [
    "rather not say this",
    "quite an insult",
    "A rule was broken",
    "It never came to me",
    "tell us more",
    "It is a nice colour",
  ]) {
    expect(text).not.toContain(hidden);
  }
  for (const shown of ["Is the red bicycle still there?", "A lovely colour", chat.seller.name]) {
    expect(text).toContain(shown);
  }
  const { threads, verdicts, disputes, people } = documentOf(file);
  expect([threads, verdicts]).toEqual([[], []]);
  expect(disputes).toMatchObject([
    { statement: null, pictures: [], decision: "The money goes back" },
  ]);
  const read = people.map(({ role, readSeq }) => [role, typeof readSeq]);
  expect(read).toContainEqual(["seller", "number"]);
  expect(people.find(({ role }) => role === "buyer")?.readSeq).toBeNull();
});

test("of an archived chat it is the same", async () => {
  const { host, chat, storage, means } = await whole();
  const read = async () => {
    const asked = { chatId: chat.id, format: "json" } as const;
    return documentOf(await exportTranscriptAsHost(db, host, asked, means));
  };
  const before = await read();
  await run(db, meansOf(storage), chat.id, "archive");
  const [row] = await sql`select status from chats where id = ${chat.id}`;
  expect(row?.status).toBe("archived");
  const after = await read();
  expect(after.messages).toEqual(before.messages);
  expect(after.head).toEqual(before.head);
  expect([after.threads, after.people]).toEqual([before.threads, before.people]);
});

test("private threads and chats that are not there are null, and leave no entry", async () => {
  const { host, chat, means } = await whole();
  for (const chatId of [chat.threadId, randomUUID()]) {
    expect(await exportTranscriptAsHost(db, host, { chatId, format: "json" }, means)).toBeNull();
    const rows = await sql`select 1 from audit_log
      where chat_id = ${chatId} and action = 'transcript.exported'`;
    expect(rows).toHaveLength(0);
  }
});

test("a moderator exports a chat by its id while a case is open on it, and only then", async () => {
  const { chat, moderator, disputeId } = await makeCase(db);
  await say(db, chat.buyer, chat.id, "Where is it?");
  const asked = { chatId: chat.id, format: "json", copy: "full" } as const;
  const document = documentOf(await exportCaseChat(db, moderator, asked, means));
  expect(document).toMatchObject({ copy: "full", caseId: disputeId, exportedBy: moderator.id });
  expect(document.exportedByKey).toBeUndefined();
  for (const viewer of [await makeUser(db), chat.buyer]) {
    expect(await exportCaseChat(db, viewer, asked, means)).toBeNull();
  }
  await withdrawDispute(db, chat.buyer, chat.id);
  expect(await exportCaseChat(db, moderator, asked, means)).toBeNull();
});
