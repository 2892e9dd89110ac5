import { setTimeout as sleep } from "node:timers/promises";
import postgres from "postgres";

/** In ms, as far as a look every few milliseconds sees it. */
export type Longest = {
  /** A transaction of a job that wrote something, and so may hold locks. */
  transaction: number;
  /** Somebody's wait for a lock. */
  wait: number;
};

const everyMs = 10;

/** Looks at what a database is at until what it returns is called. */
export function watchLongest(url: string): () => Promise<Longest> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const longest: Longest = { transaction: 0, wait: 0 };
  let isOver = false;
  const looking = (async () => {
    while (!isOver) {
      // What VACUUM and REINDEX hold keeps nobody from reading and writing.
      const [now] = await sql<Longest[]>`
        with ours as (
          select *, clock_timestamp() as at from pg_stat_activity
          where datname = current_database() and application_name like 'parley%'
            and state <> 'idle' and query !~* '^(vacuum|reindex|drop index concurrently)'
        )
        select coalesce(max(extract(epoch from ours.at - ours.xact_start) * 1000) filter (
            where ours.backend_xid is not null and ours.application_name like 'parley worker%'), 0)::float8
            as transaction,
          coalesce(max(extract(epoch from ours.at - l.waitstart) * 1000), 0)::float8 as wait
        from ours left join pg_locks l on l.pid = ours.pid and not l.granted`;
      longest.transaction = Math.max(longest.transaction, now?.transaction ?? 0);
      longest.wait = Math.max(longest.wait, now?.wait ?? 0);
      await sleep(everyMs);
    }
  })();
  return async () => {
    isOver = true;
    await looking;
    await sql.end();
    return longest;
  };
}
