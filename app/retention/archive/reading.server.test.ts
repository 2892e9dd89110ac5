import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";
import { expect, test, vi } from "vitest";
import { readChanges } from "~/chats/changes.server";
import type { readChatPage } from "~/chats/history.server";
import { countUnread, listChats } from "~/chats/list.server";
import { readSnapshot } from "~/chats/live-source.server";
import { openPicture } from "~/moderation/access/pictures.server";
import { openCase, openDispute } from "~/moderation/disputes/open-dispute.server";
import { ownDecisions } from "~/moderation/people/own-decisions.server";
import { exportOwnChat } from "~/moderation/transcripts/export.server";
import { fileReport } from "~/safety/reports/file-report.server";
import { listOwnReports } from "~/safety/reports/own-reports.server";
import { readReportPage } from "~/safety/reports/read-report-page.server";
import { db, sql } from "~test/database";
import { type makeChat, makeUser } from "~test/factories";
import { runJobs } from "~test/jobs";
import { later, makeLongChat, makeSmallChat, makeWholeChat, meansOf, run } from "~test/kept-chats";
import { makeDiskStorage } from "~test/storages";
import { documentOf, means as exporting } from "~test/transcripts";
import { ArchiveDamaged, type Means } from "../means";
import { readAnyChatPage } from "./archived-page.server";
import { restoreJob } from "./ask-for-restore.server";
import { readArchive } from "./read.server";
import { restoreChat } from "./restore.server";

vi.setConfig({ testTimeout: 60_000 });

async function whole() {
  const { storage, folder } = makeDiskStorage();
  const chat = await makeWholeChat(db, storage);
  return { storage, folder, means: meansOf(storage), chat };
}

async function small() {
  const { storage } = makeDiskStorage();
  const chat = await makeSmallChat(db, storage);
  return { storage, means: meansOf(storage), chat };
}

const restored = (means: Means, chatId: string) => restoreChat(db, means, chatId, new Date());

/** Without what says of the chat that it was archived. */
const shown = (page: Awaited<ReturnType<typeof readChatPage>>) =>
  page && { ...page, chat: { ...page.chat, status: "", version: 0 } };

test("every page of an archived chat shows what it showed before, at every step on the way", async () => {
  const { storage } = makeDiskStorage();
  const means = meansOf(storage);
  const [rich, long] = [await makeWholeChat(db, storage), await makeLongChat(db, 130)];
  const places = [{}, { before: 90 }, { before: 1 }, { after: 3 }, { after: 999 }, { around: 60 }];
  for (const chat of [rich, long]) {
    const read = async (as: "buyer" | "seller") => {
      const pages = [];
      for (const place of [...places, { about: 4 }, { about: 7, before: 3 }]) {
        const asked = { chatId: chat.id, size: chat === rich ? 4 : 40, ...place };
        pages.push(shown(await readAnyChatPage(db, storage, chat[as], asked)));
      }
      return pages;
    };
    const before = [await read("buyer"), await read("seller")];
    expect(before[0]?.[0]?.messages.length).toBeGreaterThan(3);
    const looked = new Set<string>();
    const looking = {
      ...means,
      between: async (step: string) => {
        if (looked.has(step)) return;
        looked.add(step);
        expect([await read("buyer"), await read("seller")], step).toEqual(before);
      },
    };
    await run(db, looking, chat.id, "archive");
    await looking.between("archived");
    looked.delete("batch");
    await restored(looking, chat.id);
    await looking.between("back");
  }
});

test("a private thread is read by whom it is private to, a stranger finds neither", async () => {
  const { storage, means, chat } = await whole();
  const stranger = await makeUser(db);
  const asked = { chatId: chat.threadId, size: 40 };
  const before = shown(await readAnyChatPage(db, storage, chat.buyer, asked));
  await run(db, means, chat.id, "archive");
  expect(shown(await readAnyChatPage(db, storage, chat.buyer, asked))).toEqual(before);
  for (const viewer of [chat.seller, stranger]) {
    expect(await readAnyChatPage(db, storage, viewer, asked)).toBeNull();
  }
  const main = { ...asked, chatId: chat.id };
  expect(await readAnyChatPage(db, storage, stranger, main)).toBeNull();
});

