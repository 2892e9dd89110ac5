import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { anyOf } from "~/db/ids.server";
import { readArchivedWords } from "~/retention/archive/archived-words.server";
import type { FilterKind } from "~/safety/filters";
import type { Storage } from "~/storage/storage";
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
 * @param storage where the words of archived chats are; without it they are left out
 * @returns by the flag's id
 */
export async function readDecidedAbout(
  db: Db,
  flagIds: readonly string[],
  storage?: Storage,
): Promise<Map<string, DecidedAbout>> {
  if (flagIds.length === 0) return new Map();
  const rows = await db.execute<Row>(sql`
    select f.id, f.source, subject.title as subject, m.id as message_id, m.created_at as sent_at,
      m.redacted_by is not null as is_removed,
      case when m.id is not null then coalesce(m.body, (
        select v.body from chat_message_versions v
        where v.message_id = m.id and v.body is not null order by v.version desc limit 1)) end as words,
      (select count(*)::int from attachments a where a.message_id = f.message_id) as pictures,
      (select json_agg(distinct reason->>'kind')
        from message_verdicts v, jsonb_array_elements(v.reasons) reason
        where v.message_id = m.id) as found,
      (select json_agg(distinct r.reason) from reports r where r.flag_id in (f.id, f.appeal_of)) as reported,
      f.chat_id, case when c.status = 'archived' then f.message_id end as archived_id
    from flags f
    join chats c on c.id = f.chat_id
    join subjects subject on subject.id = c.subject_id
    left join chat_messages m on m.id = f.message_id
    where f.id = ${anyOf(flagIds)}`);
  if (storage) await Promise.all(rows.map((row) => fillArchived(db, storage, row)));
  return new Map(rows.map((row) => [row.id, toAbout(row)]));
}

async function fillArchived(db: Db, storage: Storage, row: Row): Promise<void> {
  const { chat_id: chatId, archived_id: messageId } = row;
  const words = messageId && (await readArchivedWords(db, storage, { chatId, messageId }));
  if (!words) return;
  row.message_id = messageId;
  row.sent_at = words.sentAt;
  row.is_removed = words.isRemoved;
  row.words = words.body ?? words.earlier;
  row.found = words.kinds as Row["found"];
}

const wayOf: Record<FlagSource, DecidedAbout["foundBy"]> = {
  filter: "filter",
  report: "people",
  appeal: "people",
  case: "dispute",
};

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
  chat_id: string;
  archived_id: string | null;
};

function toAbout(row: Row): DecidedAbout {
  const foundBy = wayOf[row.source];
  const found = (row.found ?? []).map((kind) => groundOf[kind]);
  const grounds: Record<DecidedAbout["foundBy"], Ground[]> = {
    filter: found,
    people: [...found, ...(row.reported ?? [])],
    // What filters said of it is not why a moderator removed it.
    dispute: [],
  };
  const { words, pictures, subject, is_removed: isRemoved } = row;
  const sentAt = new Date(row.sent_at).toISOString();
  return {
    subject,
    message: row.message_id ? { words, pictures, sentAt, isRemoved } : null,
    grounds: [...new Set(grounds[foundBy])],
    foundBy,
  };
}
