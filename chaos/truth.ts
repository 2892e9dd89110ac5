import type { Sql } from "postgres";
import type { Row, TrueChat } from "./history";

type MessageRow = Omit<Row, "isUnsent"> & { chatId: string; deletedAt: Date | null };

/** What the database has, read straight from its rows, in one transaction. */
export async function readTruth(sql: Sql, chatIds: string[]): Promise<TrueChat[]> {
  return sql.begin("isolation level repeatable read read only", async (tx) => {
    const chats = await tx<{ id: string; version: number; lastSeq: number }[]>`
      select id, version::int, last_seq::int "lastSeq" from chats where id = any(${chatIds})`;
    const rows = await tx<MessageRow[]>`
      select m.chat_id "chatId", m.id, m.seq::int, m.version::int,
        m.created_version::int "createdVersion", m.client_id "clientId", m.sender_id "senderId",
        m.body, m.deleted_at "deletedAt",
        array(select v.body from chat_message_versions v where v.message_id = m.id
          order by v.version) earlier
      from chat_messages m where m.chat_id = any(${chatIds}) order by m.chat_id, m.seq`;
    const unread = await tx<{ chatId: string; userId: string; count: number }[]>`
      select p.chat_id "chatId", p.user_id "userId", (
        select count(*)::int from chat_messages m
        where m.chat_id = p.chat_id and m.seq > p.read_seq) count
      from chat_participants p where p.chat_id = any(${chatIds})`;
    return chats.map((chat) => ({
      ...chat,
      rows: rows
        .filter(({ chatId }) => chatId === chat.id)
        .map(({ chatId: _, deletedAt, ...row }) => ({ ...row, isUnsent: deletedAt !== null })),
      unread: Object.fromEntries(
        unread
          .filter(({ chatId }) => chatId === chat.id)
          .map(({ userId, count }) => [userId, count]),
      ),
    }));
  });
}
