import { expect, test, vi } from "vitest";
import { db, sql } from "~test/database";
import {
  Killed,
  keysBelow,
  killedAt,
  makeWholeChat,
  meansOf,
  run,
  tellingSteps,
} from "~test/kept-chats";
import { makeDiskStorage } from "~test/storages";
import { readAnyChatPage } from "./archived-page.server";
import { readArchive } from "./read.server";
import { restoreChat } from "./restore.server";
import { listLeft, resumeArchive } from "./resume.server";
import { rewriteArchive } from "./rewrite.server";
import { type ChatRows, readRows } from "./rows.server";

vi.setConfig({ testTimeout: 60_000 });

const now = new Date();

/** Takes a word out of everything. */
function change(_: string, { messages, ...rows }: ChatRows): ChatRows {
  const said = (body: unknown) => (typeof body === "string" ? body.replace("bicycle", "…") : body);
  return { ...rows, messages: messages.map((row) => ({ ...row, body: said(row.body) })) };
}

test("rows of an archived chat are changed where they are, killed at any step and begun again", async () => {
  const { storage } = makeDiskStorage();
  const [means, chat] = [meansOf(storage), await makeWholeChat(db, storage)];
  expect(await rewriteArchive(db, means, chat.id, { now, change })).toBeNull();
  const before = await readRows(db, chat.id);
  await run(db, means, chat.id, "archive");
  const read = async () => {
    const page = await readAnyChatPage(db, storage, chat.buyer, { chatId: chat.id, size: 40 });
    return page?.messages.map(({ body }) => body).join(" ");
  };
  const words = await read();
  expect(words).toContain("red bicycle");

  const counting = killedAt(means, 0);
  const same = (_: string, rows: ChatRows) => rows;
  await rewriteArchive(db, counting.means, chat.id, { now, change: same });
  for (const n of tellingSteps(counting.steps)) {
    const killed = killedAt(means, n);
    const ended = rewriteArchive(db, killed.means, chat.id, { now, change });
    await expect(ended, `${n}`).rejects.toThrow(Killed);
    expect([words, words?.replace("bicycle", "…")]).toContain(await read());
    // A run that comes first ends it, too.
    if (n % 2) await resumeArchive(db, means, chat.id, now);
    await rewriteArchive(db, means, chat.id, { now, change });
    expect(await listLeft(db, null)).not.toContain(chat.id);
    expect(await keysBelow(storage, `archives/${chat.id}/`), `${n}`).toHaveLength(1);
    expect(await read()).toBe(words?.replace("bicycle", "…"));
  }
  const archive = await readArchive(db, storage, chat.id);
  const [row] = await sql`select head_hash from chat_archives where chat_id = ${chat.id}`;
  expect(archive?.transcript.head.hash).toBe(row?.head_hash);
  expect(JSON.stringify(archive?.rows)).not.toContain("red bicycle");
  await restoreChat(db, means, chat.id, now);
  expect(await readRows(db, chat.id)).toEqual(change("", before));
});
