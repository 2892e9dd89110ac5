import { type SQL, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { type Message, type MessageRow, toMessage } from "./message";
import { messageColumns, messageJoins } from "./message-columns.server";

/** Messages in the order of their seq. The caller has made sure who may see them. */
export async function selectMessages(db: Db, where: SQL): Promise<Message[]> {
  const rows = await db.execute<{ row: MessageRow }>(sql`
    select to_jsonb(x) as row from (
      select ${messageColumns} from chat_messages m ${messageJoins} where ${where} order by m.seq
    ) x`);
  return rows.map(({ row }) => toMessage(row));
}

export async function findMessage(db: Db, chatId: string, seq: number): Promise<Message | null> {
  const [message] = await selectMessages(db, sql`m.chat_id = ${chatId} and m.seq = ${seq}`);
  return message ?? null;
}

export async function findByClientId(
  db: Db,
  chatId: string,
  senderId: string,
  clientId: string,
): Promise<Message | null> {
  const [message] = await selectMessages(
    db,
    sql`m.chat_id = ${chatId} and m.sender_id = ${senderId} and m.client_id = ${clientId}`,
  );
  return message ?? null;
}
