import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";
import { quoted } from "./bloat.server";

/** Somebody else looks after the table at the same time: it is for later. */
export class InUse extends Error {
  override name = "InUse";
}

/** Makes the room of deleted rows free, counts rows anew, and cuts off what is empty at the end. */
export const vacuum = (db: Db, table: string, signal?: AbortSignal) =>
  maintain(db, `vacuum (analyze) public.${quoted(table)}`, signal);

/** Builds an index anew beside itself and takes the old one's place with it, while all goes on. */
export const rebuild = (db: Db, index: string, signal?: AbortSignal) =>
  maintain(db, `reindex index concurrently public.${quoted(index)}`, signal);

/** PostgreSQL's codes: two who wait for each other, and who waited too long for a lock. */
const inUse = new Set(["40P01", "55P03"]);

/**
 * One statement that may take minutes, and is ended when the process has to stop.
 *
 * @throws InUse
 */
async function maintain(db: Db, statement: string, signal?: AbortSignal): Promise<void> {
  const cancel = () =>
    void db
      .execute(sql`
        select pg_cancel_backend(pid) from pg_stat_activity
        where datname = current_database() and usename = current_user and pid <> pg_backend_pid()
          and state = 'active' and query = ${statement}
          and application_name = current_setting('application_name')`)
      .catch(() => {});
  signal?.throwIfAborted();
  signal?.addEventListener("abort", cancel);
  try {
    await db.execute(sql.raw(statement));
  } catch (error) {
    if (inUse.has(codeOf(error) ?? "")) throw new InUse(statement, { cause: error });
    throw error;
  } finally {
    signal?.removeEventListener("abort", cancel);
  }
}

/** PostgreSQL's code of what went wrong, however it is wrapped. */
export function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  return "code" in error && typeof error.code === "string" ? error.code : codeOf(error.cause);
}

/** What a REINDEX CONCURRENTLY leaves that was killed: nothing uses it, and each change pays for it. */
export async function removeUnfinishedIndexes(db: Db, table: string): Promise<void> {
  const left = await db.execute<{ name: string }>(sql`
    select c.relname as name from pg_index i join pg_class c on c.oid = i.indexrelid
    where i.indrelid = ${`public.${quoted(table)}`}::regclass and not i.indisvalid
      and c.relname ~ '_cc(new|old)[0-9]*$'
      and not exists (select from pg_stat_progress_create_index p where p.relid = i.indrelid)`);
  for (const { name } of left) {
    await maintain(db, `drop index concurrently if exists public.${quoted(name)}`);
  }
}
