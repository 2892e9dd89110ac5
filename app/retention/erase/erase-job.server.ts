import { ne } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { erasures } from "~/db/schema";
import { addJob } from "~/jobs/add-job.server";
import type { Job } from "~/jobs/job";
import { Throttle } from "../run/throttle.server";
import { eraseKey } from "./erase-account.server";
import { type EraseMeans, erasePerson } from "./erase-person.server";

/** @param way with what it is done in this process, and how much of the time it works */
export const eraseJob =
  (way: () => { means: EraseMeans; share: number }): Job<"erase"> =>
  async (db, { userId }, { now, signal }) => {
    const { means, share } = way();
    const throttle = new Throttle(db, { share, signal });
    const rest = (workedMs: number) => throttle.rest(workedMs);
    await erasePerson(db, { ...means, signal, rest }, userId, now);
  };

/** Has all erasures looked at that are not done: what held one may have ended. */
export async function goOnErasing(db: Db): Promise<void> {
  const rows = await db
    .select({ userId: erasures.userId })
    .from(erasures)
    .where(ne(erasures.state, "done"));
  for (const { userId } of rows) await addJob(db, "erase", { userId }, { key: eraseKey(userId) });
}
