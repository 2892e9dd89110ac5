import { sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";

/**
 * Notes that the chat was open before the viewer's eyes when messages up to a place came, read or
 * not: nobody has to call him for these. Never backwards, never past the last message.
 *
 * @returns null when there is no such chat for this viewer
 */
export async function markViewed(
  db: Db,
  viewer: Pick<Viewer, "id">,
  { chatId, seq }: { chatId: string; seq: number },
): Promise<{ viewed: true } | null> {
  const [row] = await db.execute(sql`
    insert into unread_notices as n (chat_id, user_id, viewed_seq)
    select c.id, p.user_id, least(${seq}::bigint, c.last_seq)
    from chats c join chat_participants p on p.chat_id = c.id
    where c.id = ${chatId} and p.user_id = ${viewer.id} and p.left_at is null
    on conflict (chat_id, user_id)
      do update set viewed_seq = greatest(n.viewed_seq, excluded.viewed_seq)
    returning 1`);
  return row ? { viewed: true } : null;
}
