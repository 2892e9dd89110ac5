import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { anyOf } from "~/db/ids.server";
import type { Storage } from "~/storage/storage";
import { objectKeys } from "./attachment";

/** For so long a picture waits for its message: a draft of yesterday can still be sent. */
export const stagedForMs = 24 * 60 * 60 * 1000;
/** A put that was killed a minute ago may be another process's that goes on. */
const unfinishedMs = 60 * 60 * 1000;
const batch = 100;

/**
 * Removes pictures that no message took: word that they are not stored any more, then objects, then
 * rows. After the first a message cannot take them, so that it may be killed anywhere, run again, and
 * run on several instances at once. What a send has locked at this moment is left to it.
 *
 * @param ageMs what is younger stays
 * @returns how many were removed
 * @throws StorageError; what is left then goes another time
 */
export async function sweepStaged(db: Db, storage: Storage, ageMs = stagedForMs): Promise<number> {
  const isOld = sql`message_id is null and dispute_id is null
    and created_at < clock_timestamp() - ${ageMs} * interval '1 millisecond'`;
  await storage.removeUnfinished(new Date(Date.now() - unfinishedMs));
  for (let removed = 0; ; ) {
    await db.execute(sql`
      update attachments set stored_at = null where id in (
        select id from attachments where ${isOld} and stored_at is not null
        limit ${batch} for update skip locked)`);
    const unwanted = await db.execute<{ id: string }>(sql`
      select id from attachments where ${isOld} and stored_at is null limit ${batch}`);
    if (!unwanted.length) return removed;
    const ids = unwanted.map(({ id }) => id);
    await storage.remove(ids.flatMap((id) => Object.values(objectKeys(id))));
    const gone = await db.execute(sql`
      delete from attachments where ${isOld} and stored_at is null
        and id = ${anyOf(ids)}
      returning id`);
    removed += gone.length;
  }
}
