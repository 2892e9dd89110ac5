import { type SQL, sql } from "drizzle-orm";
import { attachmentColumns } from "~/attachments/attachment-columns.server";
import { ownMessageColumns } from "~/chats/message-columns.server";

/** One message with all that it ever said, as `CaseMessageRow`. Expects the alias `m`. */
export const caseMessageColumns: SQL = sql`
  ${ownMessageColumns},
  case when m.type = 'image' then (
    select jsonb_agg(${attachmentColumns} order by a.position)
    from attachments a where a.message_id = m.id) end as all_attachments,
  (select json_agg(json_build_object(
      'version', v.version, 'body', v.body, 'replacedAt', v.replaced_at) order by v.version)
    from chat_message_versions v where v.message_id = m.id) as earlier,
  (select json_agg(json_build_object('version', verdict.version, 'action', verdict.action,
      'stage', verdict.stage, 'reasons', verdict.reasons) order by verdict.version)
    from message_verdicts verdict where verdict.message_id = m.id) as verdicts,
  m.redacted_by, (select u.name from users u where u.id = m.redacted_by) as redacted_by_name,
  m.redaction_reason`;
