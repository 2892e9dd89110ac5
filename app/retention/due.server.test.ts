import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import type { Stage } from "~/chats/system-event";
import { connect } from "~/db/client.server";
import { chats, subjects } from "~/db/schema";
import { databaseUrl, db } from "~test/database";
import { makeChat } from "~test/factories";
import type { DueCursor, DueKind } from "./due";
import { dueFor, readDue } from "./due.server";
import { defaultRetention, type Retention, wholeRetention } from "./policy";

type Fields = Partial<typeof chats.$inferInsert>;

/** A chat with those dates, and the stage of what it is about. */
async function chatWith(fields: Fields, stage: Stage = "inquiry"): Promise<string> {
  const { id, reference } = await makeChat(db);
  await db.update(chats).set(fields).where(eq(chats.id, id));
  await db.update(subjects).set({ stage }).where(eq(subjects.reference, reference));
  return id;
}

const closed = (at: string, more: Fields = {}) =>
  chatWith({ status: "closed", closedAt: new Date(at), ...more });

/** Everything that is due, by small pages. */
async function due(
  kind: DueKind,
  now: string,
  byStage: Partial<Record<Stage, Retention>> = {},
  on = db,
): Promise<string[]> {
  const found: string[] = [];
  let after: DueCursor | null = null;
  do {
    const page = await readDue(on, kind, {
      byStage: wholeRetention(byStage),
      now: new Date(now),
      after,
      limit: 2,
    });
    found.push(...page.chats.map(({ id }) => id));
    after = page.next;
  } while (after);
  return found;
}

const everywhere = (months: Partial<Retention>) => {
  const one = { ...defaultRetention, ...months };
  return { inquiry: one, paid: one, shipped: one, completed: one, cancelled: one };
};

test("months are those of the calendar: from the 31st to the last day, also in leap years", async () => {
  const january = await closed("2023-01-31T12:00:00Z");
  const leap = await closed("2024-01-31T12:00:00Z");
  const month = everywhere({ archiveAfter: 1 });
  const at = async (now: string) => due("archive", now, month);
  expect(await at("2023-02-28T11:59:59Z")).not.toContain(january);
  expect(await at("2023-02-28T12:00:00Z")).toContain(january);
  expect(await at("2024-02-28T12:00:00Z")).not.toContain(leap);
  expect(await at("2024-02-29T11:59:59.999Z")).not.toContain(leap);
  expect(await at("2024-02-29T12:00:00Z")).toContain(leap);
  const leapDay = await closed("2020-02-29T12:00:00Z");
  const year = everywhere({ archiveAfter: 12 });
  expect(await due("archive", "2021-02-28T11:59:59Z", year)).not.toContain(leapDay);
  expect(await due("archive", "2021-02-28T12:00:00Z", year)).toContain(leapDay);
});

test("the hour does not move with summer time, whatever time zone a connection has", async () => {
  const { db: berlin, sql, close } = connect(databaseUrl, { max: 1 });
  try {
    await sql`set time zone 'Europe/Berlin'`;
    const winter = await closed("2019-01-15T12:00:00Z");
    const half = everywhere({ archiveAfter: 6 });
    for (const on of [db, berlin]) {
      expect(await due("archive", "2019-07-15T11:59:59Z", half, on)).not.toContain(winter);
      expect(await due("archive", "2019-07-15T12:00:00Z", half, on)).toContain(winter);
    }
  } finally {
    await close();
  }
});

test("an open chat is due to close, a closed one to be archived, an archived one to be deleted", async () => {
  const old = new Date("2018-03-01T00:00:00Z");
  const open = await chatWith({ lastMessageAt: old });
  const frozen = await chatWith({ status: "frozen", lastMessageAt: old });
  const shut = await closed(old.toISOString());
  const archived = await chatWith({ status: "archived", closedAt: old, archivedAt: old });
  const all = async (now: string) => [
    await due("close", now),
    await due("archive", now),
    await due("delete", now),
  ];
  const after5 = await all("2018-08-31T00:00:00Z");
  for (const one of [open, frozen, shut, archived]) expect(after5.flat()).not.toContain(one);
  const [close, archive, remove] = await all("2020-03-01T00:00:00Z");
  expect(close).toContain(open);
  expect(archive).toContain(shut);
  expect(remove).toContain(archived);
  const touched = [close, archive, remove].flat();
  expect(touched).not.toContain(frozen);
  for (const one of [open, shut, archived]) {
    expect(touched.filter((id) => id === one)).toHaveLength(1);
  }
});

test("what was restored is kept from then on, and the stage decides how long", async () => {
  const restored = await closed("2017-01-01T00:00:00Z", {
    restoredAt: new Date("2017-06-01T00:00:00Z"),
  });
  const paid = await chatWith(
    { status: "closed", closedAt: new Date("2017-01-01T00:00:00Z") },
    "paid",
  );
  const rules = { paid: { closeAfter: null, archiveAfter: null, deleteAfter: null } };
  expect(await due("archive", "2018-05-31T00:00:00Z", rules)).not.toContain(restored);
  expect(await due("archive", "2018-06-01T00:00:00Z", rules)).toContain(restored);
  expect(await due("archive", "2030-01-01T00:00:00Z", rules)).not.toContain(paid);
  expect(await due("archive", "2018-01-01T00:00:00Z")).toContain(paid);
  const never = everywhere({ closeAfter: null, archiveAfter: null, deleteAfter: null });
  for (const kind of ["close", "archive", "delete"] as const) {
    expect(await due(kind, "2100-01-01T00:00:00Z", never)).toEqual([]);
  }
});

test("pages find each chat once, also where many closed at one moment", async () => {
  const at = "2016-05-05T05:05:05Z";
  const made: string[] = [];
  for (let n = 0; n < 5; n++) made.push(await closed(at));
  const found = (await due("archive", "2017-05-05T05:05:05Z")).filter((id) => made.includes(id));
  expect(found.toSorted()).toEqual(made.toSorted());
});

test("a step that asks again finds what a chat is due for by then, or nothing", async () => {
  const id = await closed("2015-01-01T00:00:00Z");
  expect(await dueFor(db, id, new Date("2015-12-31T00:00:00Z"))).toBeNull();
  expect(await dueFor(db, id, new Date("2016-01-01T00:00:00Z"))).toBe("archive");
  await db.update(chats).set({ status: "frozen" }).where(eq(chats.id, id));
  expect(await dueFor(db, id, new Date("2016-01-01T00:00:00Z"))).toBeNull();
});
