import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import type { ArchiveCard } from "./card";

/** @returns null of a chat that is not archived */
export async function readArchiveCard(db: Db, chatId: string): Promise<ArchiveCard | null> {
  const [row] = await db.execute<{ at: string; messages: number; asked: string | null }>(sql`
    select to_json(c.archived_at) #>> '{}' as at, (
      select sum(a.messages)::int from chat_archives a where a.chat_id = c.id or a.chat_id in (
        select t.id from chats t join disputes d on d.id = t.dispute_id where d.chat_id = c.id)
      ) as messages, (
      select to_json(max(l.at)) #>> '{}' from audit_log l
      where l.chat_id = c.id and l.action = 'chat.restore_asked' and l.seq > (
        select max(a.seq) from audit_log a where a.chat_id = c.id and a.action = 'chat.archived')
      ) as asked
    from chats c where c.id = ${chatId} and c.archived_at is not null`);
  if (!row) return null;
  const iso = (time: string) => new Date(time).toISOString();
  return { archivedAt: iso(row.at), messages: row.messages, askedAt: row.asked && iso(row.asked) };
}
