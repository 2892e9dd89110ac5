import { type SQL, sql } from "drizzle-orm";
import { attachmentColumns } from "~/attachments/attachment-columns.server";

/**
 * One message, as `MessageRow` without its sender's name and role: for what reads them beside it.
 * Expects the alias `m`.
 */
export const ownMessageColumns: SQL = sql`
  m.id, m.chat_id, m.seq, m.created_version, m.version, m.client_id, m.sender_id, m.type, m.body,
  m.event, m.reply_to, m.created_at, m.edited_at, m.deleted_at,
  m.redacted_by is not null as is_redacted,
  case when m.type = 'image' and m.deleted_at is null then (
    select jsonb_agg(${attachmentColumns} order by a.position)
    from attachments a where a.message_id = m.id
  ) end as attachments`;

/**
 * One message with its sender, as `MessageRow`. The one place that reads messages for people, so
 * that a page and a stream cannot differ in what they show. Expects the alias `m`.
 */
export const messageColumns: SQL = sql`
  ${ownMessageColumns}, sender.name as sender_name, membership.role as sender_role`;

export const messageJoins: SQL = sql`
  left join chat_participants membership
    on membership.chat_id = m.chat_id and membership.user_id = m.sender_id
  left join users sender on sender.id = m.sender_id`;
