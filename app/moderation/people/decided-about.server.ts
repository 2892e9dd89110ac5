import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import type { FilterKind } from "~/safety/filters";
import type { FlagSource, ReportReason } from "../flags/flag";
import type { DecidedAbout, Ground } from "./own-decision";

const groundOf: Record<FilterKind | "rule", Ground> = {
  email: "contact",
  phone: "contact",
  link: "contact",
  handle: "contact",
  payment: "payment",
  profanity: "abuse",
  slur: "abuse",
  threat: "abuse",
  scam: "scam",
  bulk: "spam",
  new_account: "spam",
  rule: "rule",
};

/**
 * What flags were about, for whom they concern: his own words and why they were looked at. Of what a
 * filter found first, reports that came to it later say nothing here.
 *
 * @returns by the flag's id
 */
export async function readDecidedAbout(
  db: Db,
  flagIds: readonly string[],
): Promise<Map<string, DecidedAbout>> {
  if (flagIds.length === 0) return new Map();
  const rows = await db.execute<Row>(sql`
    select f.id, f.source, subject.title as subject, m.id as message_id, m.created_at as sent_at,
      m.redacted_by is not null as is_removed,
      case when m.id is not null then coalesce(m.body, (
        select v.body from chat_message_versions v
        where v.message_id = m.id and v.body is not null order by v.version desc limit 1)) end as words,
      (select count(*)::int from attachments a where a.message_id = m.id) as pictures,
      (select json_agg(distinct reason->>'kind')
        from message_verdicts v, jsonb_array_elements(v.reasons) reason
        where v.message_id = m.id) as found,
      (select json_agg(distinct r.reason) from reports r where r.flag_id in (f.id, f.appeal_of)) as reported
    from flags f
    join chats c on c.id = f.chat_id
    join subjects subject on subject.id = c.subject_id
    left join chat_messages m on m.id = f.message_id
    where f.id in (select asked::uuid
      from jsonb_array_elements_text(${JSON.stringify(flagIds)}::jsonb) as t(asked))`);
  return new Map(rows.map((row) => [row.id, toAbout(row)]));
}

type Row = {
  id: string;
  source: FlagSource;
  subject: string;
  message_id: string | null;
  sent_at: string;
  is_removed: boolean;
  words: string | null;
  pictures: number;
  found: (FilterKind | "rule")[] | null;
  reported: ReportReason[] | null;
};

function toAbout(row: Row): DecidedAbout {
  const isAutomatic = row.source === "filter";
  const found = (row.found ?? []).map((kind) => groundOf[kind]);
  const grounds: Ground[] = isAutomatic ? found : [...found, ...(row.reported ?? [])];
  const { words, pictures, subject, is_removed: isRemoved } = row;
  const sentAt = new Date(row.sent_at).toISOString();
  return {
    subject,
    message: row.message_id ? { words, pictures, sentAt, isRemoved } : null,
    grounds: [...new Set(grounds)],
    isAutomatic,
  };
}
