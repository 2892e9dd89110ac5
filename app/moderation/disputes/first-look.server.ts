import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";

/** The first look of a moderator at a case stops the first of its clocks. */
export async function noteFirstLook(tx: Db, disputeId: string): Promise<void> {
  await tx.execute(sql`update disputes set first_look_at = clock_timestamp()
    where id = ${disputeId} and first_look_at is null and status <> 'resolved'`);
}
