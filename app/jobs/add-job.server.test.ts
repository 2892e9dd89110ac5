import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "~test/database";
import { runJobs } from "~test/jobs";
import { addJob } from "./add-job.server";
import type { Registry } from "./registry.server";

/** Does nothing but count, for one person whom nobody else in this file has jobs for. */
function makeTask() {
  const [userId, attempts]: [string, number[]] = [randomUUID(), []];
  const jobs: Registry = {
    "mail-digest": async (_, payload, { attempt }) => {
      expect(payload).toEqual({ userId });
      attempts.push(attempt);
    },
  };
  return { userId, attempts, options: { jobs, where: { userId } } };
}

const minutes = (count: number) => new Date(Date.now() + count * 60_000);

test("a job is done when its transaction commits, and never when it is rolled back", async () => {
  const { userId, attempts, options } = makeTask();
  const rolledBack = db.transaction(async (tx) => {
    await addJob(tx, "mail-digest", { userId });
    throw new Error("Something else failed");
  });
  await expect(rolledBack).rejects.toThrow("Something else failed");
  await runJobs(db, options);
  expect(attempts).toEqual([]);
  await db.transaction((tx) => addJob(tx, "mail-digest", { userId }));
  await runJobs(db, options);
  expect(attempts).toEqual([1]);
});

test("a job is not done before its time", async () => {
  const { userId, attempts, options } = makeTask();
  await addJob(db, "mail-digest", { userId }, { runAt: minutes(5) });
  await runJobs(db, { ...options, now: minutes(4) });
  expect(attempts).toEqual([]);
  await runJobs(db, { ...options, now: minutes(6) });
  expect(attempts).toEqual([1]);
});

test("of jobs with the same key one is done", async () => {
  const { userId, attempts, options } = makeTask();
  for (let times = 0; times < 3; times++) {
    await addJob(db, "mail-digest", { userId }, { key: `digest:${userId}` });
  }
  await runJobs(db, options);
  expect(attempts).toEqual([1]);
});
