import { type SQL, sql } from "drizzle-orm";
import { latestDispute } from "~/moderation/disputes/dispute-columns.server";

/** One chat with its subject and participants, as `ChatRow`. Expects the aliases `c` and `subject`. */
export const chatColumns: SQL = sql`
  c.id, c.version, c.state_version, c.status, c.last_seq, c.last_message_at, c.created_at,
  subject.reference, subject.title, subject.price_amount, subject.price_currency, subject.picture,
  subject.stage, ${latestDispute} as dispute,
  case when c.dispute_id is not null then (
    select json_build_object('chatId', d.chat_id, 'disputeId', d.id)
    from disputes d where d.id = c.dispute_id) end as private_thread,
  c.blocked_by,
  (select json_agg(json_build_object(
      'id', p.user_id, 'name', u.name, 'role', p.role,
      'readSeq', p.read_seq, 'deliveredSeq', p.delivered_seq,
      'blockedReadSeq', p.blocked_read_seq, 'blockedDeliveredSeq', p.blocked_delivered_seq,
      'mutedUntil', case when p.muted_until > now() then p.muted_until end,
      'sharesReads', u.shares_reads, 'hasLeft', p.left_at is not null) order by p.role)
    from chat_participants p join users u on u.id = p.user_id
    where p.chat_id = c.id) as participants`;

export const chatJoins: SQL = sql`join subjects subject on subject.id = c.subject_id`;
