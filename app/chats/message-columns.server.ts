import { type SQL, sql } from "drizzle-orm";
import { attachmentColumns } from "~/attachments/attachment-columns.server";
import type { OwnMessageRow } from "./message";

/** What is read of a message itself. Expects the alias `m`. */
const own: Record<keyof OwnMessageRow, SQL> = {
  id: sql`m.id`,
  chat_id: sql`m.chat_id`,
  seq: sql`m.seq`,
  created_version: sql`m.created_version`,
  version: sql`m.version`,
  client_id: sql`m.client_id`,
  sender_id: sql`m.sender_id`,
  type: sql`m.type`,
  body: sql`m.body`,
  event: sql`m.event`,
  reply_to: sql`m.reply_to`,
  created_at: sql`m.created_at`,
  edited_at: sql`m.edited_at`,
  deleted_at: sql`m.deleted_at`,
  is_redacted: sql`m.redacted_by is not null`,
  attachments: sql`case when m.type = 'image' and m.deleted_at is null then (
    select jsonb_agg(${attachmentColumns} order by a.position)
    from attachments a where a.message_id = m.id
  ) end`,
};
const names = Object.keys(own) as (keyof OwnMessageRow)[];

/**
 * One message, as `MessageRow` without its sender's name and role: for what reads them beside it.
 * Expects the alias `m`.
 */
export const ownMessageColumns: SQL = sql.join(
  names.map((name) => sql`${own[name]} as ${sql.identifier(name)}`),
  sql`, `,
);

/**
 * The same as a list of values that nothing names, for many at a time: PostgreSQL makes it in half
 * the time, and it is half as long. `ownMessageRow` names them.
 */
export const ownMessageValues: SQL = sql`json_build_array(${sql.join(Object.values(own), sql`, `)})`;

export function ownMessageRow(values: unknown[]): OwnMessageRow {
  const row: Record<string, unknown> = {};
  for (let at = 0; at < names.length; at++) row[names[at] ?? ""] = values[at];
  return row as OwnMessageRow;
}

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
