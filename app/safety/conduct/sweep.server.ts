import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { remembered } from "./alike.server";

const batch = 5_000;

/**
 * Forgets the prints of yesterday. Several at once do not wait for one another, and it may end anywhere.
 *
 * @returns how many were forgotten
 */
export async function sweepPrints(pool: Db): Promise<number> {
  for (let removed = 0; ; ) {
    const gone = await pool.execute(sql`
      delete from message_prints where message_id in (
        select message_id from message_prints where created_at < now() - ${remembered}
        order by created_at limit ${batch} for update skip locked)
      returning 1`);
    removed += gone.length;
    if (gone.length < batch) return removed;
  }
}
