import { sql } from "drizzle-orm";
import { endSessionsOf } from "~/accounts/sessions.server";
import type { Db } from "~/db/client.server";
import { addJob } from "~/jobs/add-job.server";

/** What is somebody's alone: nobody else reads it, and no case needs it. */
const tables = [
  "push_subscriptions",
  "devices",
  "notifications",
  "notification_clocks",
  "notification_choices",
  "unread_notices",
  "unread_digests",
];

/**
 * Deletes what is somebody's alone: where he is signed in, on which devices, what he was told and
 * chose, what he downloaded. What came meanwhile goes when it is called again.
 */
export async function forgetAccount(tx: Db, userId: string): Promise<void> {
  await endSessionsOf(tx, userId);
  for (const table of tables) {
    await tx.execute(sql`delete from ${sql.raw(table)} where user_id = ${userId}`);
  }
  const exports = await tx.execute<{ id: string }>(sql`
    update personal_exports set state = 'gone'
    where user_id = ${userId} and state in ('waiting', 'ready') returning id`);
  for (const { id } of exports) {
    await addJob(tx, "personal-export", { exportId: id }, { key: `gone:${id}` });
  }
  await tx.execute(sql`delete from idempotent_answers where caller = ${`user ${userId}`}`);
  await tx.execute(sql`delete from message_prints where sender_id = ${userId}`);
}
