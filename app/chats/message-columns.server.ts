import { type SQL, sql } from "drizzle-orm";

/**
 * One message with its sender, as `MessageRow`. The one place that reads messages for people, so
 * that a page and a stream cannot differ in what they show. Expects the alias `m`.
 */
export const messageColumns: SQL = sql`
  m.id, m.chat_id, m.seq, m.created_version, m.version, m.client_id, m.sender_id,
  sender.name as sender_name, membership.role as sender_role, m.type, m.body, m.event, m.reply_to,
  m.created_at, m.edited_at, m.deleted_at`;

export const messageJoins: SQL = sql`
  left join chat_participants membership
    on membership.chat_id = m.chat_id and membership.user_id = m.sender_id
  left join users sender on sender.id = m.sender_id`;
