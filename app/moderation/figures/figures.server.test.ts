import { expect, test } from "vitest";
import { disputes } from "~/db/schema";
import { db, sql } from "~test/database";
import { makeChat, makeUser } from "~test/factories";
import { makeFlag, makeReport } from "~test/flags";
import { makeInstance } from "~test/instances";
import { say } from "~test/sending";
import { decideFlag } from "../flags/decide.server";
import { drawPlot, drawRows } from "./draw.server";
import { readFigures } from "./figures.server";
import { plotSize } from "./plot";

const hour = 3_600_000;
const ago = (hours: number) => new Date(Date.now() - hours * hour);

async function makeCase(fields: Partial<typeof disputes.$inferInsert>) {
  const chat = await makeChat(db);
  const dues = { firstLookDue: ago(-24), decisionDue: ago(-72) };
  const who = { chatId: chat.id, openedBy: chat.buyer.id, openedAs: "buyer" } as const;
  await db
    .insert(disputes)
    .values({ ...who, ...dues, reason: "payment", statement: "Where is it?", ...fields });
}

test("messages and people are counted in the day or week of the reader's time zone", async () => {
  const chat = await makeChat(db);
  for (const body of ["One", "Two"]) await say(db, chat.buyer, chat.id, body);
  await say(db, chat.seller, chat.id, "Three");
  for (const timeZone of ["UTC", "Pacific/Kiritimati", "America/St_Johns", "Asia/Kathmandu"]) {
    // Each its own reading: what was read is kept for a while.
    const { periods } = await readFigures(makeInstance(), { unit: "day", timeZone });
    expect(periods).toHaveLength(14);
    expect(
      periods.reduce((sum, { messages }) => sum + messages, 0),
      timeZone,
    ).toBe(3);
    const starts = periods.map(({ start }) => Date.parse(start));
    const last = starts.at(-1) ?? 0;
    expect(Date.now() - last).toBeLessThan(25 * hour);
    const midnight = new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "short" });
    for (const start of starts)
      expect([timeZone, midnight.format(start)]).toEqual([timeZone, "00:00"]);
  }
  await sql`update chat_messages set created_at = now() - interval '8 days' where seq = 2`;
  const { periods } = await readFigures(makeInstance(), { unit: "week", timeZone: "UTC" });
  expect(periods).toHaveLength(12);
  expect(periods.reduce((sum, { messages }) => sum + messages, 0)).toBe(3);
  for (const { start } of periods) expect(new Date(start).getUTCDay()).toBe(1);
  const busy = periods.filter(({ messages }) => messages > 0);
  expect(busy.at(-1)).toMatchObject({ messages: 2, activePeople: 2 });
  expect(busy.at(0)).toMatchObject({ messages: 1, activePeople: 1 });
});

test("cases are counted by when they came and went, with how long they took", async () => {
  const moderator = await makeUser(db, { role: "moderator" });
  const decided = {
    status: "resolved",
    outcome: "buyer",
    decidedBy: moderator.id,
    decision: "So",
  } as const;
  await makeCase({ openedAt: ago(1), reason: "behaviour" });
  await makeCase({ openedAt: ago(30), firstLookAt: ago(28) });
  await makeCase({ openedAt: ago(100) });
  await makeCase({ openedAt: ago(24 * 30) });
  await makeCase({ openedAt: ago(50), firstLookAt: ago(46), resolvedAt: ago(30), ...decided });
  await makeCase({
    openedAt: ago(50),
    resolvedAt: ago(49),
    status: "resolved",
    outcome: "withdrawn",
  });
  const { periods, byAge, byReason, oldestOpenedAt } = await readFigures(makeInstance(), {
    unit: "day",
    timeZone: "UTC",
  });
  const sum = (of: (period: (typeof periods)[number]) => number) =>
    periods.reduce((all, period) => all + of(period), 0);
  expect(sum(({ opened }) => opened)).toBe(5);
  expect(sum(({ resolved }) => resolved)).toBe(2);
  expect(periods.at(-1)?.openAtEnd).toBe(4);
  expect(periods.at(0)?.openAtEnd).toBe(1);
  const known = (of: (period: (typeof periods)[number]) => number | null) =>
    periods.map(of).filter((value) => value !== null);
  expect(known(({ decisionHours }) => decisionHours)).toEqual([expect.closeTo(20, 3)]);
  for (const hours of known(({ firstLookHours }) => firstLookHours)) {
    expect(hours).toBeGreaterThan(1.9);
    expect(hours).toBeLessThan(4.1);
  }
  expect(byAge).toEqual({ day: 1, threeDays: 1, week: 1, longer: 1 });
  expect(byReason).toMatchObject({ payment: 4, behaviour: 1, other: 0 });
  expect(Math.abs(Date.parse(oldestOpenedAt ?? "") - ago(24 * 30).getTime())).toBeLessThan(60_000);
});

test("flags are counted by when they came and were decided, and by what they are about", async () => {
  const moderator = await makeUser(db, { role: "moderator" });
  const old = await makeFlag(db);
  await sql`update flags set opened_at = now() - interval '3 days' where id = ${old.id}`;
  const { id, chat } = await makeFlag(db);
  await makeReport(db, id, chat.seller);
  const decision = { choice: "fine", statement: "It is nothing." } as const;
  await decideFlag(db, moderator, id, decision);
  const asked = { unit: "day", timeZone: "UTC" } as const;
  const { periods, flagsByKind } = await readFigures(makeInstance(), asked);
  const days = periods.slice(-4);
  expect(days.map(({ flagsRaised }) => flagsRaised)).toEqual([1, 0, 0, 1]);
  expect(days.map(({ flagsDecided }) => flagsDecided)).toEqual([0, 0, 0, 1]);
  expect(days.map(({ flagsAtEnd }) => flagsAtEnd)).toEqual([1, 1, 1, 1]);
  expect(flagsByKind).toEqual([
    { kind: "found-scam", count: 2 },
    { kind: "reported-scam", count: 1 },
  ]);
});

test("a plot stays within its picture, whatever its values are", () => {
  const many = Array.from({ length: 14 }, (_, at) => at ** 5);
  for (const values of [[], [0], [0, 0, 0], [1], many, many.map((value) => value / 1e9)]) {
    const line = values.map((value, at) => (at % 3 ? value : null));
    const { bars, ticks, labels, baseline, ...plot } = drawPlot({ bars: values, line });
    expect(bars).toHaveLength(values.length);
    for (const { x, y, width, height } of bars) {
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x + width).toBeLessThanOrEqual(plotSize.width);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y + height).toBeCloseTo(baseline, 0);
    }
    expect(plot.line?.path ?? "").not.toMatch(/NaN|Infinity/);
    expect(plot.line?.points.length ?? 0).toBe(line.filter((value) => value !== null).length);
    expect(ticks.length).toBeGreaterThan(1);
    expect(labels.length).toBeLessThanOrEqual(5);
    if (values.length) expect(labels.at(-1)?.at).toBe(values.length - 1);
  }
  expect(drawRows([0, 5, 10]).map(({ width }) => width)).toEqual([0, 180, 360]);
});
