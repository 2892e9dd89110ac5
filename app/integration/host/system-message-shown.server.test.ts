import { randomUUID } from "node:crypto";
import { eq, sql as statement } from "drizzle-orm";
import { beforeAll, expect, test, vi } from "vitest";
import { createSession } from "~/accounts/sessions.server";
import { listChats } from "~/chats/list.server";
import type { Message } from "~/chats/message";
import { findMessage } from "~/chats/messages.server";
import { pushSubscriptions, users } from "~/db/schema";
import { exportCase, exportOwnChat } from "~/moderation/transcripts/export.server";
import { defaultChoices } from "~/notifications/choices";
import { listNotifications } from "~/notifications/list.server";
import { digestContent } from "~/notifications/mail/digest";
import { mailLanguage } from "~/notifications/mail/mail-language.server";
import { readUnreadChat, readWaiting } from "~/notifications/mail/unread-chats.server";
import { wordsOf } from "~/notifications/push/message-words.server";
import { readUnread } from "~/notifications/push/unread.server";
import { followMessages } from "~/notifications/tail.server";
import { erasePerson } from "~/retention/erase/erase-person.server";
import { diskStorage } from "~/storage/disk.server";
import { messagePreview, systemParts } from "~/ui/chat/phrases";
import { makeCase } from "~test/cases";
import { db, sql } from "~test/database";
import { askToErase, eraseMeans } from "~test/erasing";
import { makeChat } from "~test/factories";
import { makeHost } from "~test/hosts";
import { readRouteTable } from "~test/route-table";
import { makeDiskStorage } from "~test/storages";
import { documentOf, means } from "~test/transcripts";
import { pagesOf, send, serveApp } from "~test/web";
import { postSystemMessage } from "./post-system-message.server";

vi.setConfig({ testTimeout: 60_000 });

const storage = diskStorage({ folder: "/nowhere" });
const words = 'Parcel <script>alert(1)</script> {name} & "42" left the depot';
const asHtml =
  "Parcel &lt;script&gt;alert(1)&lt;/script&gt; {name} &amp; &quot;42&quot; left the depot";

async function post(chatId: string, body = words): Promise<Message> {
  const posted = await postSystemMessage(db, storage, await makeHost(db), chatId, {
    clientId: randomUUID(),
    body,
  });
  if (!posted || !("message" in posted)) throw new Error("Nothing was posted");
  return posted.message;
}

let pages: Awaited<ReturnType<typeof pagesOf>>;
beforeAll(async () => {
  pages = await pagesOf(await readRouteTable());
});

const page = async (viewer: { id: string }, path: string) => {
  const { origin } = await serveApp({ pages });
  const Cookie = `session=${(await createSession(db, viewer.id)).token}`;
  const { status, body } = await send(origin + path, { headers: { Cookie } });
  expect(status).toBe(200);
  return body;
};

