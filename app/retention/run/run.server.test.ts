import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Db } from "~/db/client.server";
import { auditLog, chatMessages, chats, legalHolds, retentionRuns } from "~/db/schema";
import { db, sql } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { makeInstance } from "~test/instances";
import { makeDiskStorage } from "~test/storages";
import { closeIdle } from "../close-idle.server";
import { readArguments } from "./arguments";
import { type Going, goOn } from "./go-on.server";
import { beginRun, endRun, findRun, noteProgress, RunEnded } from "./ledger.server";
import { findingLines, progressLine } from "./report";
import { askForRun, retentionJob } from "./retention-job.server";
import type { Work } from "./work";

const now = new Date("2030-06-15T12:00:00Z");
const old = new Date("2028-01-31T12:00:00Z");
const none = { messages: 0, bytes: 0 };

beforeEach(async () => {
  await sql`update retention_runs set state = 'stopped', finished_at = now() where state = 'running'`;
  await sql`update legal_holds set lifted_by = placed_by, lifted_at = now(), lift_reason = 'over'
    where lifted_at is null`;
  await sql`update chats set status = 'frozen', archived_at = null`;
});

async function idle(): Promise<string> {
  const { id } = await makeChat(db);
  await db.update(chats).set({ lastMessageAt: old }).where(eq(chats.id, id));
  return id;
}

async function closed(): Promise<string> {
  const { id } = await makeChat(db);
  await db.update(chats).set({ status: "closed", closedAt: old }).where(eq(chats.id, id));
  return id;
}

async function archived(): Promise<string> {
  const { id } = await makeChat(db);
  const change = { status: "archived", closedAt: old, archivedAt: old } as const;
  await db.update(chats).set(change).where(eq(chats.id, id));
  return id;
}

type Seen = { step: string; chatId: string };

/** Work that does to the row what the real one does, and notes what it was asked for. */
function makeWork(over: Partial<Work> = {}) {
  const seen: Seen[] = [];
  const move =
    (step: string, change: Partial<typeof chats.$inferInsert>): Work["archive"] =>
    async (on, _, chatId) => {
      seen.push({ step, chatId });
      await on.update(chats).set(change).where(eq(chats.id, chatId));
      const outcome = step === "archive" ? "archived" : "deleted";
      return { outcome, messages: 3, bytes: 10 };
    };
  const work: Work = {
    close: async (on, _, chatId, at) => {
      seen.push({ step: "close", chatId });
      return { outcome: await closeIdle(on, chatId, at), ...none };
    },
    archive: move("archive", { status: "archived", archivedAt: now }),
    delete: move("delete", { status: "frozen", archivedAt: null }),
    resume: async (_on, _, chatId) => {
      seen.push({ step: "resume", chatId });
      return { outcome: "archived", ...none };
    },
    listLeft: async () => [],
    erase: async () => void seen.push({ step: "erase", chatId: "" }),
    ...over,
  };
  const means = { storage: makeDiskStorage().storage, secret: "s".repeat(32), operator: null };
  const going: Going = { work, means, share: 100 };
  return { seen, going };
}

async function begin(fields: Partial<Parameters<typeof beginRun>[1]> = {}, on: Db = db) {
  const asked = { trigger: "command", startedBy: null, asOf: now, isDryRun: false } as const;
  const begun = await beginRun(on, { ...asked, ...fields });
  if ("underWay" in begun) throw new Error("Another one is under way");
  return begun.runId;
}

