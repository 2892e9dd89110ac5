import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { db } from "~test/database";
import { makeChat } from "~test/factories";
import { say, seededRandom } from "~test/sending";
import { readChatPage, readHistory } from "./history.server";
import { type Place, pageRange, rangeValues } from "./page-range.server";
import { setArchived } from "./positions.server";
import { unsendMessage } from "./revise.server";

type TestChat = Awaited<ReturnType<typeof makeChat>>;

function range(first: number, last: number): number[] {
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
}

async function readSeqs(chat: TestChat, size: number, place: Place = {}) {
  const history = await readHistory(db, chat.buyer, { chatId: chat.id, size, ...place });
  return history?.messages.map(({ seq }) => seq) ?? [];
}

describe("in a chat of 25 messages a page of 10", () => {
  let chat: TestChat;
  beforeAll(async () => {
    chat = await makeChat(db);
    for (const at of range(2, 25)) await say(db, chat.buyer, chat.id, `Message ${at}`);
  });

  const far = Number.MAX_SAFE_INTEGER;
  test.each<[string, Place, number[]]>([
    ["is the newest one", {}, range(16, 25)],
    ["before a message ends at the one before it", { before: 16 }, range(6, 15)],
    ["before an early message holds what there is", { before: 4 }, range(1, 3)],
    ["before the first message is the oldest one", { before: 1 }, range(1, 10)],
    ["before nothing is the oldest one", { before: 0 }, range(1, 10)],
    ["before a place beyond the end is the newest one", { before: 1_000 }, range(16, 25)],
    ["before the largest number is the newest one", { before: far }, range(16, 25)],
    ["after a message begins at the one behind it", { after: 5 }, range(6, 15)],
    ["after a late message holds what there is", { after: 22 }, range(23, 25)],
    ["after nothing is the oldest one", { after: 0 }, range(1, 10)],
    ["after the last message is the newest one", { after: 25 }, range(16, 25)],
    ["after a place beyond the end is the newest one", { after: 1_000 }, range(16, 25)],
    ["after the largest number is the newest one", { after: far }, range(16, 25)],
    ["around the first message is the oldest one", { around: 1 }, range(1, 10)],
    ["around an early message is the oldest one, and full", { around: 4 }, range(1, 10)],
    ["around nothing is the oldest one", { around: 0 }, range(1, 10)],
    ["around a message has it in the middle", { around: 12 }, range(8, 17)],
    ["around a late message is the newest one", { around: 24 }, range(16, 25)],
    ["around a place beyond the end is the newest one", { around: 1_000 }, range(16, 25)],
    ["around the largest number is the newest one", { around: far }, range(16, 25)],
  ])("%s", async (_, place, expected) => {
    expect(await readSeqs(chat, 10, place)).toEqual(expected);
  });
});

test("a page never holds more than its size, nor what is not there", async () => {
  const { below } = seededRandom(7);
  const asked = Array.from({ length: 2_000 }, (_, round) => {
    const [lastSeq, size, at] = [below(60), 1 + below(40), 1 + below(90)];
    const place: Place = [{}, { before: at }, { after: at }, { around: at }][round % 4] ?? {};
    return { round, lastSeq, place, ...rangeValues(size, place) };
  });
  const rows = await db.execute<{ first: string; last: string }>(sql`
    select range.*
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
        as t(round int, "lastSeq" bigint, "size" bigint, "after" bigint, "end" bigint),
      lateral (${pageRange(sql`t."lastSeq"`, {
        size: sql`t.size`,
        after: sql`t.after`,
        end: sql`t."end"`,
      })}) range
    order by t.round`);
  expect(rows).toHaveLength(asked.length);
  for (const { round, lastSeq, size, place } of asked) {
    const [first, last] = [Number(rows[round]?.first), Number(rows[round]?.last)];
    expect(first).toBeGreaterThanOrEqual(1);
    expect(last).toBeLessThanOrEqual(lastSeq);
    expect(last).toBeGreaterThanOrEqual(Math.min(1, lastSeq));
    expect(last - first + 1).toBeLessThanOrEqual(size);
    if (place.around && place.around <= lastSeq) expect(range(first, last)).toContain(place.around);
  }
});

test("a page of more than there is holds everything, wherever it is asked for", async () => {
  const chat = await makeChat(db);
  for (const at of range(2, 3)) await say(db, chat.buyer, chat.id, `Message ${at}`);
  for (const place of [{}, { after: 3 }, { after: 9 }, { before: 1 }, { around: 2 }]) {
    expect(await readSeqs(chat, 40, place)).toEqual([1, 2, 3]);
  }
});

test("paging back while messages arrive shows every message once", async () => {
  const chat = await makeChat(db);
  for (const at of range(2, 30)) await say(db, chat.seller, chat.id, `I say ${at} now`);
  const seen = await readSeqs(chat, 7);
  while (seen[0] !== undefined && seen[0] > 1) {
    await Promise.all(range(1, 3).map((at) => say(db, chat.seller, chat.id, `New ${at}`)));
    seen.unshift(...(await readSeqs(chat, 7, { before: seen[0] })));
  }
  expect(seen).toEqual(range(1, 30));
});

test("paging forward while messages arrive shows every message once", async () => {
  const chat = await makeChat(db);
  const writing = (async () => {
    for (const at of range(2, 60)) await say(db, chat.seller, chat.id, `I say ${at} now`);
  })();
  const seen: number[] = [];
  while (seen.length < 60) {
    const seqs = await readSeqs(chat, 7, { after: seen.length });
    // Nothing lies after the end yet: the newest page comes again.
    seen.push(...seqs.filter((seq) => seq > seen.length));
  }
  await writing;
  expect(seen).toEqual(range(1, 60));
});

test("a page says what its answers answer, where that stands on another page", async () => {
  const chat = await makeChat(db);
  const question = await say(db, chat.seller, chat.id, "Blue or red?");
  const unsent = await say(db, chat.seller, chat.id, "Never mind");
  await unsendMessage(db, chat.seller, { chatId: chat.id, seq: unsent.seq, windowMs: 60_000 });
  for (const at of range(1, 5)) await say(db, chat.seller, chat.id, `I say ${at} now`);
  await say(db, chat.buyer, chat.id, "Blue", { replyTo: question.seq });
  await say(db, chat.buyer, chat.id, "No, red", { replyTo: question.seq });
  await say(db, chat.buyer, chat.id, "Why?", { replyTo: unsent.seq });
  await say(db, chat.buyer, chat.id, "Hm", { replyTo: 10 });
  const history = await readHistory(db, chat.buyer, { chatId: chat.id, size: 4 });
  expect(history?.quoted.map(({ seq, body }) => [seq, body])).toEqual([
    [question.seq, "Blue or red?"],
    [unsent.seq, null],
  ]);
  const whole = await readHistory(db, chat.buyer, { chatId: chat.id, size: 40 });
  expect(whole?.quoted).toEqual([]);
});

test("a page says whether its viewer archived the chat, until the next message", async () => {
  const chat = await makeChat(db);
  const isArchivedFor = async (viewer: Viewer) =>
    (await readChatPage(db, viewer, { chatId: chat.id, size: 4 }))?.isArchived;
  expect(await isArchivedFor(chat.buyer)).toBe(false);
  await setArchived(db, chat.buyer, chat.id, true);
  expect(await isArchivedFor(chat.buyer)).toBe(true);
  expect(await isArchivedFor(chat.seller)).toBe(false);
  await say(db, chat.seller, chat.id, "Still there?");
  expect(await isArchivedFor(chat.buyer)).toBe(false);
});