test("the chat's page shows it as the marketplace's, as text", async () => {
  const chat = await makeChat(db);
  await post(chat.id);
  for (const viewer of [chat.buyer, chat.seller]) {
    const html = await page(viewer, `/chats/${chat.id}`);
    expect(html).toMatch(/<article[^>]*aria-label="Marketplace,[^>]*class="message-system"/);
    expect(html).toContain(`<p>Marketplace</p><p dir="auto">${asHtml}</p>`);
    expect(html).not.toContain("<script>alert(1)");
  }
});

test("the list and what answers it show it in one line", async () => {
  const chat = await makeChat(db);
  const message = await post(chat.id);
  expect(await page(chat.seller, "/chats")).toContain(`Marketplace: ${asHtml}`);
  expect(messagePreview(message)).toEqual({ id: "chat.system.host", values: { text: words } });
  expect(systemParts({ kind: "host" }, null)).toEqual({
    title: { id: "app.marketplace" },
    words: null,
  });
});

test("a search finds it by its words", async () => {
  const chat = await makeChat(db);
  await post(chat.id, "Handed over at the quokka counter");
  const { chats } = await listChats(db, chat.buyer, { filter: "all", q: "quokka", size: 30 });
  expect(chats).toMatchObject([{ chat: { id: chat.id }, match: { seq: 2 } }]);
  expect(await page(chat.buyer, "/chats?q=quokka")).toContain("Handed over at the quokka counter");
});

test("moderators read and find it under the case", async () => {
  const { chat, moderator, disputeId } = await makeCase(db);
  await post(chat.id);
  const html = await page(moderator, `/admin/disputes/${disputeId}`);
  expect(html).toContain(`<p dir="auto">${asHtml}</p>`);
  expect(await page(moderator, `/admin/disputes/${disputeId}?q=depot`)).toContain(asHtml);
});

test("it calls both sides as a message does: by push, by mail and in the centre", async () => {
  const chat = await makeChat(db);
  await followMessages(db);
  for (const { id: userId, sessionId } of [chat.buyer, chat.seller]) {
    const endpoint = `https://push.example/${randomUUID()}`;
    const keys = { p256dh: "key", auth: "secret" };
    await db.insert(pushSubscriptions).values({ userId, sessionId, endpoint, ...keys });
  }
  await sql`update chat_participants set read_seq = 1, delivered_seq = 1 where chat_id = ${chat.id}`;
  await post(chat.id);
  await followMessages(db);
  for (const person of [chat.buyer, chat.seller]) {
    const jobs = await db.execute<{ task: string }>(statement`
      select t.identifier as task from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
      where j.payload ->> 'userId' = ${person.id} order by task`);
    expect(jobs.map(({ task }) => task)).toEqual(["mail-digest", "push-messages"]);
    const unread = await readUnread(db, { userId: person.id, chatId: chat.id });
    if (!unread) throw new Error("Nothing is unread");
    expect(unread.count).toBe(1);
    const told = { locale: "en", pushContent: "full" } as const;
    expect(wordsOf(unread, told)).toEqual({ title: "Marketplace", body: words });
    const few = wordsOf(unread, { ...told, pushContent: "sender" });
    expect(few.title).toBe("Marketplace");
    expect(few.body).not.toContain("Parcel");
    const { groups } = await listNotifications(db, person, { size: 10 });
    expect(groups).toMatchObject([{ kind: "message", chat: { id: chat.id } }]);
  }
  const [waiting] = await readWaiting(db, chat.seller.id);
  const unread = waiting && (await readUnreadChat(db, chat.seller.id, waiting));
  if (!unread) throw new Error("Nothing is unread");
  const digest = { chats: [unread], further: 0, urlOf: () => "", chatsUrl: "" };
  const language = mailLanguage("en", "UTC");
  const mail = digestContent({ ...digest, content: "full" }, language);
  expect(mail.subject).toBe("New message from Marketplace");
  expect(JSON.stringify(mail.parts)).toContain(JSON.stringify(words));
  const brief = digestContent({ ...digest, content: "sender" }, language);
  expect(JSON.stringify(brief)).not.toContain("depot");
});

test("what a chat says of itself still calls nobody", async () => {
  const chat = await makeChat(db);
  await followMessages(db);
  expect(await readUnread(db, { userId: chat.seller.id, chatId: chat.id })).toBeNull();
  expect(await readWaiting(db, chat.seller.id)).toEqual([]);
  expect(defaultChoices.byKind.message.push).toBe(true);
});

test("transcripts and own copies hold it as the marketplace's, and verify", async () => {
  const { chat, moderator, disputeId } = await makeCase(db);
  const { seq } = await post(chat.id);
  const full = { disputeId, copy: "full" } as const;
  const document = documentOf(await exportCase(db, moderator, { ...full, format: "json" }, means));
  const own = documentOf(
    await exportOwnChat(db, chat.buyer, { chatId: chat.id, format: "json" }, means),
  );
  for (const { messages } of [document, own]) {
    const record = messages.find((one) => one.seq === seq);
    expect(record).toMatchObject({ event: { kind: "host" }, parts: { body: { value: words } } });
  }
  const html = await exportCase(db, moderator, { ...full, format: "html" }, means);
  const shown = html?.bytes.toString() ?? "";
  expect(shown).toContain("Marketplace");
  expect(shown).toContain("Parcel &lt;script&gt;alert(1)&lt;/script&gt;");
});

test("a name in it goes when its person is erased", async () => {
  const { storage: own } = makeDiskStorage();
  const chat = await makeChat(db);
  const name = `Quillon Zeffer${randomUUID().slice(0, 4)}`;
  await db.update(users).set({ name }).where(eq(users.id, chat.buyer.id));
  const { seq } = await post(chat.id, `Collected by ${name} today`);
  await askToErase(db, chat.buyer.id);
  await erasePerson(db, eraseMeans(own), chat.buyer.id, new Date());
  const left = await findMessage(db, chat.id, seq);
  expect(left?.body).not.toContain("Zeffer");
  expect(left?.body).toMatch(/^Collected by .* today$/);
});
