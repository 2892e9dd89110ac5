import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { notifications } from "~/db/schema";
import { db } from "~test/database";
import { makeUser } from "~test/factories";
import { raiseNotifications } from "./raise.server";

const draftFor = (userId: string) => ({
  userId,
  kind: "sanction" as const,
  subjectId: crypto.randomUUID(),
  data: { what: "imposed" as const },
});

async function jobsFor(notificationIds: string[]) {
  const rows = await db.execute<{ task: string }>(sql`
    select t.identifier as task from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id
    where j.payload ->> 'notificationId' in (
      select value from jsonb_array_elements_text(${JSON.stringify(notificationIds)}::jsonb) as t(value))
    order by task`);
  return rows.map(({ task }) => task);
}

test("what two people are told at once by many is numbered without holes, and has its jobs", async () => {
  const [one, two] = [await makeUser(db), await makeUser(db)];
  const both = () =>
    db.transaction((tx) => raiseNotifications(tx, [draftFor(two.id), draftFor(one.id)]));
  await Promise.all(Array.from({ length: 10 }, both));
  for (const { id } of [one, two]) {
    const rows = await db.select().from(notifications).where(eq(notifications.userId, id));
    const versions = rows.map(({ version }) => version).sort((a, b) => a - b);
    expect(versions).toEqual(Array.from({ length: 10 }, (_, at) => at + 1));
    expect(await jobsFor(rows.map((row) => row.id))).toEqual([
      ...Array(10).fill("mail-notification"),
      ...Array(10).fill("push-notification"),
    ]);
  }
});

test("what is rolled back was told to nobody, and takes no number", async () => {
  const { id } = await makeUser(db);
  const failing = db.transaction(async (tx) => {
    await raiseNotifications(tx, [draftFor(id)]);
    throw new Error("No");
  });
  await expect(failing).rejects.toThrow("No");
  await db.transaction((tx) => raiseNotifications(tx, [draftFor(id)]));
  const rows = await db.select().from(notifications).where(eq(notifications.userId, id));
  expect(rows.map(({ version }) => version)).toEqual([1]);
});