test("pictures are seen as before, those of a message that was taken back are not", async () => {
  const { storage, means, chat } = await whole();
  const [sent] = await sql`select id, message_id from attachments
    where chat_id = ${chat.id} and message_id is not null limit 1`;
  const [evidence] = await sql`select id from attachments
    where chat_id = ${chat.id} and dispute_id is not null`;
  const open = (id: string, viewer = chat.seller) =>
    openPicture(db, storage, viewer, { chatId: chat.id, id, size: "full" });
  await run(db, means, chat.id, "archive");
  expect(await open(sent?.id)).not.toBeNull();
  expect(await open(sent?.id, chat.buyer)).not.toBeNull();
  expect(await open(sent?.id, await makeUser(db))).toBeNull();
  expect(await open(evidence?.id)).toBeNull();
  await restored(means, chat.id);
  await sql`update chat_messages set deleted_at = now(), body = null where id = ${sent?.message_id}`;
  await run(db, means, chat.id, "archive");
  expect(await open(sent?.id)).toBeNull();
});

test("the list shows it as archived, finds it by what and whom it is about, and no word of it", async () => {
  const { means, chat } = await whole();
  const { buyer } = chat;
  const unread = await countUnread(db, chat.seller);
  const find = async (q?: string) =>
    (await listChats(db, buyer, { filter: "all", q, size: 30 })).chats.filter(
      (row) => row.chat.id === chat.id,
    );
  expect(await find("colour")).toHaveLength(1);
  let words = 0;
  const looking: Means = {
    ...means,
    between: async () => {
      const [row] = await find();
      expect(row?.chat.lastSeq).toBeGreaterThan(5);
      if (row?.chat.status !== "archived") return;
      words += (await find("colour")).length;
      expect(row.lastMessage).toBeNull();
    },
  };
  await run(db, looking, chat.id, "archive");
  expect(words).toBe(0);
  expect(await find("red bicycle")).toMatchObject([{ chat: { status: "archived" }, match: null }]);
  expect(await find("Somebody")).toHaveLength(1);
  expect(await countUnread(db, chat.seller)).toBe(unread);
});

test("one’s own transcript is the one from before, and the archive itself is one that verifies", async () => {
  const { storage, folder, means, chat } = await whole();
  const asked = { chatId: chat.id, format: "json" } as const;
  const own = async () =>
    documentOf(await exportOwnChat(db, chat.buyer, asked, { ...exporting, storage }));
  const before = await own();
  await run(db, means, chat.id, "archive");
  const after = await own();
  const of = ({ head, messages, threads, verdicts, disputes }: typeof before) => ({
    ...{ head, messages, threads, verdicts, disputes },
  });
  expect(of(after)).toEqual(of(before));
  expect(before.threads).toHaveLength(1);

  const [row] =
    await sql`select object_key, head_hash from chat_archives where chat_id = ${chat.id}`;
  const stored = await storage.get(row?.object_key);
  const text = gunzipSync(stored ? await buffer(stored.stream) : Buffer.alloc(0));
  const path = join(folder, "archive.json");
  writeFileSync(path, text);
  const said = execFileSync(process.execPath, ["bin/parley-verify.mjs", path]).toString();
  expect(said).toContain("is whole and unchanged");
  expect(row?.head_hash).toBe(before.head.hash);
  const { document } = JSON.parse(text.toString());
  expect(document.people.map(({ name }: { name: unknown }) => name)).toEqual(
    document.people.map(() => null),
  );
  writeFileSync(path, text.toString().replace("lovely", "loathly"));
  expect(() => execFileSync(process.execPath, ["bin/parley-verify.mjs", path])).toThrow();
});

test("what was reported and what was decided says the same words as before", async () => {
  const { storage, means, chat } = await whole();
  const said = async () => [
    await listOwnReports(db, chat.seller, { size: 20, storage }),
    await ownDecisions(db, chat.seller.id, storage),
  ];
  const before = await said();
  expect(JSON.stringify(before)).toContain("silver spoon");
  expect(JSON.stringify(before)).toContain("quite an insult");
  await run(db, means, chat.id, "archive");
  expect(await said()).toEqual(before);
});

