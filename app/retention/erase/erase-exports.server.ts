import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import type { Storage } from "~/storage/storage";
import { removeParts } from "../personal/export-parts.server";

/**
 * Removes what somebody downloaded of his own data, and what those downloaded who have chats with him
 * or block him: their own data, too, and gone after 48 hours anyway; they can ask for it anew.
 */
export async function eraseExports(db: Db, storage: Storage, userId: string): Promise<void> {
  const gone = await db.execute<{ object_key: string }>(sql`
    update personal_exports set state = 'gone'
    where user_id = ${userId} or (state = 'ready' and user_id in (
      select blocker_id from blocks where blocked_id = ${userId}
      union select other.user_id from chat_participants mine
        join chat_participants other on other.chat_id = mine.chat_id
        where mine.user_id = ${userId}))
    returning object_key`);
  for (const { object_key: key } of gone) await removeParts(storage, key);
}
