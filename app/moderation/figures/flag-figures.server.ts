import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { kindsOf } from "../flags/queue.server";
import type { Figures, Period } from "./figures";
import { type AskedPeriods, boundsOf, keyOf } from "./periods.server";

type FlagPeriod = Pick<Period, "flagsRaised" | "flagsDecided" | "flagsAtEnd">;

/**
 * The flags of each period by its start, and by what they are about those that were raised in all.
 * What was removed under a case was never raised.
 */
export async function readFlagFigures(db: Db, asked: AskedPeriods) {
  const periods = boundsOf(asked);
  const rows = await db.execute<FlagPeriod & { start: string }>(sql`
    select ${keyOf(sql`p.since`)} as start,
      (select count(*)::int from flags f where ${isRaised}
        and f.opened_at >= p.since and f.opened_at < p.until)
        as "flagsRaised",
      (select count(*)::int from flags f where ${isRaised} and f.status = 'resolved'
        and f.resolved_at >= p.since and f.resolved_at < p.until) as "flagsDecided",
      (select count(*)::int from flags f where ${isRaised} and f.opened_at < p.until
        and (f.resolved_at is null or f.resolved_at >= p.until)) as "flagsAtEnd"
    from (${periods}) p`);
  const kinds = await db.execute<Figures["flagsByKind"][number]>(sql`
    select kind, count(*)::int as count
    from flags f cross join lateral unnest(${kindsOf}) kind
    where ${isRaised} and f.opened_at >= (select min(since) from (${periods}) p)
    group by kind order by count desc, kind`);
  return {
    byPeriod: new Map(rows.map(({ start, ...period }) => [start, period])),
    byKind: kinds.map(({ kind, count }) => ({ kind, count })),
  };
}

const isRaised = sql`f.source <> 'case'`;
