import { type SQL, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { anyOf } from "~/db/ids.server";
import { formatPlace, parsePlace } from "~/db/list-place.server";
import { notify } from "~/live/notify.server";
import type { FlagOutcome, FlagStatus } from "~/moderation/flags/flag";
import { readArchivedWords } from "~/retention/archive/archived-words.server";
import type { Storage } from "~/storage/storage";
import type { OwnReport, ReportStatus } from "./report";

/** Reports on a page. */
export const reportsSize = 20;

export type OwnReports = { reports: OwnReport[]; next: string | null };

/**
 * What somebody reported and what came of it, what happened last first.
 *
 * @param after the `next` of the page before; what no list gave out starts over
 * @param storage where the words of archived chats are; without it they are left out
 */
export async function listOwnReports(
  db: Db,
  viewer: Pick<Viewer, "id">,
  { after, size, storage }: { after?: string; size: number; storage?: Storage },
): Promise<OwnReports> {
  const place = after ? parsePlace(after) : null;
  const rows = await db.execute<{ row: Row }>(sql`
    select to_json(x) as row from (
      select r.id, r.flag_id, r.target, r.reason, r.note, r.created_at, (${isNews} or ${isJustSeen}) as is_news,
        f.chat_id, f.status, f.outcome, f.is_redacted, f.statement, f.resolved_at,
        subject.title as subject, person.name as person,
        m.seq, m.body, m.deleted_at is not null as is_gone,
        case when c.status = 'archived' then f.message_id end as archived_id,
        ap.id as appeal_id, ap.status as appeal_status, ap.outcome as appeal_outcome,
        ap.is_redacted as appeal_redacted, ap.statement as appeal_statement,
        ap.opened_at as appealed_at, ap.resolved_at as appeal_resolved_at,
        case when ap.appealed_by = r.reporter_id then 'me' when ap.appealed_by = f.person_id
          then 'author' else 'reporter' end as appeal_by, ap.appeal, ${latest} as place
      from reports r
      ${ofReport}
      join chats c on c.id = f.chat_id
      join subjects subject on subject.id = c.subject_id
      join users person on person.id = f.person_id
      left join chat_messages m on m.id = f.message_id
      where r.reporter_id = ${viewer.id}
        ${place ? sql`and (${latest}, r.id) < (${place.at}::timestamptz, ${place.id}::uuid)` : sql``}
      order by place desc, r.id desc
      limit ${size + 1}
    ) x`);
  const last = rows.length > size ? rows[size - 1]?.row : undefined;
  const shown = rows.slice(0, size).map(({ row }) => row);
  if (storage) await Promise.all(shown.map((row) => fillArchived(db, storage, row)));
  return {
    reports: shown.map(toOwnReport),
    next: last ? formatPlace({ at: last.place, id: last.id }) : null,
  };
}

async function fillArchived(db: Db, storage: Storage, row: Row): Promise<void> {
  const { chat_id: chatId, archived_id: messageId } = row;
  const words = messageId && (await readArchivedWords(db, storage, { chatId, messageId }));
  if (words) Object.assign(row, { seq: words.seq, body: words.body, is_gone: words.isGone });
}

/**
 * The reporter has seen what came of these; his other pages say no longer that there is something.
 *
 * @param ids of reports; those of others change nothing
 */
export async function markReportsSeen(
  db: Db,
  viewer: Pick<Viewer, "id">,
  ids: readonly string[],
): Promise<void> {
  await db.transaction(async (tx) => {
    const seen = await tx.execute(sql`
      update reports set seen_at = clock_timestamp() where id in (
        select r.id from reports r ${ofReport}
        where r.reporter_id = ${viewer.id} and ${isNews}
          and r.id = ${anyOf(ids)})
      returning id`);
    if (seen.length) await notify(tx, [{ kind: "person-changed", userId: viewer.id }]);
  });
}

/** The flag of a report, and the one appeal against what was decided. */
export const ofReport: SQL = sql`
  join flags f on f.id = r.flag_id
  left join flags ap on ap.appeal_of = f.id`;

/** Decided, at first or on appeal, since he last looked. */
export const isNews: SQL = sql`(f.status = 'resolved'
  and (r.seen_at is null or coalesce(r.seen_at < ap.resolved_at, false)))`;

/** His page is read again as soon as it counts as seen, and has to say the same then. */
const isJustSeen = sql`coalesce(r.seen_at > now() - interval '1 minute', false)`;

const latest = sql`coalesce(ap.resolved_at, f.resolved_at, r.created_at)`;

type Row = Pick<OwnReport, "id" | "subject" | "person" | "target" | "reason" | "note"> & {
  flag_id: string;
  chat_id: string;
  created_at: string;
  is_news: boolean;
  status: FlagStatus;
  outcome: FlagOutcome | null;
  is_redacted: boolean;
  statement: string | null;
  resolved_at: string | null;
  seq: number | null;
  body: string | null;
  is_gone: boolean;
  archived_id: string | null;
  appeal_id: string | null;
  appeal_status: FlagStatus;
  appeal_outcome: FlagOutcome | null;
  appeal_redacted: boolean;
  appeal_statement: string | null;
  appealed_at: string;
  appeal_resolved_at: string | null;
  appeal_by: "me" | "reporter" | "author";
  appeal: string | null;
  place: string;
};

function toOwnReport(row: Row): OwnReport {
  const { id, subject, person, target, reason, note } = row;
  const status = toldStatus(row.status, row.outcome, row.is_redacted);
  return {
    ...{ id, subject, person, target, reason, note },
    flagId: row.flag_id,
    chatId: row.chat_id,
    createdAt: iso(row.created_at),
    message: row.seq === null ? null : { seq: row.seq, body: row.body, isGone: row.is_gone },
    status,
    decidedAt: row.resolved_at && iso(row.resolved_at),
    answer: status === "fine" ? row.statement : null,
    isNews: row.is_news,
    mayAppeal: status === "fine" && !row.appeal_id,
    appeal: toAppeal(row),
  };
}

/** What the author writes, and what he is answered, is between him and moderators. */
function toAppeal(row: Row): OwnReport["appeal"] {
  const { appeal_by: by } = row;
  if (!row.appeal_id || (by === "author" && !row.appeal_resolved_at)) return null;
  const status = toldStatus(row.appeal_status, row.appeal_outcome, row.appeal_redacted);
  return {
    by,
    text: by === "me" ? row.appeal : null,
    at: iso(row.appealed_at),
    status,
    decidedAt: row.appeal_resolved_at && iso(row.appeal_resolved_at),
    answer: by !== "author" && status === "fine" ? row.appeal_statement : null,
  };
}

/** What was written to whom it concerns, and what he has to bear, is between him and moderators. */
function toldStatus(
  status: FlagStatus,
  outcome: FlagOutcome | null,
  isRedacted: boolean,
): ReportStatus {
  if (status !== "resolved" || !outcome) return status === "open" ? "open" : "in_review";
  if (outcome === "fine" || outcome === "dispute") return outcome;
  return isRedacted || outcome === "redacted" ? "removed" : "acted";
}

const iso = (time: string) => new Date(time).toISOString();