describe("a run", () => {
  test("closes what is idle, archives what is closed, deletes what is archived, and counts it", async () => {
    const [a, b, c] = [await idle(), await closed(), await archived()];
    const { seen, going } = makeWork();
    const runId = await begin();
    expect(await goOn(db, runId, going)).toBe("done");
    expect(seen).toEqual([
      { step: "close", chatId: a },
      { step: "archive", chatId: b },
      { step: "delete", chatId: c },
      { step: "erase", chatId: "" },
    ]);
    const run = await findRun(db, runId);
    expect(run).toMatchObject({
      state: "done",
      due: 3,
      closed: 1,
      archived: 1,
      deleted: 1,
      held: 0,
      failed: 0,
      messages: 6,
      bytes: 20,
    });
    const said = await db.select().from(chatMessages).where(eq(chatMessages.chatId, a));
    expect(said.at(-1)?.event).toEqual({ kind: "chat_closed", by: "system" });
    const [chat] = await db.select().from(chats).where(eq(chats.id, a));
    expect(chat).toMatchObject({ status: "closed", closedAt: now });
    const entries = await db.select().from(auditLog).where(eq(auditLog.chatId, a));
    expect(entries.at(-1)).toMatchObject({ action: "chat.closed_idle", actorRole: "system" });
  });

  test("tried changes nothing, and says what by kind, stage and month", async () => {
    const [a] = [await idle(), await closed(), await closed()];
    const { seen, going } = makeWork();
    const runId = await begin({ isDryRun: true });
    await goOn(db, runId, going);
    expect(seen).toEqual([]);
    const run = await findRun(db, runId);
    if (!run) throw new Error("There is no run");
    expect(run).toMatchObject({ state: "done", due: 3, closed: 1, archived: 2, deleted: 0 });
    expect(run.findings).toMatchObject([
      { kind: "close", stage: "inquiry", month: "2028-07", chats: 1 },
      { kind: "archive", stage: "inquiry", month: "2029-01", chats: 2, messages: 2, held: 0 },
    ]);
    expect(findingLines(run.findings)).toEqual([
      "what     stage    due since  chats  messages  held",
      "close    inquiry  2028-07        1         1     0",
      "archive  inquiry  2029-01        2         2     0",
    ]);
    expect(progressLine(run, now)).toContain("It would be: 1 closed, 2 archived, 0 deleted");
    expect((await db.select().from(chats).where(eq(chats.id, a)))[0]?.status).toBe("open");
  });

  test("that is stopped anywhere goes on behind the last chat that it finished", async () => {
    const made = [await closed(), await closed(), await closed()].toSorted();
    const stopping = new AbortController();
    const first = makeWork();
    const { archive } = first.going.work;
    first.going.work.archive = async (...asked) => {
      const done = await archive(...asked);
      if (first.seen.length === 2) stopping.abort();
      return done;
    };
    const runId = await begin();
    expect(await goOn(db, runId, { ...first.going, signal: stopping.signal })).toBe("more");
    const second = makeWork();
    expect(await goOn(db, runId, second.going)).toBe("done");
    const all = [...first.seen, ...second.seen].filter(({ step }) => step === "archive");
    expect(all.map(({ chatId }) => chatId).toSorted()).toEqual(made);
    expect(await findRun(db, runId)).toMatchObject({ state: "done", due: 3, archived: 3 });
  });

  test("killed in the middle of a chat does that chat again, and each other one once", async () => {
    const made = [await closed(), await closed()].toSorted();
    const first = makeWork();
    const stopping = new AbortController();
    first.going.work.archive = async (_db, _means, chatId) => {
      first.seen.push({ step: "archive", chatId });
      stopping.abort();
      throw new Error("Killed half way");
    };
    const runId = await begin();
    expect(await goOn(db, runId, { ...first.going, signal: stopping.signal })).toBe("more");
    const second = makeWork();
    await goOn(db, runId, second.going);
    const again = second.seen.filter(({ step }) => step === "archive");
    expect(again.map(({ chatId }) => chatId).toSorted()).toEqual(made);
    expect(again[0]?.chatId).toBe(first.seen[0]?.chatId);
    expect(await findRun(db, runId)).toMatchObject({ archived: 2, failed: 0 });
  });

  test("ends what an earlier one left half done before it begins with its own", async () => {
    const left = await archived();
    const chat = await closed();
    const { seen, going } = makeWork({
      listLeft: async (_, after) => (after ? [] : [left]),
    });
    await goOn(db, await begin({ asOf: new Date("2029-06-01T00:00:00Z") }), going);
    expect(seen.map(({ step }) => step)).toEqual(["resume", "archive", "erase"]);
    expect(seen[1]?.chatId).toBe(chat);
  });

  test("counts and passes by a chat that fails, and the next run tries it again", async () => {
    const [bad, good] = [await closed(), await closed()];
    const { going } = makeWork();
    const { archive } = going.work;
    going.work.archive = async (on, means, chatId, at) => {
      if (chatId === bad) throw new Error("The storage is away");
      return archive(on, means, chatId, at);
    };
    const runId = await begin();
    await goOn(db, runId, going);
    expect(await findRun(db, runId)).toMatchObject({ state: "done", archived: 1, failed: 1 });
    expect((await db.select().from(chats).where(eq(chats.id, good)))[0]?.status).toBe("archived");
    const later = makeWork();
    await goOn(db, await begin(), later.going);
    expect(later.seen[0]).toEqual({ step: "archive", chatId: bad });
  });

  test("leaves what is held, and comes to it when the hold has ended", async () => {
    const chatId = await closed();
    const admin = await makeUser(db, { role: "admin" });
    const endsAt = new Date("2030-07-01T00:00:00Z");
    await db.insert(legalHolds).values({ chatId, reason: "A claim", placedBy: admin.id, endsAt });
    const held = makeWork();
    const runId = await begin();
    await goOn(db, runId, held.going);
    expect(held.seen.map(({ step }) => step)).toEqual(["erase"]);
    expect(await findRun(db, runId)).toMatchObject({ due: 0, held: 1, archived: 0 });
    const over = makeWork();
    await goOn(db, await begin({ asOf: endsAt }), over.going);
    expect(over.seen[0]).toEqual({ step: "archive", chatId });
  });

  test("asks again under the lock: a hold that began after the look stops the closing", async () => {
    const chatId = await idle();
    const admin = await makeUser(db, { role: "admin" });
    const { going } = makeWork();
    const { close } = going.work;
    going.work.close = async (...asked) => {
      await db.insert(legalHolds).values({ chatId, reason: "A claim", placedBy: admin.id });
      return close(...asked);
    };
    const runId = await begin();
    await goOn(db, runId, going);
    expect(await findRun(db, runId)).toMatchObject({ due: 1, closed: 0, held: 1 });
    expect((await db.select().from(chats).where(eq(chats.id, chatId)))[0]?.status).toBe("open");
  });

  test("is what somebody wrote in meanwhile left open", async () => {
    const chatId = await idle();
    const { going } = makeWork();
    const { close } = going.work;
    going.work.close = async (...asked) => {
      await db.update(chats).set({ lastMessageAt: now }).where(eq(chats.id, chatId));
      return close(...asked);
    };
    await goOn(db, await begin(), going);
    expect((await db.select().from(chats).where(eq(chats.id, chatId)))[0]?.status).toBe("open");
  });
});

