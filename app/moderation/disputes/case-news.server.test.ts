import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { disputes, users } from "~/db/schema";
import { databaseUrl, db, sql } from "~test/database";
import { makeChat, makeSanction, makeUser } from "~test/factories";
import { makeFlag } from "~test/flags";
import { startLiveServer } from "~test/live-server";
import { audit } from "../audit/audit.server";
import { lookAtFlag } from "../flags/look.server";
import { countCaseNews, tellCases } from "./case-news.server";

const poll = { timeout: 15_000 };

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);

async function openCase(fields: Partial<typeof disputes.$inferInsert> = {}) {
  const chat = await makeChat(db);
  await db.insert(disputes).values({
    chatId: chat.id,
    openedBy: chat.buyer.id,
    openedAs: "buyer",
    reason: "payment",
    statement: "Where is it?",
    firstLookDue: inHours(24),
    decisionDue: inHours(72),
    ...fields,
  });
}

test("a new case reaches the streams of moderators and admins on every instance, and no others", async () => {
  const instances = [
    await startLiveServer(db, databaseUrl),
    await startLiveServer(db, databaseUrl),
  ];
  const roles = ["moderator", "admin", "user"] as const;
  const people = await Promise.all(roles.map((role) => makeUser(db, { role })));
  const former = await makeUser(db, { role: "moderator" });
  const readers = await Promise.all(
    instances.flatMap((instance) => [...people, former].map((person) => instance.open(person))),
  );
  await Promise.all(readers.map((reader) => reader.start()));
  await db.update(users).set({ role: "user" }).where(eq(users.id, former.id));
  const before = await countCaseNews(db);
  await db.transaction(async (tx) => {
    await openCase();
    await audit(tx, "system", { action: "dispute.opened" });
  });
  const counts = { ...before, unclaimed: before.unclaimed + 1 };
  for (const at of [0, 1, 4, 5]) {
    const reader = readers[at];
    await expect.poll(() => reader?.named("cases.updated").at(-1)?.data, poll).toEqual(counts);
  }
  for (const at of [2, 3, 6, 7]) expect(readers[at]?.named("cases.updated")).toEqual([]);
  expect(instances.flatMap(({ errors }) => errors)).toEqual([]);
});

test("what is rolled back is told to nobody, and what only looks changes no number", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const reader = await server.open(await makeUser(db, { role: "moderator" }));
  await reader.start();
  const failing = db.transaction(async (tx) => {
    await audit(tx, "system", { action: "dispute.opened" });
    throw new Error("No");
  });
  await expect(failing).rejects.toThrow("No");
  await audit(db, "system", { action: "dispute.viewed" }, { action: "chat.viewed" });
  await tellCases(db);
  await expect.poll(() => reader.named("cases.updated").length, poll).toBe(1);
});

test("what was told while nobody listened is told when somebody listens again", async () => {
  const server = await startLiveServer(db, databaseUrl);
  const reader = await server.open(await makeUser(db, { role: "moderator" }));
  await reader.start();
  await sql`
    select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'parley listener' and datname = current_database()`;
  await expect.poll(() => reader.named("cases.updated").length, poll).toBeGreaterThan(0);
});

test("counted are disputes that nobody looks after, those that are late, open appeals and free flags", async () => {
  const before = await countCaseNews(db);
  const moderator = await makeUser(db, { role: "moderator" });
  const past = new Date(Date.now() - 60_000);
  const claimed = { status: "in_review", claimedBy: moderator.id, firstLookAt: past } as const;
  await openCase();
  await openCase({ firstLookDue: past });
  await openCase({ ...claimed, firstLookDue: past });
  await openCase({ ...claimed, decisionDue: past });
  await openCase({ status: "resolved", outcome: "withdrawn", resolvedAt: past, decisionDue: past });
  await makeSanction(db, await makeUser(db), { appeal: "Why?", appealedAt: past });
  await makeFlag(db);
  await lookAtFlag(db, moderator, (await makeFlag(db)).id);
  expect(await countCaseNews(db)).toEqual({
    unclaimed: before.unclaimed + 2,
    overdue: before.overdue + 2,
    sanctionAppeals: before.sanctionAppeals + 1,
    flags: before.flags + 1,
  });
});
