import postgres from "postgres";

/** Bytes of all tables together with what is kept beside them, and of all their indexes. */
export type Sizes = { tables: number; indexes: number };

export async function sizesOf(url: string, schema = "public"): Promise<Sizes> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    const [sizes] = await sql<Sizes[]>`
      select sum(pg_table_size(oid))::float8 as tables, sum(pg_indexes_size(oid))::float8 as indexes
      from pg_class where relkind = 'r' and relnamespace = ${schema}::regnamespace`;
    return sizes ?? { tables: Number.NaN, indexes: Number.NaN };
  } finally {
    await sql.end();
  }
}

/** Those of a copy of all rows that was made just now, table by table with all indexes. */
export async function sizesOfFreshCopy(url: string): Promise<Sizes> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql`create schema fresh`;
    const tables = await sql<{ name: string; columns: string[] }[]>`
      select c.relname as name, array_agg(quote_ident(a.attname) order by a.attnum) as columns
      from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
        and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      group by c.relname`;
    for (const { name, columns } of tables) {
      const list = columns.join(", ");
      await sql.unsafe(`create table fresh."${name}" (like public."${name}" including all)`);
      await sql.unsafe(
        `insert into fresh."${name}" (${list}) select ${list} from public."${name}"`,
      );
    }
    return await sizesOf(url, "fresh");
  } finally {
    await sql`drop schema if exists fresh cascade`;
    await sql.end();
  }
}
