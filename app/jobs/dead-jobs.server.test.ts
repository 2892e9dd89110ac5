import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditLog } from "~/db/schema";
import { db } from "~test/database";
import { makeUser } from "~test/factories";
import { runJobs } from "~test/jobs";
import { addJob } from "./add-job.server";
import { discardDead, listDead, retryDead } from "./dead-jobs.server";
import type { Registry } from "./registry.server";

/** A job that failed as often as it may. */
async function makeDead() {
  const userId = randomUUID();
  await addJob(db, "mail-digest", { userId });
  await db.execute(sql`
    update graphile_worker._private_jobs set attempts = max_attempts - 1
    where payload ->> 'userId' = ${userId}`);
  const jobs: Registry = { "mail-digest": () => Promise.reject(new Error("No mail server")) };
  await runJobs(db, { jobs, where: { userId }, mayFail: true });
  const [dead] = await listDead(db);
  if (!dead) throw new Error("No job died");
  return { ...dead, userId };
}

const isListed = async (id: string) => (await listDead(db)).some((job) => job.id === id);

const auditOf = (actorId: string) =>
  db.select().from(auditLog).where(eq(auditLog.actorId, actorId));

test("a job that failed as often as it may is listed, with why, and not done again by itself", async () => {
  const dead = await makeDead();
  expect(dead).toMatchObject({ task: "mail-digest", error: "Error: No mail server" });
  const ran = await runJobs(db, {
    jobs: { "mail-digest": async () => {} },
    where: { userId: dead.userId },
    now: new Date(Date.now() + 7 * 24 * 3_600_000),
  });
  expect(ran).toEqual([]);
});

test("an admin has one tried again, which the audit log says", async () => {
  const [admin, dead] = [await makeUser(db, { role: "admin" }), await makeDead()];
  expect(await retryDead(db, admin, dead.id)).toBe(true);
  expect(await isListed(dead.id)).toBe(false);
  const ran = await runJobs(db, {
    jobs: { "mail-digest": async () => {} },
    where: { userId: dead.userId },
  });
  expect(ran).toHaveLength(1);
  expect(await auditOf(admin.id)).toMatchObject([{ action: "job.retried" }]);
});

test("an admin discards one, which the audit log says, and twice is as once", async () => {
  const [admin, dead] = [await makeUser(db, { role: "admin" }), await makeDead()];
  expect(await discardDead(db, admin, dead.id)).toBe(true);
  expect(await isListed(dead.id)).toBe(false);
  expect(await discardDead(db, admin, dead.id)).toBeNull();
  expect(await retryDead(db, admin, dead.id)).toBeNull();
  expect(await auditOf(admin.id)).toMatchObject([{ action: "job.discarded" }]);
});

test("a job that waits for its next attempt is nobody's to discard", async () => {
  const admin = await makeUser(db, { role: "admin" });
  const userId = randomUUID();
  await addJob(db, "mail-digest", { userId });
  const [job] = await db.execute<{ id: string }>(sql`
    select id::text from graphile_worker._private_jobs where payload ->> 'userId' = ${userId}`);
  expect(await discardDead(db, admin, job?.id ?? "0")).toBeNull();
  expect(await auditOf(admin.id)).toEqual([]);
});