describe("one at a time", () => {
  test("of two instances that begin at once one does, and a trial goes beside it", async () => {
    const other = makeInstance();
    const asked = { trigger: "schedule", startedBy: null, asOf: now, isDryRun: false } as const;
    const both = await Promise.all([beginRun(db, asked), beginRun(other, asked)]);
    const began = both.filter((one) => "runId" in one);
    expect(began).toHaveLength(1);
    expect(both.find((one) => "underWay" in one)).toEqual({
      underWay: began[0] && "runId" in began[0] ? began[0].runId : "",
    });
    expect(await beginRun(db, { ...asked, isDryRun: true })).toHaveProperty("runId");
  });

  test("one that was killed makes room after two minutes, and comes to nothing should it wake", async () => {
    const first = await begin();
    await closed();
    const ago = (seconds: number) =>
      sql`update retention_runs set beat_at = now() - ${seconds} * interval '1 second' where id = ${first}`;
    await ago(100);
    await expect(begin()).rejects.toThrow("Another one is under way");
    await ago(130);
    const second = await begin();
    expect(await findRun(db, first)).toMatchObject({ state: "stopped", error: "It was killed." });
    await expect(noteProgress(db, first, {})).rejects.toThrow(RunEnded);
    const { seen, going } = makeWork();
    expect(await goOn(db, first, going)).toBe("done");
    expect(seen).toEqual([]);
    await endRun(db, second, "done");
  });

  test("the clock begins a run, and its job goes on with it in turns until it is done", async () => {
    const made = [await closed(), await closed()];
    const { seen, going } = makeWork();
    const job = retentionJob(() => going);
    const context = {
      now,
      attempt: 1,
      isLastAttempt: false,
      signal: new AbortController().signal,
    };
    await job(db, {}, context);
    await job(makeInstance(), {}, context);
    const [run, ...others] = await db
      .select()
      .from(retentionRuns)
      .where(eq(retentionRuns.state, "running"));
    expect(others).toEqual([]);
    expect(run?.trigger).toBe("schedule");
    const { runId } = await askForRun(db, {
      trigger: "admin",
      startedBy: null,
      asOf: now,
      isDryRun: false,
    });
    expect(runId).toBe(run?.id);
    await job(db, { runId }, context);
    expect(seen.filter(({ step }) => step === "archive")).toHaveLength(made.length);
    expect(await findRun(db, runId)).toMatchObject({ state: "done" });
  });

  test("where the database goes away the job fails, and its last attempt says so in the run", async () => {
    await closed();
    const runId = await begin();
    const { going } = makeWork({
      listLeft: async () => {
        throw new Error("The connection is gone");
      },
    });
    const job = retentionJob(() => going);
    const context = { now, attempt: 1, isLastAttempt: false, signal: new AbortController().signal };
    await expect(job(db, { runId }, context)).rejects.toThrow("gone");
    expect(await findRun(db, runId)).toMatchObject({ state: "running" });
    await expect(job(db, { runId }, { ...context, isLastAttempt: true })).rejects.toThrow("gone");
    expect(await findRun(db, runId)).toMatchObject({
      state: "failed",
      error: expect.stringContaining("gone"),
    });
  });
});

describe("what a command says", () => {
  test("a day is its beginning in UTC, a moment is itself", () => {
    expect(readArguments([], now)).toEqual({ isDryRun: false, asOf: now });
    const day = readArguments(["--dry-run", "--now", "2028-02-29"], now);
    expect(day).toEqual({ isDryRun: true, asOf: new Date("2028-02-29T00:00:00Z") });
    const { asOf } = readArguments(["--now=2020-01-31T12:00:00+01:00"], now);
    expect(asOf.toISOString()).toBe("2020-01-31T11:00:00.000Z");
  });

  test.each([
    ["--now", "31.12.2026"],
    ["--now", "2027-02-29"],
    ["--now", "2027-01-31T12:00:00"],
    ["--now", "soon"],
    ["--now"],
    ["--dry"],
    ["everything"],
  ])("%s %s is refused with what would be right", (...args) => {
    const asked = args.filter((one) => typeof one === "string");
    expect(() => readArguments(asked, now)).toThrow(
      /for example npm run retention -- --dry-run --now 2027-01-31$/,
    );
  });
});
