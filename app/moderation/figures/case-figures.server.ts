import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import type { Figures, Period } from "./figures";
import { type AskedPeriods, boundsOf, keyOf } from "./periods.server";

type CasePeriod = Pick<
  Period,
  "opened" | "resolved" | "openAtEnd" | "firstLookHours" | "decisionHours"
>;

type Row = {
  start: string;
  opened: number;
  resolved: number;
  open_at_end: number;
  first_look: number | null;
  decision: number | null;
};

/** The cases of each period by its start, and by reason those that were opened in all of them. */
export async function readCaseFigures(db: Db, asked: AskedPeriods) {
  const periods = boundsOf(asked);
  const within = (column: string) => sql.raw(`d.${column} >= p.since and d.${column} < p.until`);
  const hours = (column: string) => sql.raw(`extract(epoch from d.${column} - d.opened_at) / 3600`);
  const median = (column: string) =>
    sql`percentile_cont(0.5) within group (order by ${hours(column)})`;
  const rows = await db.execute<Row>(sql`
    select ${keyOf(sql`p.since`)} as start,
      (select count(*)::int from disputes d where ${within("opened_at")}) as opened,
      (select count(*)::int from disputes d where ${within("resolved_at")}) as resolved,
      (select count(*)::int from disputes d where d.opened_at < p.until
        and (d.resolved_at is null or d.resolved_at >= p.until)) as open_at_end,
      (select ${median("first_look_at")} from disputes d where ${within("first_look_at")})
        as first_look,
      (select ${median("resolved_at")} from disputes d
        where ${within("resolved_at")} and d.decided_by is not null) as decision
    from (${periods}) p`);
  const reasons = await db.execute<{ reason: string; count: number }>(sql`
    select d.reason, count(*)::int as count from disputes d
    where d.opened_at >= (select min(since) from (${periods}) p) group by d.reason`);
  return {
    byPeriod: new Map(rows.map((row) => [row.start, toPeriod(row)])),
    byReason: new Map(reasons.map(({ reason, count }) => [reason, count])),
  };
}

function toPeriod(row: Row): CasePeriod {
  return {
    opened: row.opened,
    resolved: row.resolved,
    openAtEnd: row.open_at_end,
    firstLookHours: row.first_look,
    decisionHours: row.decision,
  };
}

/** The cases that are open now. */
export async function readOpenCases(db: Db): Promise<Pick<Figures, "byAge" | "oldestOpenedAt">> {
  const older = (than: string) => sql.raw(`opened_at < now() - interval '${than}'`);
  const [row] = await db.execute<
    Record<"all" | "day" | "three" | "week", number> & { oldest: Date | null }
  >(
    sql`
    select count(*)::int as all, (count(*) filter (where ${older("24 hours")}))::int as day,
      (count(*) filter (where ${older("72 hours")}))::int as three,
      (count(*) filter (where ${older("168 hours")}))::int as week, min(opened_at) as oldest
    from disputes where status <> 'resolved'`,
  );
  const { all = 0, day = 0, three = 0, week = 0, oldest = null } = row ?? {};
  return {
    byAge: { day: all - day, threeDays: day - three, week: three - week, longer: week },
    oldestOpenedAt: oldest && new Date(oldest).toISOString(),
  };
}
