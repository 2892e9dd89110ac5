import { randomUUID } from "node:crypto";
import { desc, eq, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { personalExports, users } from "~/db/schema";
import type { Limited } from "~/http/rate-limits.server";
import { addJob } from "~/jobs/add-job.server";
import { mostExportsADay, type OwnExport } from "./own-export";

/** Shown of what was asked for before. */
const shownAtOnce = 3;

/**
 * Has a job gather somebody's data. Asking again while one is made changes nothing, also from
 * another device at the same moment; one that failed does not count.
 *
 * @returns null when he is erased by now
 */
export async function requestExport(
  db: Db,
  { id: userId }: Pick<Viewer, "id">,
): Promise<{ id: string } | ({ refused: "tooManyExports" } & Limited) | null> {
  return db.transaction(async (tx) => {
    // One after the other, and none behind an erasure.
    const [user] = await tx.execute<{ erased_at: string | null }>(
      sql`select erased_at from ${users} where ${users.id} = ${userId} for no key update`,
    );
    if (!user || user.erased_at) return null;
    const [known] = await tx.execute<{ waiting: string | null; today: number; wait: number }>(sql`
      select (array_agg(id) filter (where state = 'waiting'))[1] as waiting,
        count(*) filter (where state <> 'failed' and requested_at > now() - interval '1 day')::int
          as today,
        ceil(extract(epoch from min(requested_at) filter (
          where state <> 'failed' and requested_at > now() - interval '1 day'
        ) + interval '1 day' - now()))::int as wait
      from personal_exports where user_id = ${userId}`);
    if (known?.waiting) return { id: known.waiting };
    if (known && known.today >= mostExportsADay) {
      return { refused: "tooManyExports", retryAfter: Math.max(1, known.wait) };
    }
    const [made] = await tx
      .insert(personalExports)
      .values({ userId, objectKey: `exports/${randomUUID()}`, requestedAt: sql`clock_timestamp()` })
      .returning({ id: personalExports.id });
    if (!made) throw new Error("An export was not stored");
    await addJob(tx, "personal-export", { exportId: made.id }, { key: `export:${made.id}` });
    return made;
  });
}

/** What somebody asked for last, the latest first. */
export async function listExports(
  db: Db,
  { id: userId }: Pick<Viewer, "id">,
  now = new Date(),
): Promise<OwnExport[]> {
  const rows = await db
    .select()
    .from(personalExports)
    .where(eq(personalExports.userId, userId))
    .orderBy(desc(personalExports.requestedAt))
    .limit(shownAtOnce);
  return rows.map(({ id, state, requestedAt, expiresAt, bytes }) => ({
    id,
    // What is over is over, whenever the job comes that removes it.
    state: state === "ready" && expiresAt && expiresAt <= now ? "gone" : state,
    requestedAt: requestedAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    bytes,
  }));
}