test("an archive that is damaged or gone is told apart from a chat that is not there", async () => {
  const { storage, means, chat } = await small();
  await run(db, means, chat.id, "archive");
  const [row] = await sql`select object_key from chat_archives where chat_id = ${chat.id}`;
  const read = () => readAnyChatPage(db, storage, chat.buyer, { chatId: chat.id, size: 40 });
  await storage.put(row?.object_key, Buffer.from("damaged"), "application/gzip");
  await expect(read()).rejects.toThrow(ArchiveDamaged);
  await expect(read()).rejects.toThrow(row?.object_key);
  await storage.remove([row?.object_key]);
  await expect(read()).rejects.toThrow(ArchiveDamaged);
  await sql`update chat_archives set state = 'deleting' where chat_id = ${chat.id}`;
  expect(await read()).toBeNull();
});

test("what was read once is not read again, whoever asks, until it is another archive", async () => {
  const { storage, means, chat } = await small();
  await run(db, means, chat.id, "archive");
  let gets = 0;
  const counted = {
    ...storage,
    get: (...args: Parameters<typeof storage.get>) => {
      gets += 1;
      return storage.get(...args);
    },
  };
  await Promise.all([1, 2, 3].map(() => readArchive(db, counted, chat.id)));
  await readArchive(db, counted, chat.id);
  expect(gets).toBe(1);
  await restored(means, chat.id);
  expect(await readArchive(db, counted, chat.id)).toBeNull();
  await run(db, means, chat.id, "archive");
  await readArchive(db, counted, chat.id);
  expect(gets).toBe(2);
});

test("a dispute, a report and a case bring the chat back first, and say so", async () => {
  const { storage } = makeDiskStorage();
  const means = meansOf(storage);
  const moderator = await makeUser(db, { role: "moderator" });
  type Chat = Awaited<ReturnType<typeof makeChat>>;
  const acts: [string, (chat: Chat) => Promise<unknown>][] = [
    [
      "disputeArchived",
      ({ id: chatId, buyer }) =>
        openDispute(db, buyer, {
          ...{ chatId, reason: "not_received", wish: "refund", statement: "It never came" },
        }),
    ],
    [
      "reportArchived",
      ({ id: chatId, buyer }) => fileReport(db, buyer, { chatId, reason: "scam", seq: 3 }),
    ],
    [
      "disputeArchived",
      ({ id: chatId }) => openCase(db, moderator, { chatId, statement: "Somebody complained" }),
    ],
  ];
  for (const [refused, act] of acts) {
    const chat = await makeLongChat(db, 10);
    const page = () => readReportPage(db, storage, chat.buyer, chat.id, { seq: 3 });
    const before = await page();
    expect(before).toMatchObject({ message: { seq: 3 } });
    await run(db, means, chat.id, "archive");
    expect(await page()).toEqual(before);
    expect(await act(chat)).toEqual({ refused });
    const jobs = { "restore-chat": restoreJob(() => ({ means })) };
    await runJobs(db, { jobs, only: ["restore-chat"], where: { chatId: chat.id } });
    expect(await act(chat)).not.toHaveProperty("refused");
    const [entry] = await sql`select actor_id from audit_log
      where chat_id = ${chat.id} and action = 'chat.restore_asked'`;
    expect(entry?.actor_id).toBeTruthy();
  }
});

test("streams hear of the chat that it is archived and back, and of no message again", async () => {
  const { means, chat } = await small();
  const old = await readSnapshot(db);
  await run(db, means, chat.id, "archive");
  const heard = async () => {
    const { changes } = await readChanges(db, old, { userId: chat.buyer.id });
    // When it was made is known, and left out by whoever sends them on.
    return changes.filter(({ chatId, event }) => chatId === chat.id && event !== "chat.created");
  };
  const status = (change: unknown) => Object(Object(change).data).chat?.status;
  const first = await heard();
  expect(first.map(({ event }) => event)).toEqual(["chat.updated"]);
  expect(status(first[0])).toBe("archived");
  await restored(means, chat.id);
  const second = await heard();
  expect(second.map(({ event }) => event)).toEqual(["chat.updated"]);
  expect(status(second[0])).toBe("closed");
  expect(later.getTime()).toBeGreaterThan(Date.now());
});
