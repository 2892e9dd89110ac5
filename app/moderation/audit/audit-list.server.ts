import { type SQL, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { audit } from "./audit.server";
import type { AuditKey, AuditListed, AuditSort } from "./audit-entry";
import { type AuditFilter, auditWhere } from "./audit-filter.server";

/** Entries on a page. */
export const auditPageSize = 50;

type Asked = {
  filter: AuditFilter;
  timeZone: string;
  sort: AuditSort;
  /** The `next` of the page before: the number of its last entry. */
  after?: number;
  size: number;
};

export type AuditList = { entries: AuditListed[]; next: number | null };

/** A page of the log; that it was looked at is an entry itself. */
export async function viewAuditLog(db: Db, viewer: Viewer, asked: Asked): Promise<AuditList> {
  return db.transaction(async (tx) => {
    const list = await listAuditEntries(tx, asked);
    const { chatId, disputeId, personId, ...filter } = asked.filter;
    const details = { ...filter, sort: asked.sort, after: asked.after };
    await audit(tx, viewer, { action: "audit.viewed", chatId, disputeId, personId, details });
    return list;
  });
}

async function listAuditEntries(db: Db, asked: Asked): Promise<AuditList> {
  const { filter, timeZone, sort, after, size } = asked;
  const isUpwards = sort === "oldest";
  const direction = isUpwards ? sql`asc` : sql`desc`;
  const beyond =
    after === undefined ? sql`true` : isUpwards ? sql`seq > ${after}` : sql`seq < ${after}`;
  const rows = await db.execute<{ row: Row }>(sql`
    select to_json(x) as row from (
      select a.seq, a.at, a.actor_id, a.actor_role, a.action, a.chat_id, a.dispute_id, a.person_id,
        a.details, actor.name as actor_name, person.name as person_name
      from (${pageOf(sql`${auditWhere(filter, timeZone)} and ${beyond}`, direction, size + 1)}) a
      left join users actor on actor.id = a.actor_id
      left join users person on person.id = a.person_id
      order by a.seq ${direction}
    ) x`);
  const last = rows.length > size ? rows[size - 1]?.row : undefined;
  return { entries: rows.slice(0, size).map(({ row }) => toListed(row)), next: last?.seq ?? null };
}

const pageOf = (where: SQL, direction: SQL, limit: number) =>
  sql`select * from audit_log where ${where} order by seq ${direction} limit ${limit}`;

type Row = {
  seq: number;
  at: string;
  actor_id: string | null;
  actor_role: string;
  actor_name: string | null;
  action: string;
  chat_id: string | null;
  dispute_id: string | null;
  person_id: string | null;
  person_name: string | null;
  details: string;
};

function toListed(row: Row): AuditListed {
  const { key, ...details }: AuditListed["details"] = JSON.parse(row.details);
  const isHost = row.actor_role === "host";
  const person = (id: string | null, name: string | null) => (id ? { id, name } : null);
  return {
    seq: row.seq,
    at: new Date(row.at).toISOString(),
    actor: person(row.actor_id, row.actor_name),
    // Those from before there were keys have none.
    key: isHost ? ((key as AuditKey | undefined) ?? null) : null,
    actorRole: row.actor_role,
    action: row.action,
    chatId: row.chat_id,
    disputeId: row.dispute_id,
    person: person(row.person_id, row.person_name),
    details: isHost || key === undefined ? details : { ...details, key },
  };
}
