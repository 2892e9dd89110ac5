import { sql } from "drizzle-orm";
import type { Db } from "~/db/client.server";

/** Every row of every table with the transaction that wrote it: equal only if nobody wrote. */
export async function allRows(db: Db): Promise<string[]> {
  const tables = await db.execute<{ name: string }>(sql`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by 1`);
  const rows = await Promise.all(
    tables.map(({ name }) =>
      db.execute<{ row: string }>(
        sql.raw(`select '${name} ' || xmin || ' ' || ctid || ' ' || xmax as row from ${name}`),
      ),
    ),
  );
  return rows
    .flat()
    .map(({ row }) => row)
    .sort();
}
