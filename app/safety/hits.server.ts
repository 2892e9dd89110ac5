import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import type { FilterKind } from "./filters";
import type { FilterAction, Verdict } from "./verdict";

/** By `what action`. */
const waiting = new WeakMap<Db, Map<string, number>>();

/**
 * Counts that a filter or a rule did something, to be written with the next ones (`flushHits`). What a
 * process counted in its last second is gone with it: these are figures, not evidence.
 *
 * @param pool not a transaction: what is rolled back was done all the same
 * @param what a kind of filter, or the id of a rule
 */
export function countHit(pool: Db, what: FilterKind | (string & {}), action: FilterAction): void {
  const counts = waiting.get(pool) ?? new Map<string, number>();
  waiting.set(pool, counts);
  const key = `${what} ${action}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Counts each kind and rule of a verdict once, as what itself asked for. */
export function countHits(pool: Db, { reasons }: Verdict): void {
  const hits = new Map(
    reasons.map(({ kind, rule, action }) => [
      `${rule?.id ?? kind} ${action}`,
      { what: rule?.id ?? kind, action },
    ]),
  );
  for (const { what, action } of hits.values()) countHit(pool, what, action);
}

/** Adds what was counted since the last time to the day's figures (UTC). */
export async function flushHits(pool: Db): Promise<void> {
  const counts = waiting.get(pool);
  if (!counts?.size) return;
  waiting.delete(pool);
  // In one order, so that two processes that write the same ones wait and do not deadlock.
  const rows = [...counts].sort().map(([key, count]) => {
    const [what, action] = key.split(" ");
    return { what, action, count };
  });
  try {
    await pool.execute(sql`
      insert into filter_hits as h (day, what, action, count)
      select (now() at time zone 'utc')::date, t.what, t.action, t.count
      from json_to_recordset(${JSON.stringify(rows)}::text::json)
        as t(what text, action text, count int)
      on conflict (day, what, action) do update set count = h.count + excluded.count`);
  } catch (error) {
    const later = waiting.get(pool) ?? new Map<string, number>();
    waiting.set(pool, later);
    for (const [key, count] of counts) later.set(key, (later.get(key) ?? 0) + count);
    throw error;
  }
}
