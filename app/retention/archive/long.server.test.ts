import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { sql as connection, db } from "~test/database";
import { makeLongChat, meansOf, run } from "~test/kept-chats";
import { makeDiskStorage } from "~test/storages";
import type { Means } from "../means";
import { inBatches, isLastAttempt, nextSize } from "./batches.server";
import { note } from "./ledger.server";
import { restoreChat } from "./restore.server";
import { readRows } from "./rows.server";

test("a batch that took long makes the next one smaller, and one that did not a little larger", () => {
  expect(nextSize(1_000, 50)).toBe(200);
  expect(nextSize(100, 1)).toBe(200);
  expect(nextSize(10, 500)).toBe(10);
  expect(nextSize(2_000, 1)).toBe(2_000);
});

test("a chat of 4,000 messages goes and comes back in batches that hold nothing for long", {
  timeout: 120_000,
}, async () => {
  const { storage } = makeDiskStorage();
  const chat = await makeLongChat(db, 4_000);
  const rows = await readRows(db, chat.id);
  type Batch = { ms: number; rows: number };
  const took: Record<"archive" | "restore", Batch[]> = { archive: [], restore: [] };
  const resting = (of: Batch[]): Means =>
    meansOf(storage, { rest: async (ms, rows) => void of.push({ ms, rows }) });
  const { length } = rows.messages;
  const gone = await run(db, resting(took.archive), chat.id, "archive");
  expect(gone).toMatchObject({ outcome: "archived", messages: length });
  await restoreChat(db, resting(took.restore), chat.id, new Date());
  expect(await readRows(db, chat.id)).toEqual(rows);
  for (const [what, batches] of Object.entries(took)) {
    const times = batches.map(({ ms }) => ms).toSorted((a, b) => a - b);
    const [median = 0, longest = 0] = [times[times.length >> 1], times.at(-1)];
    process.stdout.write(
      `${what}: ${batches.length} batches, median ${median.toFixed(1)} ms, longest ${longest.toFixed(1)} ms\n`,
    );
    // How long one takes depends on who else wants the processor; how much it does, on itself.
    expect(batches.length).toBeGreaterThan(6);
    expect(Math.max(...batches.map(({ rows }) => rows))).toBeLessThanOrEqual(2_000);
  }
});

test("a batch that would take too long is broken off, and all is done in smaller ones", async () => {
  const chat = await makeLongChat(db, 2);
  const means = meansOf(makeDiskStorage().storage);
  const noted = await note(db, { chatId: chat.id, state: "writing", chatVersion: 1, messages: 2 });
  if (!noted) throw new Error("It was not noted");
  let asked = 0;
  const sizes: number[] = [];
  const done = await inBatches(db, means, noted.attempt, "writing", ({ size, at }) => {
    sizes.push(size);
    asked = at;
    // As long as ten milliseconds a row.
    return at >= 12
      ? null
      : sql`update chat_archives set pictures = pictures + ${size}
          where chat_id = ${chat.id} and ${isLastAttempt}
            and pg_sleep(${size}::float8 / 100) is not null`;
  });
  expect(sizes.slice(0, 3)).toEqual([100, 25, 7]);
  expect(done).toBeGreaterThan(1);
  const [row] = await connection`select pictures from chat_archives where chat_id = ${chat.id}`;
  expect(row?.pictures).toBe(asked);
});
