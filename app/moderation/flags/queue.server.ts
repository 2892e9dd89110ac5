import { type SQL, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import type { Db } from "~/db/client.server";
import { formatPlace, parsePlace } from "~/db/list-place.server";
import { type AboutRow, aboutColumns, aboutJoins, toAbout } from "../chat-about.server";
import type { FlagSource } from "./flag";
import { isDecisionOf, isHeld, isPartyTo } from "./flag-row.server";
import type { ListedFlag, QueueFilter, QueueKind } from "./queue";

type Asked = {
  filter: QueueFilter;
  source?: FlagSource;
  kind?: QueueKind;
  /** The `next` of the page before; what no list gave out starts over. */
  after?: string;
  size: number;
};

/** Flags on a page of the queue. */
export const queueSize = 25;

/**
 * The flags that wait, the worst and oldest first (`ranked_at`), or those that were decided, the
 * latest first; none that the viewer is a party to.
 */
export async function listFlags(
  db: Db,
  viewer: Pick<Viewer, "id">,
  { filter, source, kind, after, size }: Asked,
): Promise<{ flags: ListedFlag[]; next: string | null }> {
  const isDecided = filter === "decided";
  const key = isDecided ? sql`f.resolved_at` : sql`f.ranked_at`;
  const direction = isDecided ? sql`desc` : sql`asc`;
  const place = after ? parsePlace(after) : null;
  const me = sql`${viewer.id}::uuid`;
  const rows = await db.execute<{ row: Row }>(sql`
    select to_json(x) as row from (
      select f.id, f.source, f.severity, f.status, f.message_id is not null as is_of_message,
        f.opened_at, f.resolved_at, f.outcome, ${key} as place, ${kindsOf} as kinds,
        (select count(*)::int from reports r where r.flag_id in (f.id, f.appeal_of)) as reports,
        ${isDecisionOf(me)} as is_own_decision, person.id as person_id, person.name as person_name,
        (select json_build_object('id', u.id, 'name', u.name) from users u
          where u.id = coalesce(f.decided_by, case when ${isHeld} then f.claimed_by end)) as by,
        ${aboutColumns}
      from flags f
      join chats c on c.id = f.chat_id
      ${aboutJoins}
      join users person on person.id = f.person_id
      where ${filters[filter](me)} and not ${isPartyTo(me)}
        ${source ? sql`and f.source = ${source}` : sql``}
        ${kind ? sql`and ${isOfKind(kind)}` : sql``}
        ${
          place
            ? sql`and (${key}, f.id) ${isDecided ? sql`<` : sql`>`} (${place.at}::timestamptz, ${place.id}::uuid)`
            : sql``
        }
      order by ${key} ${direction}, f.id ${direction}
      limit ${size + 1}
    ) x`);
  const last = rows.length > size ? rows[size - 1]?.row : undefined;
  return {
    flags: rows.slice(0, size).map(({ row }) => toListed(row)),
    next: last ? formatPlace({ at: last.place, id: last.id }) : null,
  };
}

/** How many flags wait, and how many of them the viewer looks at. */
export async function countFlags(db: Db, viewer: Pick<Viewer, "id">) {
  const me = sql`${viewer.id}::uuid`;
  const [row] = await db.execute<{ waiting: number; mine: number }>(sql`
    select count(*)::int as waiting, (count(*) filter (where ${filters.mine(me)}))::int as mine
    from flags f where ${filters.waiting(me)} and not ${isPartyTo(me)}`);
  return row ?? { waiting: 0, mine: 0 };
}

const filters: Record<QueueFilter, (me: SQL) => SQL> = {
  waiting: () => sql`f.status <> 'resolved'`,
  mine: (me) => sql`f.status <> 'resolved' and ${isHeld} and f.claimed_by = ${me}`,
  decided: () => sql`f.status = 'resolved'`,
};

/** What a flag `f` is about, each kind once; of an appeal what was reported of what is appealed. */
export const kindsOf: SQL = sql`array(
  select 'found-' || (reason ->> 'kind')
  from message_verdicts v, jsonb_array_elements(v.reasons) reason
  where v.message_id = f.message_id
  union select 'reported-' || r.reason from reports r where r.flag_id in (f.id, f.appeal_of)
  order by 1)`;

function isOfKind(kind: QueueKind): SQL {
  const [, found, reported] = /^(?:found-(.*)|reported-(.*))$/.exec(kind) ?? [];
  if (!found) {
    return sql`exists (select from reports r
      where r.flag_id in (f.id, f.appeal_of) and r.reason = ${reported ?? ""})`;
  }
  return sql`exists (select from message_verdicts v
    where v.message_id = f.message_id and v.reasons @> ${JSON.stringify([{ kind: found }])}::jsonb)`;
}

type Row = AboutRow &
  Pick<
    ListedFlag,
    "id" | "source" | "severity" | "status" | "outcome" | "kinds" | "reports" | "by"
  > & {
    is_of_message: boolean;
    opened_at: string;
    resolved_at: string | null;
    place: string;
    is_own_decision: boolean;
    person_id: string;
    person_name: string;
  };

function toListed(row: Row): ListedFlag {
  const { id, source, severity, status, outcome, kinds, reports, by } = row;
  return {
    by,
    id,
    source,
    severity,
    status,
    outcome,
    kinds,
    reports,
    isOfMessage: row.is_of_message,
    openedAt: iso(row.opened_at),
    resolvedAt: row.resolved_at && iso(row.resolved_at),
    isOwnDecision: row.is_own_decision,
    person: { id: row.person_id, name: row.person_name },
    subject: toAbout(row).subject,
  };
}

const iso = (time: string) => new Date(time).toISOString();
