import { expect, test } from "vitest";
import { disputes } from "~/db/schema";
import { db } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import type { DeskFilter, DeskSort } from "./desk";
import { countCases, listCases } from "./desk.server";

const hour = 3_600_000;
const inHours = (hours: number) => new Date(Date.now() + hours * hour);

async function makeCase(fields: Partial<typeof disputes.$inferInsert> = {}) {
  const chat = await makeChat(db);
  const [made] = await db
    .insert(disputes)
    .values({
      chatId: chat.id,
      openedBy: chat.buyer.id,
      openedAs: "buyer",
      reason: "not_received",
      statement: "A secret statement",
      wish: "refund",
      firstLookDue: inHours(24),
      decisionDue: inHours(72),
      ...fields,
    })
    .returning();
  if (!made) throw new Error("No case was made");
  return { ...made, chat };
}

test("what is overdue comes first, then what is due next, whatever is due of it", async () => {
  const viewer = await makeUser(db, { role: "moderator" });
  const later = await makeCase({ firstLookAt: new Date(), decisionDue: inHours(70) });
  const soon = await makeCase({ firstLookDue: inHours(2) });
  const overdue = await makeCase({ firstLookAt: new Date(), decisionDue: inHours(-1) });
  const { cases } = await listCases(db, viewer, { filter: "unresolved", size: 10 });
  expect(cases.map(({ id }) => id)).toEqual([overdue.id, soon.id, later.id]);
  expect(cases.map(({ due }) => due?.what)).toEqual(["decision", "first_look", "decision"]);
  const late = await listCases(db, viewer, { filter: "overdue", size: 10 });
  expect(late.cases.map(({ id }) => id)).toEqual([overdue.id]);
  expect(JSON.stringify(cases)).not.toContain("secret");
});

test("each filter shows its own, and the counts agree with it", async () => {
  const viewer = await makeUser(db, { role: "moderator" });
  const mine = await makeCase({
    status: "in_review",
    claimedBy: viewer.id,
    claimedAt: new Date(),
  });
  const resolved = await makeCase({
    status: "resolved",
    outcome: "withdrawn",
    resolvedAt: new Date(),
  });
  const idsOf = async (filter: DeskFilter) =>
    (await listCases(db, viewer, { filter, size: 50 })).cases.map(({ id }) => id);
  expect(await idsOf("mine")).toEqual([mine.id]);
  expect(await idsOf("resolved")).toEqual([resolved.id]);
  expect(await idsOf("unclaimed")).not.toContain(mine.id);
  expect(await idsOf("all")).toEqual(expect.arrayContaining([mine.id, resolved.id]));
  const counts = await countCases(db, viewer);
  for (const filter of ["unresolved", "unclaimed", "mine", "overdue"] as const) {
    expect(counts[filter], filter).toBe((await idsOf(filter)).length);
  }
});

test("pages neither repeat nor miss a case, in each order", async () => {
  const viewer = await makeUser(db, { role: "moderator" });
  const openedAt = new Date();
  for (let at = 0; at < 3; at++) await makeCase({ openedAt });
  const whole = async (sort: DeskSort, size: number) => {
    const ids: string[] = [];
    let after: string | undefined;
    do {
      const page = await listCases(db, viewer, { filter: "unresolved", sort, size, after });
      ids.push(...page.cases.map(({ id }) => id));
      after = page.next ?? undefined;
    } while (after);
    return ids;
  };
  for (const sort of ["due", "newest", "oldest"] as const) {
    const paged = await whole(sort, 2);
    expect(paged, sort).toEqual(await whole(sort, 1_000));
    expect(new Set(paged).size).toBe(paged.length);
  }
  expect(await whole("newest", 3)).toEqual((await whole("oldest", 3)).reverse());
});

test("a case is found by people and subject, and a broken place starts over", async () => {
  const viewer = await makeUser(db, { role: "moderator" });
  const found = await makeCase();
  const q = found.chat.reference;
  for (const after of ["", "nonsense", "2026-02-31T00:00:00.000Z_x", "\0"]) {
    const { cases } = await listCases(db, viewer, { filter: "all", q, after, size: 10 });
    expect(cases.map(({ id }) => id)).toEqual([found.id]);
  }
  const { cases } = await listCases(db, viewer, { filter: "all", q: "%_\\", size: 10 });
  expect(cases).toEqual([]);
});
