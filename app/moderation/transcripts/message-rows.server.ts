import { type SQL, sql } from "drizzle-orm";

/** Messages with everything that they ever said, as `MessageRow`; `where` knows them as `m`. */
export const messageRows = (where: SQL): SQL => sql`
  select m.id, m.chat_id, m.seq, m.created_version, m.version, m.type, m.sender_id, m.body, m.event,
    m.reply_to, m.created_at, m.redacted_by, m.redaction_reason,
    (select json_agg(json_build_object(
        'version', v.version, 'body', v.body, 'replacedAt', v.replaced_at,
        'redactedBy', v.redacted_by, 'redactionReason', v.redaction_reason) order by v.version)
      from chat_message_versions v where v.message_id = m.id) as versions,
    case when m.type = 'image' then (
      select json_agg(json_build_object(
        'id', a.id, 'width', a.width, 'height', a.height, 'bytes', a.bytes,
        'sha256', a.sha256, 'alt', a.alt) order by a.position)
      from attachments a where a.message_id = m.id) end as pictures,
    (select json_agg(json_build_object('version', e.version, 'part', e.part, 'hash', e.hash))
      from erased_parts e where e.message_id = m.id) as erased
  from chat_messages m where ${where}`;
