import { desc, eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import type { Viewer } from "~/accounts/viewer";
import { auditLog, chats } from "~/db/schema";
import { db, sql } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { holdOpen, makeInstance, waitingBackends } from "~test/instances";
import { defaultRetention, type Retention, wholeRetention } from "./policy";
import { previewChange } from "./preview.server";
import { type RetentionChange, saveRetention } from "./save-retention.server";
import { readRetention } from "./settings.server";

let admin: Viewer;
beforeEach(async () => {
  await sql`delete from retention_settings`;
  admin = await makeUser(db, { role: "admin" });
});

const change = (paid: Partial<Retention> = {}): RetentionChange => ({
  byStage: wholeRetention({ paid: { ...defaultRetention, ...paid } }),
  erasedMessages: "kept",
  erasureDays: 30,
});

test("before anybody set anything the defaults of the product hold", async () => {
  const { byStage, ...rest } = await readRetention(db);
  expect(rest).toEqual({ version: 0, erasedMessages: "kept", erasureDays: 30 });
  for (const months of Object.values(byStage)) {
    expect(months).toEqual({ closeAfter: 6, archiveAfter: 12, deleteAfter: 24 });
  }
});

test("what is saved holds, and the audit log says what changed from what, and nothing else", async () => {
  const asked = { version: 0, change: { ...change({ deleteAfter: null }), erasureDays: 7 } };
  expect(await saveRetention(db, admin, asked)).toEqual({ saved: true });
  const { version, byStage, erasureDays } = await readRetention(db);
  expect({ version, erasureDays }).toEqual({ version: 1, erasureDays: 7 });
  expect(byStage.paid.deleteAfter).toBeNull();
  const [entry] = await db.select().from(auditLog).orderBy(desc(auditLog.seq)).limit(1);
  expect(entry).toMatchObject({ action: "retention.changed", actorId: admin.id });
  expect(JSON.parse(entry?.details ?? "")).toEqual({
    paid: { from: defaultRetention, to: { ...defaultRetention, deleteAfter: null } },
    erasureDays: { from: 30, to: 7 },
  });
  // Sent twice.
  expect(await saveRetention(db, admin, asked)).toEqual({ saved: true });
  expect((await readRetention(db)).version).toBe(1);
});

test("of two admins who save at once the second is told, and nothing of the first is lost", async () => {
  const other = await makeUser(db, { role: "admin" });
  const saved = await Promise.all([
    saveRetention(db, admin, { version: 0, change: change({ closeAfter: 3 }) }),
    saveRetention(makeInstance(), other, { version: 0, change: change({ closeAfter: 9 }) }),
  ]);
  expect(saved).toContainEqual({ saved: true });
  expect(saved).toContainEqual({ refused: "changed" });
  const { version, byStage } = await readRetention(db);
  expect(version).toBe(1);
  expect(byStage.paid.closeAfter).toBe(saved[0] && "saved" in saved[0] ? 3 : 9);
});

test("an admin who is demoted while he saves saves nothing", async () => {
  const demotion = await holdOpen(
    (tx) => tx`update users set role = 'moderator' where id = ${admin.id}`,
  );
  const saving = saveRetention(db, admin, { version: 0, change: change({ closeAfter: 3 }) });
  await expect.poll(waitingBackends).not.toEqual([]);
  await demotion.commit();
  expect(await saving).toBeNull();
  expect((await readRetention(db)).byStage.paid.closeAfter).toBe(6);
});

test("a preview says how many would be touched by when, as it is and as it would be", async () => {
  await sql`update chats set status = 'frozen'`;
  const now = new Date("2030-03-31T12:00:00Z");
  const set = async (fields: Partial<typeof chats.$inferInsert>) => {
    const { id } = await makeChat(db);
    await db.update(chats).set(fields).where(eq(chats.id, id));
  };
  const ago = (iso: string) => new Date(iso);
  // Nobody wrote for five months; closed for eleven; closed long ago; archived for 23.
  await set({ lastMessageAt: ago("2029-10-31T12:00:00Z") });
  await set({ status: "closed", closedAt: ago("2029-04-30T12:00:00Z") });
  await set({ status: "closed", closedAt: ago("2025-01-01T00:00:00Z") });
  const archivedAt = ago("2028-04-30T12:00:00Z");
  await set({ status: "archived", closedAt: archivedAt, archivedAt });
  const before = wholeRetention({});
  const none = { closeAfter: null, archiveAfter: null, deleteAfter: null };
  const soon = { closeAfter: 6, archiveAfter: 1, deleteAfter: 1 };
  const all = (one: Retention) => ({
    ...{ inquiry: one, paid: one, shipped: one, completed: one, cancelled: one },
  });
  const preview = await previewChange(db, { before, after: all(soon), now });
  const counts = (which: "before" | "after") =>
    Object.fromEntries(
      preview.kinds.map(({ kind, at }) => [kind, at.map((one) => one[which].chats)]),
    );
  // At once, in one month, in three, in twelve.
  expect(counts("before")).toEqual({
    close: [0, 1, 1, 1],
    archive: [1, 2, 2, 2],
    delete: [0, 1, 1, 1],
  });
  expect(counts("after")).toEqual({
    close: [0, 1, 1, 1],
    archive: [2, 2, 3, 3],
    delete: [1, 3, 4, 4],
  });
  expect(preview.kinds[1]?.at[0]?.after.messages).toBe(2);
  const never = await previewChange(db, { before, after: all(none), now });
  expect(never.kinds.flatMap(({ at }) => at.map(({ after }) => after.chats))).toEqual(
    Array(12).fill(0),
  );
});
