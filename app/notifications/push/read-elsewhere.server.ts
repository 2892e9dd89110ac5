import { type SQL, sql } from "drizzle-orm";

/**
 * A query that has devices told to take back what they show of chats, of which all that they were told
 * of was just read: once for what was told, by a job.
 *
 * @param moved rows with `user_id`, `chat_id`, and how far was read before (`was_read`) and now (`read_seq`)
 */
export const tellReadElsewhere = (moved: SQL) => sql`
  select graphile_worker.add_job('push-read',
      payload => json_build_object('userId', moved.user_id, 'chatId', moved.chat_id),
      job_key => 'push-read:' || moved.user_id || ':' || moved.chat_id, max_attempts => 4) as job
  from ${moved} moved
  join unread_notices n on n.chat_id = moved.chat_id and n.user_id = moved.user_id
  where n.pushed_seq > moved.was_read and n.pushed_seq <= moved.read_seq
    and exists (select from push_subscriptions s where s.user_id = moved.user_id)`;
