import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { startBuiltRetention } from "~test/built-server";
import { db, sql } from "~test/database";
import { makeChat } from "~test/factories";
import {
  keysBelow,
  killedAt,
  later,
  makeLongChat,
  makeWholeChat,
  meansOf,
  muchLater,
  rowsNaming,
} from "~test/kept-chats";
import { makeDiskStorage } from "~test/storages";
import type { Means } from "../means";
import { goOn } from "./go-on.server";
import { beginRun, findRun } from "./ledger.server";
import { work } from "./own-way.server";

vi.setConfig({ testTimeout: 120_000 });

/** What other tests left is nobody's. */
beforeEach(() => sql`update chats set status = 'frozen' where archived_at is null`);

async function runAt(asOf: Date, means: Means) {
  const begun = await beginRun(db, { trigger: "command", startedBy: null, asOf, isDryRun: false });
  if ("underWay" in begun) throw new Error("Another one is under way");
  await goOn(db, begun.runId, { means, work, share: 100 });
  const { closed, archived, deleted, failed } = (await findRun(db, begun.runId)) ?? {};
  return { closed, archived, deleted, failed };
}

const statusOf = async (id: string) =>
  (await sql`select status from chats where id = ${id}`)[0]?.status;

test("runs close, archive and delete real chats, each time after one that came to grief half way", async () => {
  const { storage } = makeDiskStorage();
  const means = meansOf(storage);
  const rich = await makeWholeChat(db, storage);
  const idle = await makeChat(db);
  const none = { closed: 0, archived: 0, deleted: 0, failed: 0 };

  const early = killedAt(means, 3);
  expect(await runAt(later, early.means)).toEqual({ ...none, closed: 1, failed: 1 });
  expect(await statusOf(idle.id)).toBe("closed");
  expect(await statusOf(rich.id)).toBe("closed");
  // Killed when its rows were on their way, which the next run ends first.
  expect((await runAt(later, killedAt(means, 9).means)).failed).toBe(1);
  expect(await statusOf(rich.id)).toBe("archived");
  expect(await runAt(later, means)).toEqual({ ...none, archived: 1 });
  const [left] = await sql`select count(*)::int as n from chat_messages
    where chat_id in (${rich.id}, ${rich.threadId})`;
  expect(left?.n).toBe(0);

  expect((await runAt(muchLater, killedAt(means, 2).means)).failed).toBeGreaterThan(0);
  await runAt(muchLater, means);
  expect(await statusOf(rich.id)).toBeUndefined();
  const named = await rowsNaming(db, [rich.id, rich.threadId, rich.disputeId, rich.flagId]);
  expect(Object.keys(named)).toEqual(["audit_log"]);
  const keys = await keysBelow(storage, "");
  expect(keys.every((key) => key.startsWith(`archives/${idle.id}/`))).toBe(true);
});

test("the command does it for a date, and again after it was killed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "parley-retention-"));
  const command = (args: string[], variables = {}) =>
    startBuiltRetention(args, { DATA_DIR: folder, STORAGE: "disk", ...variables });
  const chats: string[] = [];
  for (let n = 0; n < 4; n += 1) chats.push((await makeLongChat(db, 30)).id);
  const countArchived = async () => {
    const [row] = await sql`select count(*)::int as n from chat_archives a
      join chats c on c.id = a.chat_id
      where c.id = any(${chats}) and c.status = 'archived' and a.state = 'archived'`;
    return Number(row?.n);
  };
  const date = "2040-06-15";
  const trial = await command(["--dry-run", "--now", date]);
  expect(await trial.ended).toBe(0);
  expect(trial.output.join("\n")).toMatch(/archive +inquiry +\d{4}-\d\d +4 +124 +0/);
  expect(await countArchived()).toBe(0);

  // It rests a hundred times as long as it works, so that there is time to kill it.
  const slow = await command(["--now", date], { RETENTION_WORK_PERCENT: "1" });
  await vi.waitUntil(async () => (await countArchived()) > 0, { timeout: 60_000, interval: 20 });
  slow.child.kill("SIGKILL");
  await slow.ended;
  expect(await countArchived()).toBeLessThan(4);
  // As after the two minutes in which it might only be slow.
  await sql`update retention_runs set beat_at = now() - interval '3 minutes'`;
  const next = await command(["--now", date]);
  expect(await next.ended, next.output.join("\n")).toBe(0);
  expect(await countArchived()).toBe(4);
  const [rows] = await sql`select count(*)::int as n from chat_messages
    where chat_id = any(${chats})`;
  expect(rows?.n).toBe(0);
});
