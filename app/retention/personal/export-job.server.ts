import { and, eq } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { personalExports } from "~/db/schema";
import { addJob } from "~/jobs/add-job.server";
import type { Job } from "~/jobs/job";
import type { Means } from "../means";
import { putParts, removeParts } from "./export-parts.server";
import { makeExport } from "./make-export.server";
import { exportKeptMs } from "./own-export";

/**
 * Does what comes next for what somebody asked for of his data: makes it, or removes it when its time
 * is over or its person is erased. The row named the objects before there were any, so that one that
 * was killed anywhere begins anew, and leaves nothing behind.
 */
export const personalExportJob =
  (means: () => Means): Job<"personal-export"> =>
  async (db, { exportId }, { now, signal, isLastAttempt }) => {
    const [row] = await db.select().from(personalExports).where(eq(personalExports.id, exportId));
    if (!row) return;
    const { storage } = means();
    if (row.state === "ready" && row.expiresAt && row.expiresAt <= now) {
      await move(db, exportId, "ready", { state: "gone" });
      await removeParts(storage, row.objectKey);
      return;
    }
    if (row.state === "ready") return;
    await removeParts(storage, row.objectKey);
    if (row.state !== "waiting") return;
    try {
      const file = await makeExport(db, { userId: row.userId, now }, means());
      const bytes = await putParts(storage, row.objectKey, file, signal);
      if (await finish(db, exportId, bytes, now)) return;
      // Its person was erased meanwhile.
      await removeParts(storage, row.objectKey);
    } catch (error) {
      if (isLastAttempt) {
        await move(db, exportId, "waiting", { state: "failed" });
        await removeParts(storage, row.objectKey);
      }
      throw error;
    }
  };

async function finish(db: Db, exportId: string, bytes: number, now: Date): Promise<boolean> {
  const expiresAt = new Date(now.getTime() + exportKeptMs);
  return db.transaction(async (tx) => {
    const ready = { state: "ready" as const, bytes, readyAt: now, expiresAt };
    const isMine = await move(tx, exportId, "waiting", ready);
    if (!isMine) return false;
    await addJob(
      tx,
      "personal-export",
      { exportId },
      { key: `gone:${exportId}`, runAt: expiresAt },
    );
    return true;
  });
}

type Row = typeof personalExports.$inferInsert;

async function move(db: Db, id: string, from: NonNullable<Row["state"]>, set: Partial<Row>) {
  const moved = await db
    .update(personalExports)
    .set(set)
    .where(and(eq(personalExports.id, id), eq(personalExports.state, from)))
    .returning({ id: personalExports.id });
  return moved.length === 1;
}
