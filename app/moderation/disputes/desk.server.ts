import { type SQL, sql } from "drizzle-orm";
import type { Viewer } from "~/accounts/viewer";
import { searchText } from "~/chats/search-query";
import type { Db } from "~/db/client.server";
import { formatPlace, parsePlace } from "~/db/list-place.server";
import { type AboutRow, aboutColumns, aboutJoins, namesMatch, toAbout } from "../chat-about.server";
import { type DeskCase, type DeskFilter, type DeskSort, sortsOf } from "./desk";

type Asked = {
  filter: DeskFilter;
  sort?: DeskSort;
  /** Words of a person's name, or of the subject's title or reference. */
  q?: string;
  /** The `next` of the page before; what no list gave out starts over. */
  after?: string;
  size: number;
};

export type Desk = { cases: DeskCase[]; next: string | null };

/** Cases on a page of the desk. */
export const deskSize = 25;

/**
 * The cases that moderators work on. Shows who and about what, and nothing that was written: that
 * is read on the case's own page.
 */
export async function listCases(db: Db, viewer: Viewer, asked: Asked): Promise<Desk> {
  const { filter, size } = asked;
  const sorts = sortsOf(filter);
  const sort = sorts.find((one) => one === asked.sort) ?? sorts[0] ?? "newest";
  const { key, isUpwards } = orders[sort];
  const place = asked.after ? parsePlace(asked.after) : null;
  const q = searchText(asked.q ?? "");
  const direction = isUpwards ? sql`asc` : sql`desc`;
  const rows = await db.execute<{ row: Row }>(sql`
    select to_json(x) as row from (
      select d.id, d.chat_id, d.status, d.opened_as, d.reason, d.wish, d.opened_at, d.resolved_at,
        d.outcome, d.appeal_of is not null as is_appeal, d.first_look_at is null as is_unseen,
        ${nextDue} as due, ${key} as place,
        claimer.id as claimer_id, claimer.name as claimer_name,
        ${aboutColumns}
      from disputes d
      join chats c on c.id = d.chat_id
      ${aboutJoins}
      left join users claimer on claimer.id = d.claimed_by
      where ${filters[filter](viewer)}
        ${q ? sql`and ${namesMatch(q)}` : sql``}
        ${
          place
            ? sql`and (${key}, d.id) ${isUpwards ? sql`>` : sql`<`} (${place.at}::timestamptz, ${place.id}::uuid)`
            : sql``
        }
      order by place ${direction}, d.id ${direction}
      limit ${size + 1}
    ) x`);
  const last = rows.length > size ? rows[size - 1]?.row : undefined;
  return {
    cases: rows.slice(0, size).map(({ row }) => toDeskCase(row)),
    next: last ? formatPlace({ at: last.place, id: last.id }) : null,
  };
}

/** How many cases stand behind each filter of what is not resolved. */
export async function countCases(db: Db, viewer: Viewer) {
  const [row] = await db.execute<Record<"unresolved" | "unclaimed" | "mine" | "overdue", number>>(
    sql`
    select count(*)::int as unresolved,
      (count(*) filter (where ${filters.unclaimed(viewer)}))::int as unclaimed,
      (count(*) filter (where ${filters.mine(viewer)}))::int as mine,
      (count(*) filter (where ${filters.overdue(viewer)}))::int as overdue
    from disputes d where ${unresolved}`,
  );
  return row ?? { unresolved: 0, unclaimed: 0, mine: 0, overdue: 0 };
}

const unresolved = sql`d.status <> 'resolved'`;

/** The first look until somebody looked, the decision from then on. */
const nextDue = sql`
  case when d.first_look_at is null then least(d.first_look_due, d.decision_due)
    else d.decision_due end`;

const filters: Record<DeskFilter, (viewer: Viewer) => SQL> = {
  unresolved: () => unresolved,
  unclaimed: () => sql`${unresolved} and d.claimed_by is null`,
  mine: (viewer) => sql`${unresolved} and d.claimed_by = ${viewer.id}`,
  overdue: () => sql`${unresolved} and ${nextDue} < now()`,
  resolved: () => sql`d.status = 'resolved'`,
  all: () => sql`true`,
};

const orders: Record<DeskSort, { key: SQL; isUpwards: boolean }> = {
  due: { key: nextDue, isUpwards: true },
  newest: { key: sql`d.opened_at`, isUpwards: false },
  oldest: { key: sql`d.opened_at`, isUpwards: true },
};

type Row = AboutRow & {
  id: string;
  chat_id: string;
  status: DeskCase["status"];
  opened_as: DeskCase["openedAs"];
  reason: DeskCase["reason"];
  wish: DeskCase["wish"];
  opened_at: string;
  resolved_at: string | null;
  outcome: DeskCase["outcome"];
  is_appeal: boolean;
  is_unseen: boolean;
  due: string;
  place: string;
  claimer_id: string | null;
  claimer_name: string | null;
};

function toDeskCase(row: Row): DeskCase {
  const isResolved = row.status === "resolved";
  return {
    id: row.id,
    chatId: row.chat_id,
    status: row.status,
    openedAs: row.opened_as,
    reason: row.reason,
    wish: row.wish,
    isAppeal: row.is_appeal,
    openedAt: iso(row.opened_at),
    resolvedAt: row.resolved_at && iso(row.resolved_at),
    due: isResolved ? null : { what: row.is_unseen ? "first_look" : "decision", at: iso(row.due) },
    claimedBy: row.claimer_id ? { id: row.claimer_id, name: row.claimer_name ?? "" } : null,
    outcome: row.outcome,
    ...toAbout(row),
  };
}

const iso = (time: string) => new Date(time).toISOString();
