import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import type { Waiting } from "./unread-chats.server";

/** Notes that a person was mailed of these chats up to there. */
export async function noteMailed(
  db: Db,
  userId: string,
  chats: Waiting[],
  at: Date,
): Promise<void> {
  const rows = chats.map(({ chatId, lastSeq }) => ({ chat_id: chatId, mailed_seq: lastSeq }));
  await db.execute(sql`
    insert into unread_notices (chat_id, user_id, mailed_seq, mailed_at)
    select chat_id, ${userId}, mailed_seq, ${at.toISOString()}::timestamptz
    from ${listed(rows)} as chat (chat_id uuid, mailed_seq bigint) order by chat_id
    on conflict (chat_id, user_id) do update set
      mailed_seq = greatest(unread_notices.mailed_seq, excluded.mailed_seq),
      mailed_at = excluded.mailed_at`);
}

/** Takes that back where the mail was not taken after all, unless more was noted since. */
export async function forgetMailed(db: Db, userId: string, chats: Waiting[]): Promise<void> {
  const rows = chats.map(({ chatId, lastSeq, mailedSeq, mailedAt }) => ({
    chat_id: chatId,
    noted: lastSeq,
    mailed_seq: mailedSeq,
    mailed_at: mailedAt,
  }));
  await db.execute(sql`
    update unread_notices notice set mailed_seq = chat.mailed_seq, mailed_at = chat.mailed_at
    from ${listed(rows)} as chat (chat_id uuid, noted bigint, mailed_seq bigint, mailed_at timestamptz)
    where notice.user_id = ${userId} and notice.chat_id = chat.chat_id
      and notice.mailed_seq = chat.noted`);
}

const listed = (rows: object[]) => sql`jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)`;
