import { type SQL, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { anyOf } from "~/db/ids.server";

/**
 * Has devices that show a message show what became of it, when the transaction commits: it was changed,
 * taken back or removed. Who read it by then shows nothing of it any more.
 */
export function tellMessageChanged(tx: Db, chatId: string, ...seqs: number[]): Promise<void> {
  return tell(
    tx,
    sql`n.chat_id = ${chatId} and exists (
      select from jsonb_array_elements_text(${JSON.stringify(seqs)}::jsonb) changed(seq)
      where n.pushed_seq >= changed.seq::bigint and me.read_seq < changed.seq::bigint)`,
  );
}

/**
 * Has devices of who blocks somebody take back what they show of these chats. Not those of whom he
 * blocks, who could tell by it.
 */
export function tellBlocked(tx: Db, userId: string, chatIds: string[]): Promise<void> {
  return tell(
    tx,
    sql`n.user_id = ${userId} and n.pushed_seq > me.read_seq and n.chat_id = ${anyOf(chatIds)}`,
  );
}

/** @param concerned which of `unread_notices n`, of a participant `me` */
async function tell(tx: Db, concerned: SQL): Promise<void> {
  await tx.execute(sql`
    select graphile_worker.add_job('push-changed',
      payload => json_build_object('userId', n.user_id, 'chatId', n.chat_id,
        'xid', pg_current_xact_id()::text),
      job_key => 'push-changed:' || n.user_id || ':' || n.chat_id, max_attempts => 4)
    from unread_notices n
    join chat_participants me on me.chat_id = n.chat_id and me.user_id = n.user_id
    where ${concerned} and exists (select from push_subscriptions s where s.user_id = n.user_id)`);
}
