import { and, eq, gte, sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { filterHits } from "~/db/schema";
import { lastDays } from "./days";

/** What figures of hits cover, today included. */
const hitDays = 30;

const covered = () => lastDays(hitDays, new Date());

/** How often each kind of filter and each rule did something in these days, by its name or id. */
export async function readHitTotals(db: Db): Promise<Record<string, number>> {
  const rows = await db
    .select({ what: filterHits.what, hits: sql<number>`sum(${filterHits.count})::int` })
    .from(filterHits)
    .where(gte(filterHits.day, covered()[0] ?? ""))
    .groupBy(filterHits.what);
  return Object.fromEntries(rows.map(({ what, hits }) => [what, hits]));
}

export type HitDay = { day: string; flag: number; warn: number; block: number };

/**
 * What one of them did on each of these days (UTC), the oldest first.
 *
 * @param what null for all of them together
 */
export async function readHitDays(db: Db, what: string | null): Promise<HitDay[]> {
  const { day, action, count } = filterHits;
  const hits = await db
    .select({ day, action, count: sql<number>`sum(${count})::int` })
    .from(filterHits)
    .where(and(gte(day, covered()[0] ?? ""), what === null ? undefined : eq(filterHits.what, what)))
    .groupBy(day, action);
  return covered().map((day) => {
    const of = (asked: "flag" | "warn" | "block") =>
      hits.find((hit) => hit.day === day && hit.action === asked)?.count ?? 0;
    return { day, flag: of("flag"), warn: of("warn"), block: of("block") };
  });
}
